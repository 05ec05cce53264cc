import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";
import {
  isHalfDoneDaoAct,
  performDaoAct,
  type DaoAct,
  type SentDaoAct,
} from "./dao-acts.ts";
import { decodingContext, governedAddresses } from "./dao-context.ts";
import type { DaoReadPorts } from "./dao-context.ts";
import { decodeCalls, type DecodedCall } from "./decode-calls.ts";
import type { GovernedChange } from "./governed-change.ts";
import type { Journal } from "./journal.ts";
import type { ControllerView, GovernanceCall } from "./ports-governance.ts";
import { callsOf } from "./proposal-calls.ts";
import { descriptionOf, type ProposalText } from "./proposal-text.ts";
import {
  publishReasons,
  reasonsBlock,
  type PublishedReasons,
  type ReasonsPorts,
} from "./publish-reasons.ts";

/** What is proposed, by whom, and why. */
export interface ProposalRequest {
  readonly changes: readonly GovernedChange[];
  readonly text: ProposalText;
  /** The document whose hash the calls name; {@link reasonsOf} makes one of the text. */
  readonly reasons: Json;
  readonly proposer: Hex;
}

/** A proposal that was checked and not sent. */
export interface ProposalPlan {
  readonly proposer: Hex;
  readonly calls: readonly GovernanceCall[];
  readonly decoded: readonly DecodedCall[];
  readonly description: string;
  readonly reasons: Json;
  /** SHA-256 of their canonical JSON, and its CID. */
  readonly reasonsHash: Hex;
  readonly reasonsCid: string;
  readonly votes: bigint;
  readonly threshold: bigint;
}

/** A proposal that was made. */
export interface Proposed extends SentDaoAct {
  readonly id: string;
  readonly reasons: PublishedReasons;
}

/** Most calls of one proposal: whoever votes reads all of them. */
const MAX_CHANGES = 10;

/**
 * Makes the calls and the description, reads them back, and tries them on the present state; nothing is written or sent.
 * @throws FatalError `dao/nothing-proposed`, `dao/repeated-change`, `dao/too-few-votes`, `dao/live-proposal`, `dao/no-oracle`;
 * `chain/refused` naming the call that would fail now.
 */
export async function planProposal(
  { changes, text, reasons, proposer }: ProposalRequest,
  ports: DaoReadPorts & { readonly journal: Journal },
): Promise<ProposalPlan> {
  requireDistinct(changes);
  const { governance, codec } = ports;
  const { hash, cid } = reasonsBlock(reasons);
  const addresses = await governedAddresses(ports);
  const calls = callsOf(changes, { addresses, codec, reasons: hash });
  const decoded = decodeCalls(calls, await decodingContext(calls, ports));
  await governance.simulate(calls);
  const { proposalThreshold: threshold } = await governance.terms();
  const votes = await governance.votesOf(proposer);
  if (votes < threshold)
    throw new FatalError(
      "dao/too-few-votes",
      `\`${proposer}\` has ${votes} votes and a proposal needs ${threshold}; wrap more works, or have votes delegated to it.`,
    );
  const plan = {
    proposer,
    calls,
    decoded,
    description: descriptionOf(text, { proposer, reasons: cid }),
    reasons,
    reasonsHash: hash,
    reasonsCid: cid,
    votes,
    threshold,
  };
  if (!(await isHalfDoneDaoAct(proposing(plan), ports)))
    await requireNoneLive(proposer, ports);
  return plan;
}

function proposing({
  proposer,
  calls,
  description,
}: Pick<ProposalPlan, "proposer" | "calls" | "description">): DaoAct {
  return {
    act: "propose",
    proposer,
    calls: calls.map((call) => ({ ...call, value: `${call.value}` })),
    description,
  };
}

/**
 * Publishes the reasons, then sends the proposal, as a journalled run.
 * @param car where the archive of the reasons is written.
 * @throws as `publishReasons` and `performDaoAct`.
 */
export async function sendProposal(
  plan: ProposalPlan,
  ports: DaoReadPorts & ReasonsPorts & { readonly journal: Journal },
  car: string,
  deliver: (proposed: Proposed) => Promise<void> = async () => {},
): Promise<Proposed> {
  const published = await publishReasons(plan.reasons, ports, car);
  const whole = (sent: SentDaoAct): Proposed => ({
    ...sent,
    id: sent.id ?? "",
    reasons: published,
  });
  const sent = await performDaoAct(proposing(plan), ports, (done) =>
    deliver(whole(done)),
  );
  return whole(sent);
}

/** The reasons of people: their text, what they want changed, and what was in force when they wrote. */
export function reasonsOf(
  {
    changes,
    text: { title, body },
    proposer,
  }: Omit<ProposalRequest, "reasons">,
  {
    chainId,
    collection,
    controller,
  }: {
    readonly chainId: number;
    readonly collection: Hex;
    readonly controller: ControllerView;
  },
): Json {
  return {
    format: "loop-proposal-reasons/1",
    chainId,
    collection,
    proposer,
    title,
    body,
    changes: changes.map((change) => ({ ...change }) as Json),
    inForce: Object.fromEntries(
      controller.slots.map(({ slot, value }) => [slot, value]),
    ),
  };
}

/** Two of one kind would undo each other, and nobody could say what was voted. */
function requireDistinct(changes: readonly GovernedChange[]): void {
  if (changes.length === 0)
    throw new FatalError(
      "dao/nothing-proposed",
      "Nothing is proposed; give --set NAME=VALUE.",
    );
  if (changes.length > MAX_CHANGES)
    throw new FatalError(
      "dao/too-many-changes",
      `\`${changes.length}\` changes are too many to be voted on at once; propose at most ${MAX_CHANGES}.`,
    );
  const seen = new Set<string>();
  for (const change of changes) {
    const name = subjectOf(change);
    if (seen.has(name))
      throw new FatalError(
        "dao/repeated-change",
        `\`${name}\` is set twice in one proposal; give it once.`,
      );
    seen.add(name);
  }
}

function subjectOf(change: GovernedChange): string {
  const { kind } = change;
  if (kind === "slot") return change.slot;
  if (kind === "limits") return `limits.${change.slot}`;
  if (kind === "rule") return change.rule;
  if (kind === "job") return `${change.job} ${change.account}`;
  if (kind === "royalty-offer")
    return `${kind} ${change.receiver}:${change.bps}`;
  if (kind === "recipe") return `recipe ${change.id}`;
  if (kind === "dataset") return `dataset ${change.root}`;
  return kind;
}

async function requireNoneLive(
  proposer: Hex,
  { governance }: DaoReadPorts,
): Promise<void> {
  const live = (await governance.proposals()).find(
    (each) =>
      each.proposer === proposer && ["pending", "active"].includes(each.state),
  );
  if (live !== undefined)
    throw new FatalError(
      "dao/live-proposal",
      `\`${proposer}\` has a proposal that is being decided (${live.id}), and nobody may have two; wait for it, or take it back with npx hardhat cancel.`,
    );
}
