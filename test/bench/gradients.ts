/**
 * Gradients of every trained part against finite differences of double-precision references: tuning on the committed base at rank 8,
 * and the base's own training network at its full width with two families of random weights:
 * `node test/bench/gradients.ts [numbers per part]`. Must be below 1e-3 everywhere; ends with 1 where it is not.
 */
import { readFile } from "node:fs/promises";

import { loadTunedKernels } from "../../offchain/generator/kernels/load.ts";
import { BASE_SHAPE } from "../../offchain/generator/model/layout.ts";
import { decodeWeights } from "../../offchain/generator/model/weights.ts";
import { checkTrainingGradients } from "../kit/training-gradients.ts";
import { checkGradients } from "../kit/tuning-gradients.ts";

const BOUND = 1e-3;
const generator = new URL("../../offchain/generator/", import.meta.url);
const recipe = new URL("../../offchain/recipes/genesis/", import.meta.url);
const kernels = await readFile(new URL("kernels/tuned.wasm", generator));
const weights = await readFile(new URL("base.weights", recipe));
const most = Number(process.argv[2] ?? 12);

const { reports, relative } = checkGradients(
  await loadTunedKernels(kernels),
  decodeWeights(weights),
  { rank: 8, alpha: 8, family: 0 },
  most,
);
console.log(
  `loss: kernels and reference differ by ${relative.toExponential(1)}`,
);
const families = ["one", "two"];
const base = checkTrainingGradients(
  await loadTunedKernels(kernels),
  { ...BASE_SHAPE, families },
  most,
);
const print = (title: string, list: typeof reports): void => {
  console.log(`${title.padEnd(20)}worst relative error   numbers`);
  for (const { name, worst, checked } of list) {
    const error = worst.toExponential(1).padStart(20);
    console.log(`${name.padEnd(20)}${error}${`${checked}`.padStart(10)}`);
  }
};
print("tuning", reports);
print("training", base);
const all = [...reports, ...base].map(({ worst }) => worst);
const worst = Math.max(...all);
console.log(`worst ${worst.toExponential(1)}, bound ${BOUND.toExponential(0)}`);
if (!(worst < BOUND)) process.exitCode = 1;
