import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { loadKernels } from "../../offchain/generator/kernels/load.ts";
import { encodeWeights } from "../../offchain/generator/model/weights.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
} from "../../offchain/generator/training/checkpoint.ts";
import { FAMILIES } from "../../offchain/generator/training/families/index.ts";
import {
  createTrainer,
  type Trainer,
} from "../../offchain/generator/training/trainer.ts";

/** What `train-base` may be told; the defaults made the committed weights. */
export type TrainBaseOptions = {
  readonly out: string;
  readonly steps: number;
  readonly seed: string;
  readonly images: number;
  readonly points: number;
  readonly rate: number;
  /** Seconds between checkpoints. */
  readonly every: number;
  readonly log: (line: string) => void;
};

/** The defaults of {@link trainBase}. */
export const TRAIN_BASE_DEFAULTS = {
  steps: 100_000,
  seed: "base",
  images: 48,
  points: 128,
  rate: 0.002,
  every: 120,
};

/**
 * Trains the base model on the teachers' pictures and writes `out` (weights) and `out.checkpoint`.
 * Goes on from the checkpoint where there is one; the weights depend on the options alone, not on interruptions.
 */
export async function trainBase(options: TrainBaseOptions): Promise<void> {
  const { out, every, log, ...plan } = options;
  const wasm = await readFile(
    new URL("../../offchain/generator/kernels/kernels.wasm", import.meta.url),
  );
  const kernels = await loadKernels(wasm);
  const file = `${out}.checkpoint`;
  const found = existsSync(file)
    ? decodeCheckpoint(await readFile(file))
    : undefined;
  const { steps, seed, images, points, rate } = found?.plan ?? plan;
  const trainer = createTrainer(
    kernels,
    FAMILIES,
    { steps, seed, images, points, rate },
    found?.state,
  );
  if (found)
    log(
      `going on from step ${trainer.step()} with the checkpoint's own settings`,
    );
  let smooth: Float64Array | undefined;
  const from = trainer.step();
  const began = performance.now();
  let saved = began;
  while (trainer.step() < steps) {
    const losses = trainer.advance();
    smooth = smooth
      ? smooth.map(
          (old, i) => old + (losses[i]! - old) * (losses[i] ? 0.02 : 0),
        )
      : losses;
    const step = trainer.step();
    if (step % 500 === 0 || step === steps) {
      const pace = (performance.now() - began) / (step - from);
      const families = trainer.config.families
        .map((name, i) => `${name} ${smooth![i]!.toFixed(3)}`)
        .join(" ");
      const mean = smooth.reduce((a, b) => a + b) / smooth.length;
      log(
        `step ${step}/${steps} ${pace.toFixed(1)} ms/step error ${mean.toFixed(4)} | ${families}`,
      );
    }
    if (performance.now() - saved > every * 1000 || step === steps) {
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
  await replace(out, encodeWeights(config, now.mean));
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
}

/** `npx hardhat train-base`. */
export default async function action(args: {
  steps: number;
  out: string;
  seed: string;
}): Promise<void> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  await trainBase({ ...TRAIN_BASE_DEFAULTS, ...args, log });
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
  const number = (
    name: "steps" | "images" | "points" | "rate" | "every",
  ): number =>
    values[name] === undefined
      ? TRAIN_BASE_DEFAULTS[name]
      : Number(values[name]);
  await trainBase({
    out: values.out ?? "base.weights",
    seed: values.seed ?? TRAIN_BASE_DEFAULTS.seed,
    steps: number("steps"),
    images: number("images"),
    points: number("points"),
    rate: number("rate"),
    every: number("every"),
    log: (line) =>
      void process.stdout.write(
        `${new Date().toISOString().slice(11, 19)} ${line}\n`,
      ),
  });
}
