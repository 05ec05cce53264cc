/**
 * Speed of the kernels and of whole renders on this machine: `node test/bench/kernels.ts [rounds] [weights]`.
 * Rates are 10^9 floating-point operations a second on one core; shares are of the bare multiply-add loop, timed in the same rounds
 * (its best, since other work on the machine can only slow a round down). GEMM work is counted, not timed: two operations per
 * multiply-add of the matrix products, nothing for sines, features, softmax, colours or edges.
 */
import { readFile } from "node:fs/promises";
import {
  isMainThread,
  parentPort,
  Worker,
  workerData,
} from "node:worker_threads";

import {
  loadKernels,
  type Kernels,
} from "../../offchain/generator/kernels/load.ts";
import { createField } from "../../offchain/generator/model/field.ts";
import {
  conditioning,
  oneFamily,
} from "../../offchain/generator/model/conditioning.ts";
import type { ModelConfig } from "../../offchain/generator/model/layout.ts";
import { loadModel, type Model } from "../../offchain/generator/model/model.ts";
import { drawWork } from "../../offchain/generator/work/render.ts";
import { planWork } from "../../offchain/generator/work/plan.ts";
import { NEUTRAL_OBSERVATION } from "../../offchain/kernel/observation.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import { parseTraitTable } from "../../offchain/rarity/table.ts";
import { rollTraits } from "../../offchain/rarity/roll.ts";

const SIZE = 512;
const WORKS = 8;
const root = new URL("../../offchain/", import.meta.url);
const [rounds = 5, weightsPath] = [
  Number(process.argv[2] ?? 5),
  process.argv[3],
];

const read = async (path: string | URL): Promise<Uint8Array> =>
  new Uint8Array(await readFile(path));
const seconds = (work: () => void): number => {
  const from = performance.now();
  work();
  return (performance.now() - from) / 1000;
};

/** Operations of the matrix products for one point. */
function gemmWork({
  width: H,
  layers,
  waves,
  warpWidth: V,
}: ModelConfig): number {
  return (
    2 * (4 * V + 8 * V + (2 * waves + 32) * H + (layers - 1) * H * H + 8 * H)
  );
}

function bareLoops(k: Kernels): (() => number)[] {
  const p = k.floats(64);
  k.f32(p, 8).fill(1e-7).fill(1.0000001, 0, 4);
  const turns = 1_000_000;
  return [
    () => (64e-9 * turns) / seconds(() => k.multiplyAddLoop(turns, p)),
    () => (96e-9 * turns) / seconds(() => k.sharedProductLoop(turns, p)),
  ];
}

function gemmRate(k: Kernels): () => number {
  const [M, K, N, repeats] = [64, 64, 64, 400];
  const [A, B, C] = [k.floats(M * K), k.floats(K * N), k.floats(M * N)];
  k.f32(A, M * K).fill(0.3);
  k.f32(B, K * N).fill(0.1);
  const work = (): void => {
    for (let i = 0; i < repeats; i++) k.gemm(A, B, C, M, K, N, 0);
  };
  return () => (2e-9 * M * K * N * repeats) / seconds(work);
}

function fieldRate(model: Model): () => number {
  const field = createField(model, { points: 4096 });
  const xy = Float32Array.from(
    { length: SIZE * SIZE * 2 },
    (_, i) => ((i * 7919) % 4093) / 2046.5 - 1,
  );
  const logits = new Float32Array(SIZE * SIZE * 8);
  const u = Float32Array.from({ length: 8 }, (_, i) => (i - 4) / 5);
  const latent = conditioning({ families: oneFamily(0), order: 5, u });
  const work = gemmWork(model.weights.config) * SIZE * SIZE * 1e-9;
  return () =>
    work /
    seconds(() => field.evaluate({ latent, temperature: 1, xy, logits }));
}

