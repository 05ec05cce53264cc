/**
 * What it costs to capture the DAO: the least number of works with which one holder passes whatever he likes, while a share of all
 * works votes against him. Found by arithmetic and then really done: on a chain of its own for each supply the works are minted and
 * wrapped, the proposal goes its way, and captures with that number and not with one less. Fails if a chain disagrees.
 *
 *   node test/bench/dao-capture.ts
 *   node test/bench/dao-capture.ts --really 100,1000,10000    (minutes more)
 *
 * LOOP_DATA holds recorded sales, by which works above the floor are priced; without them prices are left out.
 */
import { parseArgs } from "node:util";

import {
  DELAY,
  LOCK,
  PERIOD,
  startBattlefield,
  type Battlefield,
  type How,
} from "./capture/chain.ts";
import {
  outcome,
  quorum,
  voters,
  worksNeeded,
  type Sellers,
  type Standing,
  type Terms,
} from "./capture/need.ts";
import { costOf, readSpread } from "./capture/prices.ts";
import { table } from "./evolution/figures.ts";

const { values } = parseArgs({
  options: {
    supplies: { type: "string", default: "100,1000,10000" },
    turnouts: { type: "string", default: "0,5,20,50" },
    really: { type: "string", default: "100,1000" },
    threshold: { type: "string", default: "2" },
    quorum: { type: "string", default: "4" },
    floor: { type: "string", default: "200" },
    /** Works in the collection whose sales LOOP_DATA has. */
    sold: { type: "string", default: "10000" },
  },
});
const numbers = (text: string): number[] => text.split(",").map(Number);
const really = new Set(numbers(values.really));
const terms: Terms = {
  threshold: Number(values.threshold),
  quorumPercent: Number(values.quorum),
  floorBps: Number(values.floor),
};
const spread = readSpread();
const DAYS = Number((DELAY + PERIOD + LOCK) / 86_400n);

const failures: string[] = [];
let played = 0;
const claim = (holds: boolean, what: string): unknown =>
  holds || failures.push(what);

/** Whether a chain ends as the arithmetic does. */
async function check(
  field: Battlefield,
  standing: Standing,
  works: number,
): Promise<void> {
  const ending = await field.attack(works, voters(standing, works), "keeps");
  played++;
  const expected = outcome(standing, works, terms);
  claim(
    ending === expected,
    `${works} of ${standing.supply} at ${standing.turnout} %: ${ending}, and ${expected} by arithmetic`,
  );
}

const rows: string[][] = [];
for (const supply of numbers(values.supplies)) {
  const field = really.has(supply)
    ? await startBattlefield(supply, terms)
    : undefined;
  for (const turnout of numbers(values.turnouts)) {
    const standing = (sellers: Sellers): Standing => ({
      supply,
      turnout,
      sellers,
    });
    const need = (sellers: Sellers): number =>
      worksNeeded(standing(sellers), terms);
    const works = need("anybody");
    if (field !== undefined) {
      await check(field, standing("anybody"), works);
      await check(field, standing("anybody"), works - 1);
    }
    const against = voters(standing("anybody"), works);
    const needed = quorum(standing("anybody"), works + against, terms);
    const price =
      spread === undefined ? undefined : costOf(works, supply, spread);
    const monthly = spread && (spread.monthly / Number(values.sold)) * supply;
    rows.push([
      String(supply),
      `${turnout} %`,
      String(works),
      `${((100 * works) / supply).toFixed(1)} %`,
      works === needed ? "quorum" : "majority",
      String(need("sleepers")),
      String(need("voters")),
      price?.total.toFixed(0) ?? "-",
      price?.last.toFixed(2) ?? "-",
      monthly === undefined ? "-" : (works / monthly).toFixed(1),
      field === undefined ? "computed" : "done",
    ]);
  }
  if (field !== undefined) {
    // How long capital is bound: the votes are those of the snapshot, and the proposer's threshold is looked at until the end.
    const works = worksNeeded(
      { supply, turnout: 20, sellers: "anybody" },
      terms,
    );
    const against = voters({ supply, turnout: 20, sellers: "anybody" }, works);
    const ends = async (how: How, wanted: string): Promise<void> => {
      const ending = await field.attack(works, against, how);
      played++;
      claim(ending === wanted, `who ${how} of ${supply}: ${ending}`);
    };
    await ends("returns", "captured");
    await ends("returns all", "cancelled");
    await field.close();
  }
}

console.log(
  table(
    [
      "supply",
      "turnout",
      "works",
      "share",
      "bound by",
      "of sleepers",
      "of voters",
      "floors",
      "last",
      "months",
      "on a chain",
    ],
    rows,
  ),
);
console.log(`
works: bought of anybody as chance has it; turnout: share of the others' works that vote, all of them against
of sleepers, of voters: works needed if only those sell who do not vote, or only those who would have voted against
terms: threshold ${terms.threshold}, quorum ${terms.quorumPercent} % of what is wrapped and at least ${terms.floorBps} bps of what was ever minted (who sleeps has wrapped nothing)`);
console.log(
  spread === undefined
    ? "LOOP_DATA is not set: no prices"
    : `floors, last: price of all and of the dearest in floors, if owners ask what ${spread.sales} recorded sales paid over the 5 % quantile of their 30 days, the cheapest first
months: for which all sales of such a collection go to the attacker (median ${spread.monthly} in 30 days of ${values.sold} works)
Both are least values: who never sold asks more, and a bidder who buys everything drives the price up.`,
);
console.log(`time: the works count at the snapshot, ${DELAY / 86_400n} day after the proposal, and may be borrowed over that moment and given back: done on each chain, still captured.
The threshold of ${terms.threshold} works stays for ${DAYS} days (delay, period, timelock): given back too, anybody cancelled the proposal, on each chain.
So the price of a capture is what lenders or bribed holders ask for one moment, and the bound on it is notice: ${DELAY / 86_400n} day to wrap and be counted, ${DAYS} to leave.
What it buys: no funds, as the DAO has none; a royalty of at most 10 % and its receiver, the jobs of the book (so works up to the caps of a\nday and of the supply), the steward's limits, a validator; no work that somebody holds.`);
console.log(
  failures.length === 0
    ? `${played} attacks on chains ended as computed`
    : failures.join("\n"),
);
if (failures.length > 0) process.exitCode = 1;
