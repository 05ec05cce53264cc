/**
 * Gradients of every trained part against finite differences of a double-precision reference, on the committed base at rank 8:
 * `node test/bench/gradients.ts [numbers per part]`. Must be below 1e-3 everywhere; ends with 1 where it is not.
 */
import { readFile } from "node:fs/promises";

import { loadTunedKernels } from "../../offchain/generator/kernels/load.ts";
import { decodeWeights } from "../../offchain/generator/model/weights.ts";
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
console.log("part          worst relative error   numbers");
for (const { name, worst, checked } of reports)
  console.log(
    name.padEnd(14) +
      worst.toExponential(1).padStart(20) +
      `${checked}`.padStart(10),
  );
const worst = Math.max(...reports.map((report) => report.worst));
console.log(`worst ${worst.toExponential(1)}, bound ${BOUND.toExponential(0)}`);
if (!(worst < BOUND)) process.exitCode = 1;
