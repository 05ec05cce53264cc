import { concat, utf8 } from "../../kernel/bytes.ts";
import { keccak256 } from "../../kernel/digest.ts";
import { createRng, type Rng } from "../../kernel/rng.ts";
import type { Kernels } from "../kernels/load.ts";
import { conditioning, LATENT_SIZE, oneFamily } from "../model/conditioning.ts";
import { BASE_SHAPE, type ModelConfig } from "../model/layout.ts";

import { createSampler, drawStyle } from "./batch.ts";
import { initialWeights } from "./initial.ts";
import { createTrainingNetwork } from "./network.ts";
import type { Teacher } from "./teacher.ts";

/** What a training run is: with the same teachers and kernels, these numbers decide every weight. */
export type TrainingPlan = {
  readonly seed: string;
  readonly steps: number;
  /** Pictures per step, and points per picture; multiples of 4. */
  readonly images: number;
  readonly points: number;
  /** Peak learning rate. */
  readonly rate: number;
};

/** Everything a run needs to go on. */
export type TrainingState = {
  readonly step: number;
  readonly weights: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly mean: Float32Array;
};

/** A run in progress. */
export type Trainer = {
  readonly config: ModelConfig;
  readonly plan: TrainingPlan;
  readonly step: () => number;
  /** Takes the next step; returns each family's mean squared slot error in it. */
  readonly advance: () => Float64Array;
  readonly state: () => TrainingState;
};

const WARM_UP = 200;
const FLOOR = 0.01;
const BETA1 = 0.9;
const BETA2 = 0.99;
const EPSILON = 1e-8;
const LARGEST_NORM = 0.5;
const FOLLOW = 0.002;
/** Pictures per round: detailed families get more. The stride, prime to the round, spreads them over the steps. */
const TURN_STRIDE = 5;
const SHARE = 2;
const DETAILED_SHARE = 3;
const DETAILED = new Set([
  "palmette",
  "vase",
  "meadow",
  "sprig",
  "braid",
  "grove",
  "arches",
  "scales",
  "bloom",
  "ribbons",
]);

/** Begins a run, or goes on from a state. Deterministic: step n draws its pictures from the seed and n alone. */
export function createTrainer(
  kernels: Kernels,
  teachers: readonly Teacher[],
  plan: TrainingPlan,
  resume?: TrainingState,
): Trainer {
  const config: ModelConfig = {
    ...BASE_SHAPE,
    families: teachers.map(({ name }) => name),
  };
  const network = createTrainingNetwork(kernels, config, plan);
  const { size } = network.layout;
  const [first, second, mean] = [
    kernels.floats(size),
    kernels.floats(size),
    kernels.floats(size),
  ];
  const sample = createSampler(plan.points);
  const turns = teachers.flatMap((teacher) =>
    Array.from({ length: shareOf(teacher) }, () => teacher),
  );
  let step = resume?.step ?? 0;

  const weights =
    resume?.weights ??
    initialWeights(config, network.layout, stream(plan.seed, "initial"));
  network.weights.set(weights);
  kernels.f32(first, size).set(resume?.first ?? new Float32Array(size));
  kernels.f32(second, size).set(resume?.second ?? new Float32Array(size));
  kernels.f32(mean, size).set(resume?.mean ?? weights);

  const advance = (): Float64Array => {
    const rng = stream(plan.seed, `step ${step}`);
    const pictures = Array.from({ length: plan.images }, (_, i) => {
      const teacher =
        turns[((step * plan.images + i) * TURN_STRIDE) % turns.length]!;
      const { u, order } = drawStyle(rng);
      network.latents.set(
        conditioning({ families: oneFamily(teacher.index), order, u }),
        i * LATENT_SIZE,
      );
      return { family: teacher.index, draw: teacher.sample(u, order) };
    });
    const losses = new Float64Array(teachers.length);
    const counts = new Float64Array(teachers.length);
    const { xy, target } = network;
    network.begin();
    pictures.forEach(({ family, draw }, i) => {
      sample(draw, rng, xy, target);
      network.forward(i, family);
      const loss = network.backward(i, family, 1 / (plan.images * plan.points));
      losses[family]! += loss / plan.points;
      counts[family]! += 1;
    });
    network.end();
    // The frequencies are drawn once: their gradient is never computed, and stays zero.
    const norm = Math.sqrt(kernels.sumSquares(network.gradientAt, size));
    const clip = Math.min(1, LARGEST_NORM / (norm + 1e-12));
    const correction =
      Math.sqrt(1 - BETA2 ** (step + 1)) / (1 - BETA1 ** (step + 1));
    const rate = learningRate(plan, step) * correction;
    const follow = Math.max(FOLLOW, 1 / (step + 1));
    kernels.adam(
      network.weightsAt,
      network.gradientAt,
      first,
      second,
      mean,
      size,
      rate,
      BETA1,
      BETA2,
      EPSILON,
      clip,
      follow,
    );
    step++;
    return losses.map((loss, i) => loss / (counts[i] || 1));
  };

  return {
    config,
    plan,
    step: () => step,
    advance,
    state: () => ({
      step,
      weights: network.weights.slice(),
      first: kernels.f32(first, size).slice(),
      second: kernels.f32(second, size).slice(),
      mean: kernels.f32(mean, size).slice(),
    }),
  };
}

function shareOf({ name }: Teacher): number {
  return DETAILED.has(name.toLowerCase()) ? DETAILED_SHARE : SHARE;
}

/** Warm-up, then half a cosine down to a hundredth. */
function learningRate({ rate, steps }: TrainingPlan, step: number): number {
  const warm = Math.min(1, (step + 1) / WARM_UP);
  const done = Math.min(1, step / steps);
  return (
    rate * warm * (FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * done)))
  );
}

function stream(seed: string, purpose: string): Rng {
  return createRng(keccak256(concat(utf8(seed), utf8(`/${purpose}`))));
}
