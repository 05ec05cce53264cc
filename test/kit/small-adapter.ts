import { readFile } from "node:fs/promises";

import type {
  Adapter,
  Precision,
} from "../../offchain/generator/adapter/adapter.ts";
import { adapterTensors } from "../../offchain/generator/adapter/shape.ts";
import {
  loadTunedKernels,
  type TunedKernels,
} from "../../offchain/generator/kernels/load.ts";
import { toHex } from "../../offchain/kernel/bytes.ts";
import { createRng } from "../../offchain/kernel/rng.ts";

/** The committed kernels of engine 2. */
export async function tunedKernels(): Promise<TunedKernels> {
  return loadTunedKernels(await tunedWasm());
}

/** Their bytes. */
export async function tunedWasm(): Promise<Uint8Array> {
  const path = "../../offchain/generator/kernels/tuned.wasm";
  return new Uint8Array(await readFile(new URL(path, import.meta.url)));
}

/** An adapter of random numbers for a base of three layers of 16: two pictures of 6 x 6 cells, rank 3. */
export function randomAdapter(
  precision: Precision,
  changes: Partial<Adapter> = {},
): Adapter {
  const rng = createRng(new Uint8Array(32).fill(21));
  const list = (n: number, spread: number): Float32Array =>
    Float32Array.from({ length: n }, () => rng.gauss() * spread);
  const shape = { width: 16, layers: 3, rank: 3 };
  const tensors = new Map(
    adapterTensors(shape).map(({ name, rows, columns }) => [
      name,
      list(rows * columns, 0.4),
    ]),
  );
  return {
    base: toHex(new Uint8Array(32).fill(1)),
    dataset: toHex(new Uint8Array(32).fill(2)),
    precision,
    rank: 3,
    alpha: 5,
    family: 1,
    grid: 6,
    pictures: ["First Leaf", "second-2"],
    codes: list(2 * 36 * 8, 0.7),
    palettes: Uint8Array.from({ length: 48 }, () => rng.below(256)),
    tensors,
    ...changes,
  };
}
