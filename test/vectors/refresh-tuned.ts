/**
 * Writes `tuned.json` anew: `node test/vectors/refresh-tuned.ts`; with `--tune` it also tunes the adapter of the vectors anew, on six
 * pictures that our own code draws. Only before a release: the vectors of a released engine are never changed.
 */
import { mkdir, writeFile } from "node:fs/promises";

import { createTunerThreads } from "../../offchain/adapters/tuner-threads.ts";
import { CHANNELS, STATE_END, type WorkState } from "../../offchain/generator/evolution/state.ts";
import { weaveVocabulary } from "../../offchain/generator/loom/vocabulary.ts";
import { planTuning } from "../../offchain/generator/tuning/plan.ts";
import { toHex, utf8 } from "../../offchain/kernel/bytes.ts";
import { keccak256, sha256 } from "../../offchain/kernel/digest.ts";
import { NEUTRAL_OBSERVATION, packObservation } from "../../offchain/kernel/observation.ts";
import { loadTunedModel } from "../../offchain/generator/loom/model.ts";
import { tinyManifest, tinyPictures } from "../kit/tiny-dataset.ts";
import { TUNED_FIXTURE, tunedModelFiles } from "../kit/tuned-recipe.ts";

import type { WorkVector } from "./golden.ts";
import { donorsDigest, weaveDigest, type TunedGolden } from "./tuned.ts";
import { TUNED } from "./files.ts";

const WORKS = 12;
const GRID = 8;
const STEPS = 1500;

if (process.argv.includes("--tune")) {
  const { manifest, files } = tinyManifest();
  const pictures = [...tinyPictures()].map(([name, rgb]) => ({ name, rgb }));
  const { kernels, weights } = await tunedModelFiles().catch(async () => {
    await mkdir(new URL("tuned/", TUNED), { recursive: true });
    await writeFile(TUNED_FIXTURE.adapter, "");
    return tunedModelFiles();
  });
  const plan = { ...planTuning({ pictures: 6, rank: 2, steps: STEPS, seed: "vectors" }), grid: GRID };
  const run = await createTunerThreads().begin({ kernels, weights, dataset: manifest.root, pictures, plan });
  const { step, validation } = await run.advance(STEPS);
  console.log(`tuned ${step} steps, ${validation?.toFixed(1)} dB`);
  await writeFile(TUNED_FIXTURE.adapter, await run.adapter("int8"));
  await writeFile(TUNED_FIXTURE.licences, files.get("manifest.json") ?? "");
  await run.close();
}

const files = await tunedModelFiles();
const model = await loadTunedModel(files);
const markets = [
  NEUTRAL_OBSERVATION,
  { ...NEUTRAL_OBSERVATION, present: { ...NEUTRAL_OBSERVATION.present, change: true, volatility: true, trend: true }, change: -1_900, volatility: 1_400, trend: -3_800 },
];
const works = Array.from({ length: WORKS }, (_, n): WorkVector => {
  const traits = Object.fromEntries(
    Object.entries(weaveVocabulary(model.adapter)).map(([name, values], k) => {
      // Each trait in steps of its own, so that twelve works show every composition, way, repeat and half of the divisions.
      const step = name === "division" ? 2 : name === "composition" || name === "liberty" ? 1 : k + 1;
      return [name, values[(n * step + (name === "division" ? 1 : 0)) % values.length] ?? ""];
    }),
  );
  const vector = {
    digest: toHex(keccak256(utf8(`woven ${n}`))),
    traits,
    conditions: packObservation(markets[n % markets.length] ?? NEUTRAL_OBSERVATION),
    size: n === 5 ? 128 : 64,
    ...(n % 3 === 2 ? { state: stateAt(n) } : {}),
  };
  return { ...vector, png: weaveDigest(model, vector) };
});
const golden: TunedGolden = {
  kernels: toHex(sha256(files.kernels)),
  weights: toHex(sha256(files.weights)),
  adapter: toHex(sha256(files.adapter)),
  donors: donorsDigest(model),
  works,
};
await writeFile(TUNED, `${JSON.stringify(golden, null, 2)}\n`);
console.log(`${works.length} woven works written`);

/** Steps by channel; the last work stands at its ends. */
function stateAt(n: number): WorkState {
  const step = (k: number): number => (n === WORKS - 1 ? (k % 2 === 0 ? STATE_END : -STATE_END) : ((n * 5 + k * 3) % 17) - 8);
  return Object.fromEntries(CHANNELS.map((channel, k) => [channel, step(k)])) as unknown as WorkState;
}
