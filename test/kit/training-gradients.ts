import type { Kernels } from "../../offchain/generator/kernels/load.ts";
import {
  conditioning,
  oneFamily,
} from "../../offchain/generator/model/conditioning.ts";
import type { ModelConfig } from "../../offchain/generator/model/layout.ts";
import { initialWeights } from "../../offchain/generator/training/initial.ts";
import { createTrainingNetwork } from "../../offchain/generator/training/network.ts";
import { createRng } from "../../offchain/kernel/rng.ts";

import { compareGradient, type GradientReport } from "./gradient-report.ts";
import { trainingLoss, type TrainingPicture } from "./training-reference.ts";

const IMAGES = 4;
const POINTS = 64;

/** Compares every tensor's gradient of the base's training network with finite differences of its double-precision reference. */
export function checkTrainingGradients(
  k: Kernels,
  config: ModelConfig,
  most = 24,
): readonly GradientReport[] {
  const rng = createRng(new Uint8Array(32).fill(5));
  const size = { images: IMAGES, points: POINTS };
  const network = createTrainingNetwork(k, config, size);
  const { layout } = network;
  // As training begins, but with families that differ, and small steps away from every zero.
  const initial = initialWeights(config, layout, rng);
  network.weights.set(initial.map((x) => x + rng.gauss() * 0.02));
  const pictures = Array.from({ length: IMAGES }, (_, i): TrainingPicture => {
    const family = i % config.families.length;
    const u = Float32Array.from({ length: 32 }, () => rng.signed());
    const target = new Float32Array(POINTS * 8);
    for (let p = 0; p < POINTS; p++) {
      const share = Math.fround(rng.below(256) / 256);
      target[p * 8 + rng.below(8)]! += share;
      target[p * 8 + rng.below(8)]! += 1 - share;
    }
    return {
      family,
      latent: conditioning({ families: oneFamily(family), order: 3 + i, u }),
      xy: Float32Array.from({ length: POINTS * 2 }, () => rng.signed()),
      target,
    };
  });
  pictures.forEach(({ latent }, i) =>
    network.latents.set(latent, i * latent.length),
  );
  network.begin();
  pictures.forEach(({ family, xy, target }, i) => {
    network.xy.set(xy);
    network.target.set(target);
    network.forward(i, family);
    network.backward(i, family, 1 / (IMAGES * POINTS));
  });
  network.end();
  const values = Float64Array.from(network.weights);
  const gradient = network.gradient.slice();
  const loss = (): number => trainingLoss(config, layout, values, pictures);
  // The frequencies are drawn once and never trained.
  return layout.tensors
    .filter(({ name }) => name !== "waves")
    .map(({ name, at, rows, columns }) =>
      compareGradient({
        name,
        at,
        size: rows * columns,
        values,
        gradient,
        loss,
        most,
        draw: (n) => rng.below(n),
      }),
    );
}
