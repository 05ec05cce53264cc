/**
 * Writes `golden.json` and `evolved.json` anew from the built-in recipe: `npm run vectors`. Only before a release: the vectors of a released engine are
 * never changed. Every value of every trait occurs, and every family with every symmetry.
 */
import { readFile, writeFile } from "node:fs/promises";

import { CHANNELS, STATE_END, type WorkState } from "../../offchain/generator/evolution/state.ts";
import { loadModel } from "../../offchain/generator/model/model.ts";
import { fromHex, toHex, utf8, type Hex } from "../../offchain/kernel/bytes.ts";
import { keccak256, sha256 } from "../../offchain/kernel/digest.ts";
import { NEUTRAL_OBSERVATION, packObservation, type Observation } from "../../offchain/kernel/observation.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import { parseTraitTable } from "../../offchain/rarity/table.ts";

import { steeredWorks, ways } from "./chosen.ts";
import { CHOSEN, EVOLVED, generatorFiles, GOLDEN } from "./files.ts";
import {
  fieldDigest,
  journeyOf,
  workDigest,
  type Evolved,
  type FieldVector,
  type Golden,
  type JourneyVector,
  type WorkVector,
} from "./golden.ts";

const WORKS = 96;
const FIELDS = 24;
const EVOLVED_WORKS = 24;
const JOURNEYS = 6;
/** Most works are small; these are drawn at other sizes. */
const LARGER = new Map([...range(3, 96, 8).map((n) => [n, 128] as const), [10, 256], [29, 256], [50, 512], [77, 1024]]);

const OBSERVED = { change: true, volatility: true, trend: true, sentiment: true, floor: true, volume: true };
const SALES = { floor: 1_250_000, volume: 48_000, time: 1_760_000_000 };
const market = (change: number, volatility: number, trend: number, sentiment: number): Observation => ({
  ...NEUTRAL_OBSERVATION,
  ...SALES,
  present: OBSERVED,
  change,
  volatility,
  trend,
  sentiment,
});
const MARKETS = [
  NEUTRAL_OBSERVATION,
  market(120, 180, 900, 6_200),
  market(-1_900, 1_400, -3_800, 900),
  market(2_400, 900, 7_000, 9_500),
  { ...market(0, 60, -150, 4_800), guardThreshold: 6_000, oddsSensitivity: 5_000 },
];

/** How the n-th work steps through a trait's values: the families side by side, and each round with the next symmetry. */
const STEPS: Readonly<Record<string, (n: number) => number>> = {
  family: (n) => n,
  order: (n) => n + Math.floor(n / 16),
  palette: (n) => 5 * n + Math.floor(n / 24),
  light: (n) => n + Math.floor(n / 16),
  symmetry: (n) => Math.floor(n / 16),
  inlay: (n) => 5 * n + Math.floor(n / 16),
  finish: (n) => 3 * n + Math.floor(n / 16),
  line: (n) => n + Math.floor(n / 4),
  frame: (n) => 5 * n + Math.floor(n / 16),
};

const table = parseTraitTable(await readFile(new URL("../../offchain/recipes/genesis/traits.json", import.meta.url)));
const files = await generatorFiles();
const model = await loadModel(files);
const hash = (bytes: Uint8Array): Hex => toHex(sha256(bytes));

const works = range(0, WORKS).map((n): WorkVector => {
  const traits = Object.fromEntries(
    table.traits.map(({ name, values }) => {
      const step = STEPS[name] ?? ((m: number) => m);
      return [name, values[step(n) % values.length]?.name ?? ""];
    }),
  );
  const digest = toHex(keccak256(utf8(`golden ${n}`)));
  const conditions = packObservation(MARKETS[n % MARKETS.length] ?? NEUTRAL_OBSERVATION);
  const vector = { digest, traits, conditions, size: LARGER.get(n) ?? 64 };
  return { ...vector, png: workDigest(model, vector) };
});
const fields = range(0, FIELDS).map((n): FieldVector => {
  const bytes = keccak256(utf8(`golden field ${n}`));
  const shares = model.families.map((_, family) => {
    if (n < 16) return family === n ? 16 : 0;
    return family === n % 16 ? 10 : family === (n * 5 + 3) % 16 ? 6 : 0;
  });
  const vector = { shares, order: 3 + (n % 6), style: range(0, 8).map((i) => (bytes[i] ?? 0) % 129 - 64) };
  return { ...vector, logits: fieldDigest(model, vector) };
});
const golden: Omit<Golden, "journeys"> = { kernels: hash(files.kernels), weights: hash(files.weights), works, fields };
await writeFile(GOLDEN, `${JSON.stringify(golden, null, 2)}\n`);

const evolvedWorks = range(0, EVOLVED_WORKS).map((n): WorkVector => {
  const from = works[(7 * n) % works.length]!;
  const rng = createRng(keccak256(utf8(`golden state ${n}`)));
  // Every fourth work stands at its ends.
  const steps = (): number => (n % 4 === 3 ? (rng.below(2) === 0 ? -STATE_END : STATE_END) : rng.below(17) - 8);
  const state = Object.fromEntries(CHANNELS.map((channel) => [channel, steps()])) as unknown as WorkState;
  const vector = { ...from, state, size: n === 5 ? 512 : 64 };
  return { ...vector, png: workDigest(model, vector) };
});
const journeys = range(0, JOURNEYS).map((n): JourneyVector => {
  const digest = toHex(keccak256(utf8(`golden journey ${n}`)));
  const rng = createRng(fromHex(digest));
  const observed = (i: number): Hex =>
    packObservation({
      ...market(rng.below(4_001) - 2_000, rng.below(2_500), rng.below(16_001) - 6_000, rng.below(10_001)),
      floor: 1 + rng.below(4_000_000),
      time: SALES.time + i,
    });
  const rounds = [...range(1, 13).map(observed), packObservation({ ...NEUTRAL_OBSERVATION, time: SALES.time + 13 })];
  const attunement: Hex = n % 2 === 0 ? "0x0" : "0x03f8fd02";
  const vector = { digest, conditions: observed(0), attunement, rounds };
  return { ...vector, states: journeyOf(vector) };
});
const evolved: Evolved = { works: evolvedWorks, journeys };
await writeFile(EVOLVED, `${JSON.stringify(evolved, null, 2)}\n`);
const chosen = [...steeredWorks(works), ...ways(works)].map((vector) => ({ ...vector, png: workDigest(model, vector) }));
await writeFile(CHOSEN, `${JSON.stringify(chosen, null, 2)}\n`);
console.log(`${chosen.length} chosen works`);
console.log(`${evolvedWorks.length} evolved works and ${journeys.length} journeys`);
console.log(`${works.length} works and ${fields.length} fields`);

function range(from: number, to: number, step = 1): number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);
}
