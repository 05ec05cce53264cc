import type { Hex } from "../../offchain/kernel/bytes.ts";
import { slotText } from "../../offchain/loop/slot-text.ts";
import type { Explanation } from "../../offchain/loop/steward-explain.ts";
import type { Outcome } from "../../offchain/loop/steward-ports.ts";
import type { ReplayedDecision } from "../../offchain/loop/steward-runs.ts";
import type { Decision, StewardView } from "../../offchain/steward/policy.ts";
import { moment } from "./market-report.ts";
import { shortCid, table } from "./table.ts";

/** The one JSON document of `steward --json`; with `--watch`, one for each look, each on its own line. */
export interface StewardDocument {
  readonly network: string;
  readonly dryRun: boolean;
  readonly resumed: boolean;
  readonly policy: string;
  readonly version: number;
  readonly round: number;
  /** SHA-256 of the view's canonical JSON, and its time in unix seconds. */
  readonly view: Hex;
  readonly time: number;
  readonly decision: Decision;
  /** Null with `--dry-run`. */
  readonly outcome: Outcome | null;
  /** What a language model wrote of it; null where none was asked, or it said nothing. */
  readonly explanation: Explanation | null;
}

/** What the codes of a decision that does nothing mean. */
const HELD: Readonly<Record<string, string>> = {
  frozen: "the guardian has stopped the steward",
  "grant-expired": "the DAO's grant has ended",
  "no-round": "the oracle has no round yet; bring one with observe-market",
  "oracle-stale": "the newest round is too old; bring one with observe-market",
  "oracle-odd": "the newest round is too unlike an ordinary day",
  "too-few-rounds": "too few rounds were seen",
  "too-few-observations": "too little of our own market was seen",
  "nothing-wanted": "nothing calls for a change",
  "too-soon": "the last change was too recent",
  "budget-spent": "too little is left of the budget",
  "at-bound": "a bound of the DAO is in the way",
  "no-step": "the DAO lets it move nothing there",
  unsure: "what it knows is not enough to risk anything",
  resting: "it rests before it tries something else",
  trying: "it watches what it tried",
};

/** What keeps a proposal from being made. */
const WAITING: Readonly<Record<string, string>> = {
  "too-few-votes":
    "the steward's account has too few votes to propose; delegate some to it, or propose it yourself",
  "live-proposal": "a proposal of the steward is being decided",
  "asked-before": "the DAO was asked for the same within 30 days",
  "refused-now": "the chain would refuse it as things stand",
};

/** The document of a look. */
export function stewardDocument(
  context: Pick<StewardDocument, "network" | "dryRun" | "explanation">,
  {
    view: { time },
    digest: view,
    outcome,
    ...looked
  }: Pick<
    StewardDocument,
    "resumed" | "policy" | "version" | "round" | "decision" | "outcome"
  > & { readonly view: StewardView; readonly digest: Hex },
): StewardDocument {
  const { resumed, policy, version, round, decision } = looked;
  const told = { resumed, policy, version, round, view, time, decision };
  return { ...context, ...told, outcome };
}

/** The document for a person at a terminal. */
export function stewardLines(document: StewardDocument): string[] {
  const { policy, version, round, time, explanation } = document;
  return [
    `Policy ${policy} (version ${version}) looked at round ${round}, ${moment(time)}.`,
    ...decisionLines(document),
    ...(explanation === null
      ? []
      : ["", "A language model says of it:", explanation.text]),
  ];
}

function decisionLines({
  decision,
  outcome,
  network,
}: StewardDocument): string[] {
  if (decision.kind === "hold")
    return [
      `It does nothing (${decision.why}): ${HELD[decision.why] ?? "it holds"}.`,
    ];
  const { kind, slot, from, to, why, expected } = decision;
  const what = `${slot} from ${slotText(slot, from)} to ${slotText(slot, to)} (${why})`;
  const effect =
    expected.holding === 0 && expected.changed === 0
      ? []
      : [
          `Expected: ${expected.changed} instead of ${expected.holding}, give or take ${expected.doubt} (${expected.reward}).`,
        ];
  return [...outcomeLines(kind, what, outcome, network), ...effect];
}

function outcomeLines(
  kind: "change" | "propose",
  what: string,
  outcome: Outcome | null,
  network: string,
): string[] {
  if (outcome === null)
    return [
      `It would ${kind === "change" ? "move" : "propose to move"} ${what}; nothing was sent on ${network}.`,
    ];
  if (outcome.kind === "waiting")
    return [
      `It would propose to move ${what}, and waits (${outcome.why}): ${WAITING[outcome.why] ?? "it cannot now"}.`,
    ];
  if (outcome.kind === "held") return [];
  const { transaction, gasUsed, reasons, cid, car, id } = outcome;
  return [
    `${outcome.kind === "changed" ? "Moved" : "Proposed to move"} ${what} for ${gasUsed} gas in ${transaction}.`,
    ...(id === undefined ? [] : [`Proposal ${id}`]),
    `Reasons ${reasons}, ${shortCid(cid)} in ${car}`,
  ];
}

/** Decisions that were decided again. */
export function replayLines(
  network: string,
  replayed: readonly ReplayedDecision[],
): string[] {
  const rows = replayed.map(
    ({ run, round, policy, version, journalled, again, same }) => [
      `${run}`,
      `${round}`,
      `${policy} ${version}`,
      shown(journalled),
      again === null ? "other version" : same ? "same" : shown(again),
    ],
  );
  const differing = replayed.filter(({ same }) => !same).length;
  if (rows.length === 0) return [`The journal has no decision on ${network}.`];
  return [
    ...table(["run", "round", "policy", "decision", "again"], rows),
    "",
    differing === 0
      ? "Every decision that can be made again is the same."
      : `${differing} of ${rows.length} decisions differ.`,
  ];
}

function shown(decision: Decision): string {
  if (decision.kind === "hold") return `hold (${decision.why})`;
  const { kind, slot, from, to, why } = decision;
  return `${kind} ${slot} ${from} -> ${to} (${why})`;
}
