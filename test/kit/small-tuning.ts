import {
  planTuning,
  type TuningPlan,
} from "../../offchain/generator/tuning/plan.ts";
import type { TunerInput } from "../../offchain/generator/tuning/tuner.ts";

import { smallBase } from "./tuning-gradients.ts";

const SIDE = 32;

/** A run on a small base: two pictures of 32 pixels, a disc and stripes. */
export function smallJob(changes: Partial<TuningPlan> = {}): TunerInput {
  const plan = {
    ...planTuning({ pictures: 2, rank: 3 }),
    steps: 200,
    grid: 12,
    points: 96,
    rate: 8000,
    noise: 50,
    patience: 0,
    ...changes,
  };
  const disc = paint((x, y) => (x - 16) ** 2 + (y - 16) ** 2 < 90);
  const stripes = paint((x) => x % 16 < 8);
  return {
    weights: smallBase(),
    base: `0x${"ab".repeat(32)}`,
    dataset: `0x${"cd".repeat(32)}`,
    pictures: [
      { name: "Disc", rgb: disc },
      { name: "Stripes", rgb: stripes },
    ],
    plan,
  };
}

function paint(inside: (x: number, y: number) => boolean): Uint8Array {
  const rgb = new Uint8Array(SIDE * SIDE * 3);
  for (let p = 0; p < SIDE * SIDE; p++) {
    const colour = inside(p % SIDE, Math.floor(p / SIDE))
      ? [220, 60, 40]
      : [20, 40, 90];
    rgb.set(colour, 3 * p);
  }
  return rgb;
}
