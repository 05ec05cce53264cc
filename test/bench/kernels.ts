/**
 * Speed of the kernels and of whole works on this machine: `node test/bench/kernels.ts [rounds] [weights]`.
 * Shares are of two bare loops, timed in the same rounds: one whose every sum adds a product of its own, and one where all sums add
 * the same product, which the engine computes once, so that it is nearly a loop of additions. The best of the rounds counts, since
 * other work on the machine can only slow a round down. GEMM work is counted: two operations per multiply-add of the matrix
 * products, nothing for sines, features, softmax, colours or edges.
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
import { drawWork, renderWork } from "../../offchain/generator/work/render.ts";
import { planWork, type WorkPlan } from "../../offchain/generator/work/plan.ts";
import { NEUTRAL_OBSERVATION } from "../../offchain/kernel/observation.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import {
  parseTraitTable,
  type TraitTable,
} from "../../offchain/rarity/table.ts";
import { rollTraits } from "../../offchain/rarity/roll.ts";

const SIZE = 512;
const WORKS = 8;
const root = new URL("../../offchain/", import.meta.url);
const [rounds, weightsPath] = [Number(process.argv[2] ?? 5), process.argv[3]];

const read = async (path: string | URL): Promise<Uint8Array> =>
  new Uint8Array(await readFile(path));
const seconds = (work: () => void): number => {
  const from = performance.now();
  work();
  return (performance.now() - from) / 1000;
};

/** Operations of the matrix products for one point: warp in and out, the first layer's features, the trunk, the head. */
function gemmWork({
  width: H,
  layers,
  waves,
  warpWidth: V,
}: ModelConfig): number {
  return (
    2 * (4 * V + 4 * V + (2 * waves + 20) * H + (layers - 1) * H * H + 8 * H)
  );
}

/** Two bare loops: with eight products of their own, and with one product shared by eight sums. */
function bareLoops(k: Kernels): { bare: () => number; shared: () => number } {
  const p = k.floats(64);
  k.f32(p, 24).fill(1e-7).fill(1.0000001, 0, 8);
  const turns = 1_000_000;
  return {
    bare: () => (64e-9 * turns) / seconds(() => k.multiplyAddLoop(turns, p)),
    shared: () =>
      (64e-9 * turns) / seconds(() => k.sharedProductLoop(turns, p)),
  };
}

/** The products of 64 channels from 64 channels for 64 points: training's kernel, and the one that renders. */
function gemmRates(k: Kernels): { training: () => number; gemm: () => number } {
  const [n, repeats] = [64, 400];
  const [A, B, C] = [k.floats(n * n), k.floats(n * n), k.floats(n * n)];
  k.f32(A, n * n).fill(0.3);
  k.f32(B, n * n).fill(0.1);
  const rate = (product: () => void) => (): number =>
    (2e-9 * n * n * n * repeats) /
    seconds(() => {
      for (let i = 0; i < repeats; i++) product();
    });
  return {
    training: rate(() => k.gemm(A, B, C, n, n, n, 0)),
    gemm: rate(() => k.productLayer(B, A, C, 12, 1, n, 8)),
  };
}

function fieldRate(model: Model): () => number {
  const field = createField(model, { points: 4096 });
  const points = 65_536;
  const xy = Float32Array.from(
    { length: points * 2 },
    (_, i) => ((i * 7919) % 4093) / 2046.5 - 1,
  );
  const logits = new Float32Array(points * 8);
  const u = Float32Array.from({ length: 8 }, (_, i) => (i - 4) / 5);
  const latent = conditioning({ families: oneFamily(0), order: 5, u });
  const work = gemmWork(model.weights.config) * points * 1e-9;
  return () =>
    work /
    seconds(() => field.evaluate({ latent, temperature: 1, xy, logits }));
}

const traitTable = async (): Promise<TraitTable> =>
  parseTraitTable(await read(new URL("recipes/genesis/traits.json", root)));

/** The n-th work of the bench. */
function workPlan(n: number, table: TraitTable): WorkPlan {
  const digest = new Uint8Array(32).fill(n + 1);
  const rng = createRng(digest);
  const observation = NEUTRAL_OBSERVATION;
  const traits = rollTraits({ table, rng, observation });
  return planWork({ digest, traits, observation });
}

/** All works once, as a render worker draws them. */
function renderAll(model: Model, table: TraitTable): void {
  for (let n = 0; n < WORKS; n++) renderWork(model, workPlan(n, table), SIZE);
}

