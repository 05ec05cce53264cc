import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import {
  isHalfDoneDaoAct,
  performDaoAct,
  type DaoAct,
  type DaoRunPorts,
  type SentDaoAct,
} from "./dao-acts.ts";
import type { ProposalView } from "./ports-governance.ts";
import type { Progress } from "./ports-progress.ts";
import {
  decidedFrom,
  nextStep,
  tallyText,
  votingFrom,
  when,
  wouldPass,
} from "./proposal-status.ts";
import { momentText } from "./slot-text.ts";

export interface CarryPorts extends DaoRunPorts {
  readonly progress: Progress;
}

type Deliver = (sent: SentDaoAct) => Promise<void>;
type Vote = Extract<DaoAct, { readonly act: "vote" }>;

/**
 * Votes; on a development chain the time moves to the beginning of the voting.
 * @throws FatalError `dao/too-early` elsewhere before it has begun, `dao/too-late`, `dao/already-voted`, `dao/no-votes`,
 * `dao/no-proposal`, and as {@link performDaoAct}.
 */
export async function castVote(
  vote: Vote,
  ports: CarryPorts,
  deliver?: Deliver,
): Promise<SentDaoAct> {
  const { governance } = ports;
  const { id, voter } = vote;
  if (await isHalfDoneDaoAct(vote, ports))
    return performDaoAct(vote, ports, deliver);
  let view = await governance.proposal(id);
  if (view.state === "pending")
    view = await reach(view, votingFrom(view), "Voting on it begins", ports);
  if (view.state !== "active") throw await wrongState(view, "voted on", ports);
  if (await governance.hasVoted(id, voter))
    throw new FatalError(
      "dao/already-voted",
      `\`${voter}\` has voted on this proposal, and a vote is not changed; vote with another account, or wait for the result.`,
    );
  if ((await governance.votesOf(voter, view.snapshot)) === 0n)
    throw new FatalError(
      "dao/no-votes",
      `\`${voter}\` had no votes at ${momentText(view.snapshot)}, from which they count; wrap works, or be delegated some, before the next proposal.`,
    );
  return performDaoAct(vote, ports, deliver);
}

/**
 * Queues a proposal that won in the timelock; on a development chain the time moves to the end of the voting, if it would win.
 * @throws FatalError `dao/too-early`, `dao/defeated`, `dao/wrong-state`, and as {@link performDaoAct}.
 */
export async function queueProposal(
  id: string,
  ports: CarryPorts,
  deliver?: Deliver,
): Promise<SentDaoAct> {
  const act = { act: "queue", id } as const;
  if (await isHalfDoneDaoAct(act, ports))
    return performDaoAct(act, ports, deliver);
  let view = await ports.governance.proposal(id);
  if (view.state === "pending") throw await tooEarly(view, ports);
  if (view.state === "active") {
    // Moving the time over a vote that is not won would end it for good.
    if (!wouldPass(view)) throw await tooEarly(view, ports);
    view = await reach(view, decidedFrom(view), "Voting on it ends", ports);
  }
  if (view.state === "defeated")
    throw new FatalError(
      "dao/defeated",
      `Proposal \`${id}\` did not win (${tallyText(view)}); propose it again, with better reasons.`,
    );
  if (view.state !== "succeeded") throw await wrongState(view, "queued", ports);
  return performDaoAct(act, ports, deliver);
}

/**
 * Has the timelock carry out what was voted; on a development chain the time moves over its delay.
 * @throws FatalError `dao/too-early`, `dao/wrong-state`, and as {@link performDaoAct}.
 */
export async function executeProposal(
  id: string,
  ports: CarryPorts,
  deliver?: Deliver,
): Promise<SentDaoAct> {
  const act = { act: "execute", id } as const;
  if (await isHalfDoneDaoAct(act, ports))
    return performDaoAct(act, ports, deliver);
  let view = await ports.governance.proposal(id);
  if (view.state === "queued")
    view = await reach(view, view.eta, "The timelock lets it go", ports);
  if (view.state === "pending" || view.state === "active")
    throw await tooEarly(view, ports);
  if (view.state !== "queued") throw await wrongState(view, "executed", ports);
  return performDaoAct(act, ports, deliver);
}

/**
 * Takes a proposal back, in the timelock too: its proposer may, and anybody once the proposer's votes fell below what proposing needs.
 * @throws FatalError `dao/wrong-state`, and as {@link performDaoAct}.
 */
export async function cancelProposal(
  { id, account }: { readonly id: string; readonly account: Hex },
  ports: CarryPorts,
  deliver?: Deliver,
): Promise<SentDaoAct> {
  const act = { act: "cancel", id, account } as const;
  if (await isHalfDoneDaoAct(act, ports))
    return performDaoAct(act, ports, deliver);
  const view = await ports.governance.proposal(id);
  if (["canceled", "executed", "defeated", "expired"].includes(view.state))
    throw await wrongState(view, "taken back", ports);
  return performDaoAct(act, ports, deliver);
}

/** The proposal at a time: a development chain is moved there, elsewhere somebody comes back. */
async function reach(
  view: ProposalView,
  time: number,
  what: string,
  { chain, governance, progress }: CarryPorts,
): Promise<ProposalView> {
  const now = await governance.now();
  const { development } = await chain.instance();
  if (now < time) {
    if (!development)
      throw new FatalError(
        "dao/too-early",
        `${what} at ${when(time, now)}; come back then.`,
      );
    await governance.reachTime(time);
    progress.note(
      `Moved the time of this development chain to ${momentText(time)}.`,
    );
  }
  return governance.proposal(view.id);
}

async function tooEarly(
  view: ProposalView,
  { governance }: CarryPorts,
): Promise<FatalError> {
  const now = await governance.now();
  const tally = view.state === "active" ? ` (${tallyText(view)})` : "";
  return new FatalError(
    "dao/too-early",
    `Proposal \`${view.id}\` is not decided${tally}: ${nextStep(view, now).sentence.replace(/\.$/, "")}.`,
  );
}

async function wrongState(
  view: ProposalView,
  done: string,
  { governance }: CarryPorts,
): Promise<FatalError> {
  const { sentence } = nextStep(view, await governance.now());
  const late = done === "voted on" ? "dao/too-late" : "dao/wrong-state";
  return new FatalError(
    late,
    `Proposal \`${view.id}\` is ${view.state} and cannot be ${done}: ${sentence.replace(/\.$/, "")}.`,
  );
}
