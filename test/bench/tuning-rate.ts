/**
 * Multiply-adds a second of whole tuning steps beside the renderer's, one core, in turns: `node test/bench/tuning-rate.ts [rounds]`.
 * Counted are the products' multiply-adds alone: of a step three for each of the network's (forward, and two on the way back), nothing
 * for drawing points, splines, sines, colours, low-rank matrices or Adam. The best round counts, since other work on the machine can
 * only slow a round down. Ends with 1 where a step has less than half of the base renderer's rate.
 */
import { readFile } from "node:fs/promises";

import { createDecoder } from "../../offchain/generator/adapter/decoder.ts";
import { loadTunedKernels } from "../../offchain/generator/kernels/load.ts";
import {
  conditioning,
  oneFamily,
} from "../../offchain/generator/model/conditioning.ts";
import { createField } from "../../offchain/generator/model/field.ts";
import { loadModel } from "../../offchain/generator/model/model.ts";
import { planTuning } from "../../offchain/generator/tuning/plan.ts";
import { createTuner } from "../../offchain/generator/tuning/tuner.ts";
import { toHex } from "../../offchain/kernel/bytes.ts";
import { createRng } from "../../offchain/kernel/rng.ts";

const POINTS = 65_536;
const PICTURES = 24;
const STEPS = 20;
const SHARE = 0.5;
const generator = new URL("../../offchain/generator/", import.meta.url);
const recipe = new URL("../../offchain/recipes/genesis/", import.meta.url);
const rounds = Number(process.argv[2] ?? 7);
const tuned = await readFile(new URL("kernels/tuned.wasm", generator));
const weightsFile = await readFile(new URL("base.weights", recipe));
const model = await loadModel({ kernels: tuned, weights: weightsFile });
const { width: H, layers, waves, warpWidth: V } = model.weights.config;
const trunk = (layers - 1) * H * H + 8 * H;
const ofRender = 8 * V + (2 * waves + 20) * H + trunk;
const ofDecode = 8 * H + trunk;

const rng = createRng(new Uint8Array(32).fill(1));
const zero = toHex(new Uint8Array(32));
const plan = planTuning({ pictures: PICTURES, rank: 8 });
const tuner = createTuner(await loadTunedKernels(tuned), {
  weights: model.weights,
  base: zero,
  dataset: zero,
  pictures: Array.from({ length: PICTURES }, (_, i) => ({
    name: `${i}`,
    rgb: Uint8Array.from({ length: 256 * 256 * 3 }, () => rng.below(256)),
  })),
  plan,
});
const decoder = createDecoder({
  kernels: await loadTunedKernels(tuned),
  weights: model.weights,
  adapter: tuner.adapter("f32"),
});
const field = createField(model, { points: 4096 });
const xy = Float32Array.from({ length: POINTS * 2 }, () => rng.signed());
const codes = Float32Array.from({ length: POINTS * 8 }, () => rng.signed());
const logits = new Float32Array(POINTS * 8);
const families = oneFamily(0);
const latent = conditioning({ families, order: 5, u: [] });

const rate = (work: number, act: () => void): number => {
  const from = performance.now();
  act();
  return work / (performance.now() - from) / 1e6;
};
const best = { render: 0, decode: 0, step: 0 };
for (let round = 0; round < rounds; round++) {
  best.render = Math.max(
    best.render,
    rate(POINTS * ofRender, () =>
      field.evaluate({ latent, temperature: 1, xy, logits }),
    ),
  );
  best.decode = Math.max(
    best.decode,
    rate(POINTS * ofDecode, () => decoder.logits(codes, logits)),
  );
  best.step = Math.max(
    best.step,
    rate(STEPS * PICTURES * plan.points * 3 * ofDecode, () => {
      for (let i = 0; i < STEPS; i++) tuner.advance();
    }),
  );
}
const row = (name: string, value: number): void =>
  console.log(
    `${name.padEnd(28)}${value.toFixed(2).padStart(7)} G multiply-adds/s ${((100 * value) / best.render).toFixed(0).padStart(5)} %`,
  );
row("renderer, base", best.render);
row("renderer, tuned", best.decode);
row("tuning step, everything", best.step);
if (best.step < SHARE * best.render) process.exitCode = 1;