/** Draws works `first`, `first + stride`, ... at 512 pixels; returns the GEMM work in all and the seconds that each took. */
async function drawWorks(
  model: Model,
  first: number,
  stride: number,
): Promise<{ work: number; times: number[] }> {
  const table = await traitTable();
  const field = createField(model, { points: 4096 });
  let points = 0;
  const draw = (n: number): void => {
    const plan = workPlan(n, table);
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
  };
  const times: number[] = [];
  for (let n = first; n < WORKS; n += stride)
    times.push(seconds(() => draw(n)));
  return { work: points * gemmWork(model.weights.config) * 1e-9, times };
}

const load = async (weights: string | undefined): Promise<Model> =>
  loadModel({
    kernels: await read(new URL("generator/kernels/kernels.wasm", root)),
    weights: await read(
      weights ?? new URL("recipes/genesis/base.weights", root),
    ),
  });

type Job = "works" | "bare" | "gemm";

/**
 * How often a second this many threads together do a job, all warmed up before the clock starts: all works, each thread its own
 * round of them, or the bare loop or the rendering GEMM, both inside the first-level cache, which tell what the machine gives to a
 * second thread.
 */
async function throughput(workers: number, job: Job): Promise<number> {
  const threads = Array.from(
    { length: workers },
    () =>
      new Worker(new URL(import.meta.url), {
        workerData: { job, weightsPath },
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
  return (workers * (job === "works" ? WORKS : 1)) / time;
}

if (isMainThread) {
  const model = await load(weightsPath);
  const kernels = await loadKernels(
    await read(new URL("generator/kernels/kernels.wasm", root)),
  );
  const rates = { ...bareLoops(kernels), ...gemmRates(kernels) };
  const field = fieldRate(model);
  await drawWorks(model, 0, WORKS);
  const best = {
    bare: 0,
    shared: 0,
    training: 0,
    gemm: 0,
    field: 0,
    render: 0,
    one: 0,
    two: 0,
    oneBare: 0,
    twoBare: 0,
    oneGemm: 0,
    twoGemm: 0,
  };
  const quickest: number[] = [];
  const keep = (name: keyof typeof best, rate: number): void => {
    best[name] = Math.max(best[name], rate);
  };
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < 8; i++) {
      for (const name of ["bare", "shared", "training", "gemm"] as const)
        keep(name, rates[name]());
    }
    for (let i = 0; i < 8; i++) keep("field", field());
    const { work, times } = await drawWorks(model, 0, 1);
    times.forEach(
      (time, n) => (quickest[n] = Math.min(quickest[n] ?? time, time)),
    );
    keep("render", work / quickest.reduce((a, b) => a + b));
    for (let i = 0; i < 3; i++) {
      keep("one", await throughput(1, "works"));
      keep("two", await throughput(2, "works"));
    }
    keep("oneBare", await throughput(1, "bare"));
    keep("twoBare", await throughput(2, "bare"));
    keep("oneGemm", await throughput(1, "gemm"));
    keep("twoGemm", await throughput(2, "gemm"));
  }
  const share = (rate: number, of: number): string =>
    `${((100 * rate) / of).toFixed(0)} %`.padStart(8);
  const line = (name: string, rate: number, note = ""): void => {
    const shares = share(rate, best.bare) + share(rate, best.shared);
    console.log(
      `${name.padEnd(42)}${rate.toFixed(1).padStart(6)}${shares}  ${note}`,
    );
  };
  console.log(
    `${"GFLOP/s on one core".padEnd(48)}${"of bare".padStart(8)}${"shared".padStart(8)}`,
  );
  line("bare multiply-add loop", best.bare);
  line("the same, one product shared by all sums", best.shared);
  line("GEMM, rendering", best.gemm, "(target: 85 %)");
  line("GEMM, training", best.training, "(target: 85 %)");
  line("field, GEMM work / total time", best.field);
  line("whole works, GEMM work / total time", best.render, "(target: 60 %)");
  const ratio = best.two / best.one;
  console.log(
    `works of ${SIZE} pixels a second: ${best.one.toFixed(2)} on 1 worker, ${best.two.toFixed(2)} on 2, ${ratio.toFixed(2)} times as many (target: 1.80)`,
  );
  console.log(
    `what this machine gives to 2 threads: ${(best.twoBare / best.oneBare).toFixed(2)} times the bare loop, ${(best.twoGemm / best.oneGemm).toFixed(2)} times the GEMM in cache`,
  );
} else {
  const { job, weightsPath: weights } = workerData as {
    job: Job;
    weightsPath?: string;
  };
  const model = await load(weights);
  const table = await traitTable();
  const { bare } = bareLoops(model.kernels);
  const { gemm } = gemmRates(model.kernels);
  const work = async (): Promise<void> => {
    if (job === "works") renderAll(model, table);
    else for (let i = 0; i < 500; i++) (job === "bare" ? bare : gemm)();
  };
  await work();
  parentPort?.once("message", () => {
    void work().then(() => parentPort?.postMessage("done"));
  });
  parentPort?.postMessage("ready");
}
