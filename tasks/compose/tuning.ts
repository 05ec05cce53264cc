import { readFile } from "node:fs/promises";

import { createEnginePool } from "../../offchain/adapters/engine-pool.ts";
import { createFiles } from "../../offchain/adapters/files-fs.ts";
import { createTunerThreads } from "../../offchain/adapters/tuner-threads.ts";
import { fitRecipe } from "../../offchain/loop/fit-recipe.ts";
import type { TunePorts, TuningBase } from "../../offchain/loop/ports-tune.ts";
import type { Progress } from "../../offchain/loop/ports-progress.ts";
import { composeDatasets } from "./datasets.ts";

const OFFCHAIN = new URL("../../offchain/", import.meta.url);

/** What tuning needs on this machine; no chain is asked. */
export async function composeTuning(
  workers: number,
  progress: Progress,
  signal: AbortSignal,
): Promise<TunePorts> {
  const base = await tuningBase();
  return {
    datasets: composeDatasets(),
    tuners: createTunerThreads(),
    artefacts: createFiles(),
    base,
    calibrate: fitRecipe(base, (files) => createEnginePool({ files, workers })),
    progress,
    clock: { elapsed: () => performance.now(), now: () => new Date() },
    signal,
  };
}

/** The built-in recipe's weights and words, and the kernels of the engine that weaves. */
export async function tuningBase(): Promise<TuningBase> {
  const read = async (path: string): Promise<Uint8Array> =>
    new Uint8Array(await readFile(new URL(path, OFFCHAIN)));
  return {
    kernels: await read("generator/kernels/tuned.wasm"),
    weights: await read("recipes/genesis/base.weights"),
    holderLicence: new TextDecoder().decode(
      await read("recipes/genesis/holder-licence.md"),
    ),
  };
}
