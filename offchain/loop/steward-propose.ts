import type { Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import { SLOT_CAPS } from "../kernel/slots.ts";
import type { Json } from "../kernel/json.ts";
import type { Move } from "../steward/reasons.ts";
import type { DaoReadPorts } from "./dao-context.ts";
import type { GovernedChange } from "./governed-change.ts";
import type { Journal } from "./journal.ts";
import type { GovernanceCall, SlotLimits } from "./ports-governance.ts";
import { planProposal } from "./propose.ts";
import type { ProposalText } from "./proposal-text.ts";
import { slotText } from "./slot-text.ts";

/** Seconds in which the steward does not ask for the same a second time, however it was decided. */
const ASK_AGAIN = 30 * 86_400;

/** What the steward waits for instead of asking, by the error that says so. */
const WAITS: Readonly<Record<string, string>> = {
  "dao/too-few-votes": "too-few-votes",
  "dao/live-proposal": "live-proposal",
  "chain/refused": "refused-now",
};

/** A proposal as a journal keeps it. */
export interface PlannedProposal {
  readonly calls: readonly {
    readonly target: Hex;
    /** Wei, decimal. */
    readonly value: string;
    readonly data: Hex;
  }[];
  readonly description: string;
}

/** The calls of a plan as they are sent. */
export function callsOfPlan({ calls }: PlannedProposal): GovernanceCall[] {
  return calls.map(({ value, ...call }) => ({ ...call, value: BigInt(value) }));
}

/**
 * What to ask the DAO for: the bound that stood in the way moved to the value, and the value. Made of numbers alone. What keeps it from
 * being asked now is a stable code instead.
 */
export async function planRequest(
  move: Move,
  {
    proposer,
    reasons,
    ports,
  }: {
    readonly proposer: Hex;
    readonly reasons: Json;
    readonly ports: DaoReadPorts & { readonly journal: Journal };
  },
): Promise<PlannedProposal | { readonly waits: string }> {
  const { governance } = ports;
  const text = textOf(move);
  const now = await governance.now();
  const asked = (await governance.proposals()).some(
    (each) =>
      each.proposer === proposer &&
      each.description.startsWith(`# ${text.title}\n`) &&
      each.snapshot + ASK_AGAIN > now,
  );
  if (asked) return { waits: "asked-before" };
  const { slots } = await governance.controller();
  const limits = slots.find(({ slot }) => slot === move.slot)?.limits;
  if (limits === undefined) return { waits: "no-such-slot" };
  const changes = changesOf(move, limits);
  try {
    const plan = await planProposal(
      { changes, text, reasons, proposer },
      ports,
    );
    const calls = plan.calls.map((call) => ({
      ...call,
      value: `${call.value}`,
    }));
    return { calls, description: plan.description };
  } catch (error) {
    const waits = isLoopError(error) ? WAITS[error.code] : undefined;
    if (waits === undefined) throw error;
    return { waits };
  }
}

function changesOf(
  { slot, to }: Move,
  limits: SlotLimits,
): readonly GovernedChange[] {
  const value = Math.min(to, SLOT_CAPS[slot]);
  const widened = {
    ...limits,
    low: Math.min(limits.low, value),
    high: Math.max(limits.high, value),
  };
  return [
    { kind: "limits", slot, limits: widened },
    { kind: "slot", slot, value },
  ];
}

/** Words of our own around numbers: a proposal holds nothing that somebody else wrote. */
function textOf({ slot, from, to, why, expected }: Move): ProposalText {
  const { holding, changed, doubt, reward } = expected;
  return {
    title: `Move ${slot} from ${slotText(slot, from)} to ${slotText(slot, to)}`,
    body: `The steward may not go there by itself: its bounds end at ${slotText(slot, from)}. It has wanted to for several rounds in a row (rule \`${why}\`), and asks for the bound and the value together.\n\nExpected (${reward}): ${holding} as it is, ${changed} after, give or take ${doubt}.`,
  };
}
