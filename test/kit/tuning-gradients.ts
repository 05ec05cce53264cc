import type { TunedKernels } from "../../offchain/generator/kernels/load.ts";
import {
  createLayout,
  type ModelConfig,
} from "../../offchain/generator/model/layout.ts";
import type { Weights } from "../../offchain/generator/model/weights.ts";
import { createTuningNetwork } from "../../offchain/generator/tuning/network.ts";
import {
  planTuning,
  type TuningPlan,
} from "../../offchain/generator/tuning/plan.ts";
import { createRng } from "../../offchain/kernel/rng.ts";

import { compareGradient, type GradientReport } from "./gradient-report.ts";
import { referenceLoss, type Tile } from "./tuning-reference.ts";

/** A small base of random weights: two layers of 16 unless said otherwise. */
export function smallBase(config: Partial<ModelConfig> = {}): Weights {
  const whole = {
    width: 16,
    layers: 3,
    waves: 8,
    warpWidth: 8,
    mappingWidth: 16,
    families: ["one", "two"],
    ...config,
  };
  const layout = createLayout(whole);
  const rng = createRng(new Uint8Array(32).fill(8));
  const spread = 0.9 / Math.sqrt(whole.width);
  const values = Float32Array.from(
    { length: layout.size },
    () => rng.gauss() * spread,
  );
  return { config: whole, layout, values };
}

/**
 * Compares every trained part's gradient with finite differences of the double-precision reference, on two pictures and values as large
 * as tuning makes them. `relative` is the difference of the two losses themselves.
 */
export function checkGradients(
  k: TunedKernels,
  weights: Weights,
  changes: Partial<TuningPlan>,
  most = 24,
): { readonly reports: readonly GradientReport[]; readonly relative: number } {
  const planned = planTuning({ pictures: 2, rank: changes.rank ?? 3 });
  const plan = { ...planned, alpha: 5, grid: 6, family: 1, ...changes };
  const network = createTuningNetwork(k, weights, plan, 2);
  const { layout } = network;
  const rng = createRng(new Uint8Array(32).fill(9));
  const spread = (name: string): number => {
    if (name === "palettes") return 0.2;
    if (name === "codes") return 0.6;
    if (name.startsWith("layer0")) return 0.4;
    return name.includes(".") ? 0.1 : 0.2;
  };
  for (const { name, at, size } of layout.parts) {
    const columns = name.endsWith(".down") ? layout.padded : 0;
    for (let i = 0; i < size; i++) {
      const middle = name === "palettes" ? 0.5 : name === "gains" ? 1 : 0;
      const beyond = columns > 0 && i % columns >= plan.rank;
      const drawn = middle + rng.gauss() * spread(name);
      network.values[at + i] = beyond ? 0 : drawn;
    }
    if (name.endsWith(".up"))
      network.values.fill(
        0,
        at + (size / layout.padded) * plan.rank,
        at + size,
      );
  }
  const tiles: Tile[] = [0, 1].map((picture) => ({
    picture,
    uv: Float32Array.from({ length: 64 }, () => rng.unit()),
    target: Float32Array.from({ length: 96 }, () => rng.unit()),
  }));
  network.begin();
  let loss = 0;
  for (const { picture, uv, target } of tiles) {
    k.f32(network.uvAt, uv.length).set(uv);
    k.f32(network.targetAt, target.length).set(target);
    network.gather(picture, 32);
    network.forward(picture, 32);
    loss += network.backward(picture, 32, 1) / 2;
  }
  network.end();
  const values = Float64Array.from(network.values);
  const gradient = network.gradient.slice();
  const of = (): number => referenceLoss(weights, layout, plan, values, tiles);
  const truth = of();
  const reports = layout.parts.map(({ name, at, size }) =>
    compareGradient({
      name,
      at,
      size,
      values,
      gradient,
      loss: of,
      most,
      draw: (n) => rng.below(n),
    }),
  );
  return { reports, relative: Math.abs(loss - truth) / truth };
}
