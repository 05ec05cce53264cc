import type { Hex } from "../kernel/bytes.ts";
import {
  decodeCalls,
  type DecodedCall,
  type DecodingContext,
} from "./decode-calls.ts";
import { decodingContext, type DaoReadPorts } from "./dao-context.ts";
import type { ProposalState, ProposalView } from "./ports-governance.ts";
import { nextStep, tallyText, type NextStep } from "./proposal-status.ts";
import { shownText } from "./proposal-text.ts";

/** A proposal as a voter reads it. Texts of strangers are stripped of what a terminal obeys. */
export interface ListedProposal {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly proposer: Hex;
  readonly state: ProposalState;
  readonly calls: readonly DecodedCall[];
  /** Unix seconds. */
  readonly snapshot: number;
  readonly deadline: number;
  readonly eta: number;
  /** Votes, as decimal text. */
  readonly votes: {
    readonly for: string;
    readonly against: string;
    readonly abstain: string;
    readonly quorum: string | null;
  };
  readonly tally: string;
  readonly next: NextStep;
}

/**
 * Every proposal, newest last, each call in words, with what is odd about it, and what to do next.
 * @param id of the only one that is asked for.
 * @throws FatalError `dao/no-proposal`.
 */
export async function listProposals(
  ports: DaoReadPorts,
  id?: string,
): Promise<readonly ListedProposal[]> {
  const { governance } = ports;
  const views =
    id === undefined
      ? await governance.proposals()
      : [await governance.proposal(id)];
  if (views.length === 0) return [];
  const now = await governance.now();
  const context = await decodingContext(
    views.flatMap(({ calls }) => calls),
    ports,
  );
  return views.map((view) => ({
    ...described(view, now),
    calls: decodeCalls(view.calls, contextFor(view, context), view),
  }));
}

function described(
  view: ProposalView,
  now: number,
): Omit<ListedProposal, "calls"> {
  const { id, proposer, state, snapshot, deadline, eta, votes, quorum } = view;
  return {
    id,
    ...shownText(view.description),
    proposer,
    state,
    snapshot,
    deadline,
    eta,
    votes: {
      for: `${votes.for}`,
      against: `${votes.against}`,
      abstain: `${votes.abstain}`,
      quorum: quorum === undefined ? null : `${quorum}`,
    },
    tally: tallyText(view),
    next: nextStep(view, now),
  };
}

/** From where something would move is asked while it still may: what was executed is in force itself. */
function contextFor(
  { state }: Pick<ProposalView, "state">,
  { controller, terms, ...rest }: DecodingContext,
): DecodingContext {
  return ["pending", "active", "succeeded", "queued"].includes(state)
    ? { ...rest, controller, terms }
    : rest;
}
