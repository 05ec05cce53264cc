import type { Adapter } from "../../offchain/generator/adapter/adapter.ts";
import { createDecoder } from "../../offchain/generator/adapter/decoder.ts";
import type { TunedModel } from "../../offchain/generator/loom/model.ts";
import { createVectorMath } from "../../offchain/generator/model/vector-math.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import type { Traits } from "../../offchain/kernel/traits.ts";

import { randomAdapter, tunedKernels } from "./small-adapter.ts";
import { smallBase } from "./tuning-gradients.ts";

/** Cells per side of the small donors. */
export const SMALL_GRID = 12;
const PICTURES = ["First Leaf", "second-2", "third"];

/**
 * A tuned model of random numbers with three donors: `layout` 0 is noise (a pattern), more adds to it what differs from
 * corner to corner (pictures).
 */
export async function smallLoom(layout = 0): Promise<TunedModel> {
  const rng = createRng(new Uint8Array(32).fill(9));
  const cells = SMALL_GRID * SMALL_GRID;
  const adapter: Adapter = randomAdapter("f32", {
    grid: SMALL_GRID,
    pictures: PICTURES,
    codes: Float32Array.from(
      { length: PICTURES.length * cells * 8 },
      (_, at) => {
        const cell = Math.floor(at / 8) % cells;
        const x = (cell % SMALL_GRID) / SMALL_GRID - 0.5;
        const y = Math.floor(cell / SMALL_GRID) / SMALL_GRID - 0.5;
        return rng.gauss() * 0.8 + layout * (at % 2 === 0 ? x : y);
      },
    ),
    palettes: Uint8Array.from({ length: PICTURES.length * 24 }, () =>
      rng.below(256),
    ),
  });
  const kernels = await tunedKernels();
  const weights = smallBase();
  return {
    kernels,
    base: {
      families: weights.config.families,
      math: createVectorMath(kernels),
      kernels,
      weights,
    },
    adapter,
    decoder: createDecoder({ kernels, weights, adapter }),
  };
}

/** Traits of a woven work of {@link smallLoom}. */
export const WOVEN: Traits = {
  composition: "patchwork",
  division: "roundel",
  motif: "First Leaf",
  second: "second-2",
  third: "third",
  colours: "borrowed",
  palette: "First Leaf",
  liberty: "woven",
  repeat: "drop",
  line: "rule",
  light: "day",
  finish: "true",
  frame: "bleed",
};

/** Root of the mean square of two pictures' differences, 0..255. */
export function difference(a: Uint8Array, b: Uint8Array): number {
  const sum = a.reduce((all, x, i) => all + (x - b[i]!) ** 2, 0);
  return Math.sqrt(sum / a.length);
}
