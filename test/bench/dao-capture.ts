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
import { inWords } from "./capture/words.ts";
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
console.log(`\n${inWords(terms, spread, Number(values.sold)).join("\n")}`);
console.log(
  failures.length === 0
    ? `${played} attacks on chains ended as computed`
    : failures.join("\n"),
);
if (failures.length > 0) process.exitCode = 1;
