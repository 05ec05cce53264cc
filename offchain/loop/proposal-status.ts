import type { ProposalState, ProposalView } from "./ports-governance.ts";
import { durationText, momentText } from "./slot-text.ts";

/** What can be done about a proposal. */
export type NextAction = "wait" | "vote" | "queue" | "execute" | "nothing";

/** What to do next about a proposal, and when. */
export interface NextStep {
  readonly action: NextAction;
  /** From when it can be done, unix seconds; null if nothing can. */
  readonly from: number | null;
  /** Until when, where that is known. */
  readonly until: number | null;
  /** For a person. */
  readonly sentence: string;
}

/** When voting begins and ends: it counts from the second after the snapshot, and to the deadline's. */
export function votingFrom({
  snapshot,
}: Pick<ProposalView, "snapshot">): number {
  return snapshot + 1;
}

/** When a vote is over. */
export function decidedFrom({
  deadline,
}: Pick<ProposalView, "deadline">): number {
  return deadline + 1;
}

/** What to do next, as the chain stands at `now` (time of its newest block). */
export function nextStep(
  view: Pick<ProposalView, "id" | "state" | "snapshot" | "deadline" | "eta">,
  now: number,
): NextStep {
  const { id, state, deadline, eta } = view;
  switch (state) {
    case "pending": {
      const from = votingFrom(view);
      return {
        action: "wait",
        from,
        until: deadline,
        sentence: `Voting begins ${when(from, now)}.`,
      };
    }
    case "active":
      return {
        action: "vote",
        from: votingFrom(view),
        until: deadline,
        sentence: `Vote until ${when(deadline, now)}: npx hardhat vote --proposal ${id} --support for`,
      };
    case "succeeded":
      return {
        action: "queue",
        from: decidedFrom(view),
        until: null,
        sentence: `Queue it: npx hardhat queue --proposal ${id}`,
      };
    case "queued":
      return {
        action: "execute",
        from: eta,
        until: null,
        sentence:
          eta > now
            ? `It can be executed from ${when(eta, now)} on.`
            : `Execute it: npx hardhat execute --proposal ${id}`,
      };
    case "canceled":
    case "defeated":
    case "expired":
    case "executed":
      return {
        action: "nothing",
        from: null,
        until: null,
        sentence: ENDED[state],
      };
  }
}

const ENDED: Readonly<
  Record<
    Exclude<ProposalState, "pending" | "active" | "succeeded" | "queued">,
    string
  >
> = {
  canceled: "It was taken back.",
  defeated: "It was voted down, or too few voted.",
  expired: "It was not queued, or not executed, in time.",
  executed: "It is done.",
};

/** Votes against the quorum, in figures; those for it and abstaining count towards it. */
export function tallyText({
  votes,
  quorum,
}: Pick<ProposalView, "votes" | "quorum">): string {
  const counted = `${votes.for} for, ${votes.against} against, ${votes.abstain} abstaining`;
  if (quorum === undefined)
    return `${counted}; the quorum follows when voting begins`;
  const there = votes.for + votes.abstain;
  return there >= quorum
    ? `${counted}; the quorum of ${quorum} is reached`
    : `${counted}; ${quorum - there} more are needed for the quorum of ${quorum}`;
}

/** Whether it would pass if voting ended now. */
export function wouldPass({
  votes,
  quorum,
}: Pick<ProposalView, "votes" | "quorum">): boolean {
  return (
    votes.for > votes.against &&
    quorum !== undefined &&
    votes.for + votes.abstain >= quorum
  );
}

/** A moment, and how long until then. */
export function when(time: number, now: number): string {
  return time <= now
    ? momentText(time)
    : `${momentText(time)} (in ${durationText(time - now)})`;
}
