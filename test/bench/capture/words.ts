import { DELAY, LOCK, PERIOD } from "./found.ts";
import type { Terms } from "./need.ts";
import type { Spread } from "./prices.ts";

const DAY = 86_400n;
const DAYS = (DELAY + PERIOD + LOCK) / DAY;

/** What the table's columns mean, and what they leave out. */
export function inWords(
  { threshold, quorumPercent, floorBps }: Terms,
  spread: Spread | undefined,
  sold: number,
): string[] {
  return [
    "works: bought of anybody, as chance has it. turnout: share of the others' works that vote, all of them against",
    "of sleepers, of voters: works needed if only those sell who do not vote, or only those who would have voted against",
    `terms: threshold ${threshold}, quorum ${quorumPercent} % of what is wrapped and at least ${floorBps} bps of what was ever minted (who sleeps has wrapped nothing)`,
    ...prices(spread, sold),
    `time: works count at the snapshot, ${DELAY / DAY} day after the proposal, and may be borrowed over that moment: given back at once on each chain, still captured.`,
    `Only the threshold of ${threshold} works stays for ${DAYS} days (delay, period, timelock): given back too, anybody cancelled the proposal, on each chain.`,
    `So a capture may cost no more than what lenders or bribed holders ask for one moment. Against that stands notice: ${DELAY / DAY} day to wrap and be counted, ${DAYS} to leave.`,
    "minting: who has the operator's key needs no seller. As many works as `of sleepers` says are votes, and the limit of works per day is the only brake: keep it low.",
    "What it buys: no funds, as the DAO has none; a royalty of at most 10 % and its receiver, the jobs of the book (so works up to the caps of a day and",
    "of the supply), the steward's limits, a validator; no work that somebody holds.",
  ];
}

function prices(spread: Spread | undefined, sold: number): string[] {
  if (spread === undefined) return ["LOOP_DATA is not set: no prices"];
  const { sales, monthly } = spread;
  return [
    `floors, last: price of all and of the dearest, if owners ask what ${sales} recorded sales paid over the 5 % quantile of their 30 days, the cheapest first`,
    `months: for which all sales of such a collection go to the attacker (median ${monthly} in 30 days of ${sold} works)`,
    "Prices and months are least values: who never sold asks more, and a bidder who buys everything drives the price up.",
  ];
}
