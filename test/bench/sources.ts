/**
 * Mutated answers of every source: `node test/bench/sources.ts --runs 10000`. The recorded shapes under test/offchain/market/fixtures
 * are mutated by a seeded hand: keys deleted, doubled and renamed, values made NaN, huge, negative, null, nested or of another type,
 * the text cut, spliced or replaced by a page. Each goes through its parser, and what that lets through into an observation together
 * with sound sources. Fails on an error that is not ours, and on an observation outside its ranges.
 */
import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { utf8 } from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import { isLoopError } from "../../offchain/kernel/errors.ts";
import {
  packObservation,
  unpackObservation,
} from "../../offchain/kernel/observation.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import { isoDate } from "../../offchain/market/calendar.ts";
import { observeSources } from "../../offchain/market/observe-sources.ts";
import {
  MARKET_FIELDS,
  type DeadSource,
  type Observed,
  type OwnSale,
  type Reading,
} from "../../offchain/market/reading.ts";
import { coinbase } from "../../offchain/market/sources/coinbase.ts";
import { coingecko } from "../../offchain/market/sources/coingecko.ts";
import { fearAndGreed } from "../../offchain/market/sources/fear-and-greed.ts";
import { opensea } from "../../offchain/market/sources/opensea.ts";
import { ownSales } from "../../offchain/market/sources/own-sales.ts";
import { recordedCsv } from "../../offchain/market/sources/recorded-csv.ts";
import { AT, sale, TODAY } from "../offchain/market/readings.ts";
import { table } from "./evolution/figures.ts";
import { mutateText, mutateValue } from "./sources/mutate.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    seed: { type: "string", default: "sources" },
  },
});
const rng = createRng(keccak256(utf8(values.seed)));
const folder = new URL("../offchain/market/fixtures/", import.meta.url);
const texts = (name: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.includes(name))
    .sort()
    .map((file) => readFileSync(new URL(file, folder), "utf8"));
const csv = [
  "date,open,high,low,close,volume",
  ...Array.from({ length: 40 }, (_, i) => {
    const price = 3_000 + ((i * 7) % 11);
    return `${isoDate(TODAY - 40 + i)},${price},${price + 1},${price - 1},${price}.5,1000`;
  }),
].join("\n");

const sales = Array.from({ length: 14 }, (_, i) => sale(i, { price: i + 1 }));
const kinds: {
  readonly name: string;
  readonly kind: Reading["kind"];
  readonly texts: readonly string[];
  readonly read: (body: unknown) => Reading;
}[] = [
  {
    name: "coingecko",
    kind: "prices",
    texts: texts("coingecko"),
    read: coingecko,
  },
  {
    name: "coinbase",
    kind: "prices",
    texts: texts("coinbase"),
    read: coinbase,
  },
  {
    name: "fear-and-greed",
    kind: "sentiment",
    texts: texts("fear-and-greed"),
    read: fearAndGreed,
  },
  {
    name: "opensea",
    kind: "collection",
    texts: texts("opensea"),
    read: (body) => opensea(body, { at: AT }),
  },
  {
    name: "recorded-csv",
    kind: "prices",
    texts: [csv],
    read: (body) => recordedCsv(String(body), { name: "recorded-csv", at: AT }),
  },
];
const sound: Reading[] = [
  coingecko(texts("coingecko")[1]),
  coinbase(texts("coinbase")[1]),
  fearAndGreed(texts("fear-and-greed")[0]),
];

const tally = new Map<
  string,
  { read: number; refused: number; told: number }
>();
const codes = new Map<string, number>();
const count = (code: string): unknown =>
  codes.set(code, (codes.get(code) ?? 0) + 1);
let [crashes, outside, observations, empty] = [0, 0, 0, 0];

/** Inside every range, as its word says it, and not of the future. */
function isInside({ observation }: Observed): boolean {
  const word = packObservation(observation);
  const back = unpackObservation(word);
  return (
    observation.time <= AT &&
    MARKET_FIELDS.every((field) => back[field] === observation[field])
  );
}

function payloadOf({ name, texts: all }: (typeof kinds)[number]): unknown {
  const text = all[rng.below(all.length)] ?? "";
  if (name === "recorded-csv" || rng.below(3) === 0)
    return mutateText(text, rng);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return mutateText(text, rng);
  }
  for (let n = 1 + rng.below(3); n > 0; n--) value = mutateValue(value, rng);
  return value;
}

const runs = Number(values.runs);
for (let run = 0; run < runs; run++) {
  const which = rng.below(kinds.length + 1);
  const source = kinds[which];
  const name = source?.name ?? "own-sales";
  const row = tally.get(name) ?? { read: 0, refused: 0, told: 0 };
  tally.set(name, row);
  let reading: Reading | DeadSource;
  const kind = source?.kind ?? "sales";
  try {
    if (source === undefined) {
      let mutated = mutateValue(sales, rng);
      // What the adapter hands over has its shape by its type; its values are the node's.
      while (!isSaleList(mutated)) mutated = mutateValue(sales, rng);
      reading = ownSales(mutated);
    } else reading = source.read(payloadOf(source));
    row.read++;
  } catch (error) {
    if (!isLoopError(error)) {
      crashes++;
      console.error(name, error);
      continue;
    }
    row.refused++;
    count(error.code);
    reading = { source: name, kind, code: error.code, why: error.message };
  }
  const others = sound.filter(
    (one) => one.source !== name && rng.below(2) === 1,
  );
  try {
    const observed = observeSources([...others, reading], { at: AT });
    observations++;
    if (!isInside(observed)) outside++;
    if (Object.values(observed.used).some((list) => list.includes(name)))
      row.told++;
    for (const { code } of observed.discarded)
      if (code !== "market/dead") count(`${code} (discarded)`);
  } catch (error) {
    if (isLoopError(error, "market/nothing-left")) empty++;
    else {
      crashes++;
      console.error(name, error);
    }
  }
}

function isSaleList(value: unknown): value is OwnSale[] {
  return (
    Array.isArray(value) &&
    value.every(
      (one: Partial<OwnSale> | null) =>
        typeof one === "object" &&
        typeof one?.price === "bigint" &&
        typeof one.time === "number" &&
        [one.buyer, one.seller, one.token].every(
          (text) => typeof text === "string",
        ),
    )
  );
}

console.log(
  table(
    ["source", "read", "refused", "counted"],
    [...tally]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { read, refused, told }]) => [
        name,
        ...[read, refused, told].map(String),
      ]),
  ),
);
console.log();
console.log(
  table(
    ["code", "times"],
    [...codes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map((row) => row.map(String)),
  ),
);
console.log();
console.log(
  `${runs} payloads: ${crashes} crashes; ${observations} observations, ${outside} outside their ranges; ${empty} times nothing was left`,
);
const told = [...tally.values()].filter((row) => row.told > 0).length;
if (crashes > 0 || outside > 0 || told < kinds.length + 1) process.exitCode = 1;