/** Draws works 0, `stride`, 2 `stride` ... at 512 pixels; returns GEMM work done and seconds taken. */
async function drawWorks(
  model: Model,
  first: number,
  stride: number,
): Promise<{ work: number; time: number }> {
  const table = parseTraitTable(
    await read(new URL("recipes/genesis/traits.json", root)),
  );
  const field = createField(model, { points: 4096 });
  let points = 0;
  const time = seconds(() => {
    for (let n = first; n < WORKS; n += stride) {
      const digest = new Uint8Array(32).fill(n + 1);
      const traits = rollTraits({
        table,
        rng: createRng(digest),
        observation: NEUTRAL_OBSERVATION,
      });
      const plan = planWork({
        digest,
        traits,
        observation: NEUTRAL_OBSERVATION,
      });
      drawWork(
        ({ family, order, style }, xy, logits) => {
          points += xy.length / 2;
          const latent = conditioning({
            families: oneFamily(family),
            order,
            u: style,
          });
          field.evaluate({ latent, temperature: 1, xy, logits });
        },
        plan,
        SIZE,
      );
    }
  });
  return { work: points * gemmWork(model.weights.config) * 1e-9, time };
}

const load = async (weights: string | undefined): Promise<Model> =>
  loadModel({
    kernels: await read(new URL("generator/kernels/kernels.wasm", root)),
    weights: await read(
      weights ?? new URL("recipes/genesis/base.weights", root),
    ),
  });

/** Pictures a second with this many workers, all warmed up before the clock starts. */
async function throughput(workers: number): Promise<number> {
  const threads = Array.from(
    { length: workers },
    (_, first) =>
      new Worker(new URL(import.meta.url), {
        workerData: { first, workers, weightsPath },
      }),
  );
  const next = async (thread: Worker): Promise<void> =>
    new Promise((resolve, reject) =>
      thread.once("message", resolve).once("error", reject),
    );
  await Promise.all(threads.map(next));
  const from = performance.now();
  for (const thread of threads) thread.postMessage("go");
  await Promise.all(threads.map(next));
  const time = (performance.now() - from) / 1000;
  await Promise.all(threads.map((thread) => thread.terminate()));
  return WORKS / time;
}

if (isMainThread) {
  const model = await load(weightsPath);
  const kernels = await loadKernels(
    await read(new URL("generator/kernels/kernels.wasm", root)),
  );
  const [loops, gemm, field] = [
    bareLoops(kernels),
    gemmRate(kernels),
    fieldRate(model),
  ];
  await drawWorks(model, 0, WORKS);
  const best = { bare: 0, gemm: 0, field: 0, render: 0, one: 0, two: 0 };
  let picture = Infinity;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < 8; i++) {
      for (const loop of loops) best.bare = Math.max(best.bare, loop());
      best.gemm = Math.max(best.gemm, gemm());
    }
    best.field = Math.max(best.field, field());
    const { work, time } = await drawWorks(model, 0, 1);
    best.render = Math.max(best.render, work / time);
    picture = Math.min(picture, time / WORKS);
    best.one = Math.max(best.one, await throughput(1));
    best.two = Math.max(best.two, await throughput(2));
  }
  const line = (name: string, rate: number): string =>
    `${name.padEnd(34)}${rate.toFixed(1).padStart(6)} GFLOP/s ${((100 * rate) / best.bare).toFixed(0).padStart(4)} %`;
  console.log(line("bare multiply-add loop", best.bare));
  console.log(line("GEMM 64 x 64 x 64", best.gemm), "(at least 85 %)");
  console.log(line("field, GEMM work / total time", best.field));
  console.log(
    line("whole render, GEMM work / total", best.render),
    "(at least 60 %)",
  );
  console.log(
    `one picture at ${SIZE}: ${(picture * 1000).toFixed(0)} ms on one core`,
  );
  console.log(
    `workers: 1 ${best.one.toFixed(2)}/s, 2 ${best.two.toFixed(2)}/s, ratio ${(best.two / best.one).toFixed(2)} (at least 1.80)`,
  );
} else {
  const {
    first,
    workers,
    weightsPath: weights,
  } = workerData as { first: number; workers: number; weightsPath?: string };
  const model = await load(weights);
  await drawWorks(model, first, WORKS);
  parentPort?.once("message", () => {
    void drawWorks(model, first, workers).then(() =>
      parentPort?.postMessage("done"),
    );
  });
  parentPort?.postMessage("ready");
}
