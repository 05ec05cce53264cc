import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { loadKernels } from "../../offchain/generator/kernels/load.ts";
import { exportWeights } from "../../offchain/generator/training/export.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
} from "../../offchain/generator/training/checkpoint.ts";
import { FAMILIES } from "../../offchain/generator/training/families/index.ts";
import {
  createTrainer,
  type Trainer,
  type TrainingPlan,
} from "../../offchain/generator/training/trainer.ts";
import { guarded } from "../console/console.ts";
import { parseWhole } from "../console/options.ts";

/** What `train-base` may be told. */
export type TrainBaseOptions = {
  /** The weights file; `OUT.checkpoint` lies beside it. */
  readonly out: string;
  /** Departures from the checkpoint's plan or, in a new run, from {@link TRAIN_BASE_DEFAULTS}. */
  readonly plan: Partial<TrainingPlan>;
  /** Seconds between checkpoints. */
  readonly every: number;
  readonly log: (line: string) => void;
};

/** The plan of a new run. */
export const TRAIN_BASE_DEFAULTS: TrainingPlan = {
  steps: 98_000,
  seed: "run1",
  images: 48,
  points: 128,
  rate: 0.0025,
};

/**
 * Trains the base model on the teachers' pictures and writes `out` and `out.checkpoint`.
 * Goes on from the checkpoint where there is one; interruptions do not change the weights, other options do.
 */
export async function trainBase({
  out,
  plan,
  every,
  log,
}: TrainBaseOptions): Promise<void> {
  const wasm = await readFile(
    new URL("../../offchain/generator/kernels/kernels.wasm", import.meta.url),
  );
  const kernels = await loadKernels(wasm);
  const file = `${out}.checkpoint`;
  const found = existsSync(file)
    ? decodeCheckpoint(await readFile(file))
    : undefined;
  const whole = { ...TRAIN_BASE_DEFAULTS, ...found?.plan, ...plan };
  const trainer = createTrainer(kernels, FAMILIES, whole, found?.state);
  log(`from step ${trainer.step()}: ${JSON.stringify(whole)}`);
  let smooth: Float64Array | undefined;
  const from = trainer.step();
  const began = performance.now();
  let saved = began;
  while (trainer.step() < whole.steps) {
    const losses = trainer.advance();
    smooth = smooth
      ? smooth.map(
          (old, i) => old + (losses[i]! - old) * (losses[i] ? 0.02 : 0),
        )
      : losses;
    const step = trainer.step();
    const last = step === whole.steps;
    if (step % 500 === 0 || last) {
      const pace = (performance.now() - began) / (step - from);
      const families = trainer.config.families
        .map((name, i) => `${name} ${smooth![i]!.toFixed(3)}`)
        .join(" ");
      const mean = smooth.reduce((a, b) => a + b) / smooth.length;
      log(
        `step ${step}/${whole.steps} ${pace.toFixed(1)} ms/step error ${mean.toFixed(4)} | ${families}`,
      );
    }
    if (performance.now() - saved > every * 1000 || last) {
      await save(trainer, out);
      saved = performance.now();
    }
  }
}

async function save(
  { config, plan, state }: Trainer,
  out: string,
): Promise<void> {
  const now = state();
  await replace(
    `${out}.checkpoint`,
    encodeCheckpoint({ plan, families: config.families, state: now }),
  );
  await replace(out, exportWeights(config, now.mean));
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
}

/** `npx hardhat train-base`: Ctrl-C loses at most two minutes; the same command goes on from the checkpoint. */
export default async function (args: {
  readonly steps: string | undefined;
  readonly out: string | undefined;
}): Promise<void> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  await guarded(async () => {
    const steps = parseWhole(args.steps ?? `${TRAIN_BASE_DEFAULTS.steps}`, {
      what: "number of steps",
      low: 1,
      high: 10_000_000,
      code: "options/bad-steps",
    });
    const out = resolve(args.out ?? "base.weights");
    await trainBase({ out, plan: { steps }, every: 120, log });
  });
}

if (import.meta.main) {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      out: text,
      steps: text,
      seed: text,
      images: text,
      points: text,
      rate: text,
      every: text,
    },
  });
  const plan: { -readonly [K in keyof TrainingPlan]?: TrainingPlan[K] } = {};
  for (const name of ["steps", "images", "points", "rate"] as const) {
    if (values[name] !== undefined) plan[name] = Number(values[name]);
  }
  if (values.seed !== undefined) plan.seed = values.seed;
  await trainBase({
    out: values.out ?? "base.weights",
    plan,
    every: Number(values.every ?? 120),
    log: (line) =>
      void process.stdout.write(
        `${new Date().toISOString().slice(11, 19)} ${line}\n`,
      ),
  });
}
