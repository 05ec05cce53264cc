import type { Adapter, Precision } from "../adapter/adapter.ts";
import { encodeAdapter } from "../adapter/encode.ts";
import { concat, utf8, type Hex } from "../../kernel/bytes.ts";
import { keccak256 } from "../../kernel/digest.ts";
import { createRng, type Rng } from "../../kernel/rng.ts";
import type { TunedKernels } from "../kernels/load.ts";
import type { Weights } from "../model/weights.ts";

import { adapterOf } from "./export.ts";
import { initialValues } from "./initial.ts";
import { createTuningNetwork, TILE } from "./network.ts";
import type { TuningPicture, TuningPlan } from "./plan.ts";
import { drawTiles, loadPicture } from "./pictures.ts";
import { createSchedule } from "./schedule.ts";
import { createEarlyStop } from "./early-stop.ts";
import { createValidator } from "./validate.ts";

/** Everything a run needs to go on. */
export type TuningState = {
  readonly step: number;
  readonly values: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Steps of the schedule that were left out because nothing was gained at their learning rate. */
  readonly skipped: number;
  /** Squared error of the last validation and of the best, in thousand-millionths; validations since the best; 0: none yet. */
  readonly last: number;
  readonly best: number;
  readonly stale: number;
};

/** A run in progress. */
export type Tuner = {
  readonly plan: TuningPlan;
  readonly step: () => number;
  /** Steps that the run will have, as far as can be told: early stop makes them fewer. */
  readonly steps: () => number;
  readonly done: () => boolean;
  /** Whether the schedule was cut short. */
  readonly early: () => boolean;
  /** Takes the next step; returns its mean squared colour error, noise included. */
  readonly advance: () => number;
  /** Mean squared error of the last validation, or undefined before the first. */
  readonly validation: () => number | undefined;
  readonly state: () => TuningState;
  /** The adapter as it is now; `bytes` is its file. */
  readonly adapter: (precision: Precision) => Adapter;
  readonly bytes: (precision: Precision) => Uint8Array;
};

/** What a run is about. */
export type TunerInput = {
  readonly weights: Weights;
  /** sha-256 of the weights file. */
  readonly base: Hex;
  readonly dataset: Hex;
  /** Square pictures, 256 a side but in tests. */
  readonly pictures: readonly TuningPicture[];
  readonly plan: TuningPlan;
  readonly resume?: TuningState;
};

/**
 * Begins a run, or goes on from a state. Deterministic: step n draws its points and noise from the seed and n alone.
 * @throws FatalError `tuning/bad-picture` where a picture is not square or smaller than its grid
 */
export function createTuner(k: TunedKernels, input: TunerInput): Tuner {
  const { weights, base, dataset, pictures, plan, resume } = input;
  const images = pictures.map((picture) => loadPicture(k, picture, plan.grid));
  const count = images.length;
  const network = createTuningNetwork(k, weights, plan, count);
  const { layout, valuesAt, gradientAt } = network;
  const [first, second] = [k.floats(layout.size), k.floats(layout.size)];
  const rgb = pictures.map((picture) => picture.rgb);
  const values =
    resume?.values ??
    initialValues(k, weights, layout, plan, rgb, stream(plan.seed, "initial"));
  network.values.set(values);
  if (resume) {
    k.f32(first, layout.size).set(resume.first);
    k.f32(second, layout.size).set(resume.second);
  }
  const validate = createValidator(k, network, images);
  const schedule = createSchedule(plan, layout);
  const stop = createEarlyStop(plan, resume);
  let step = resume?.step ?? 0;

  const takeStep = (): number => {
    const rng = stream(plan.seed, `step ${step}`);
    let loss = 0;
    network.begin();
    images.forEach((image, picture) => {
      const draw = drawTiles(k, network, image, plan, rng);
      for (let from = 0; from < plan.points; from += TILE) {
        const n = Math.min(TILE, plan.points - from);
        draw(picture, from, n);
        network.forward(picture, n);
        loss += network.backward(picture, n, 1);
      }
    });
    network.end();
    for (const { at, size, rate, decay } of schedule(step + stop.skipped()))
      k.descend(
        valuesAt + at * 4,
        gradientAt + at * 4,
        first + at * 4,
        second + at * 4,
        size,
        rate,
        0.9,
        0.99,
        1e-8,
        decay,
      );
    clampPart(network.values, layout.part("palettes"));
    step++;
    return loss / (count * plan.points * 3);
  };

  const steps = (): number => plan.steps - stop.skipped();
  const adapter = (precision: Precision): Adapter =>
    adapterOf({
      values: network.values,
      layout,
      weights,
      base,
      dataset,
      plan,
      names: pictures.map(({ name }) => name),
      precision,
    });

  return {
    plan,
    step: () => step,
    steps,
    done: () => step >= steps(),
    early: () => stop.skipped() > 0,
    advance() {
      const loss = takeStep();
      if (step % stop.every === 0 || step >= steps())
        stop.hear(validate(), step);
      return loss;
    },
    validation: stop.last,
    state: () => ({
      step,
      values: network.values.slice(),
      first: k.f32(first, layout.size).slice(),
      second: k.f32(second, layout.size).slice(),
      ...stop.state(),
    }),
    adapter,
    bytes: (precision) => encodeAdapter(adapter(precision)),
  };
}

function clampPart(
  values: Float32Array,
  { at, size }: { at: number; size: number },
): void {
  for (let i = at; i < at + size; i++)
    values[i] = Math.min(1, Math.max(0, values[i]!));
}

function stream(seed: string, purpose: string): Rng {
  return createRng(keccak256(concat(utf8(seed), utf8(`/tuning/${purpose}`))));
}
