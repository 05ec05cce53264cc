import { readFile } from "node:fs/promises";

import type { Evolved, Golden, WorkVector } from "./golden.ts";
import type { TunedGolden } from "./tuned.ts";

const recipe = new URL("../../offchain/recipes/genesis/", import.meta.url);

/** Where the vectors lie. */
export const GOLDEN = new URL("golden.json", import.meta.url);
export const EVOLVED = new URL("evolved.json", import.meta.url);
export const CHOSEN = new URL("chosen.json", import.meta.url);
export const TUNED = new URL("tuned.json", import.meta.url);

/** The built-in recipe's kernels and weights. */
export async function generatorFiles(): Promise<{ kernels: Uint8Array; weights: Uint8Array }> {
  const read = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(name, recipe)));
  return { kernels: await read("kernels.wasm"), weights: await read("base.weights") };
}

/** The committed vectors, evolved and chosen works behind the others. */
export async function readGolden(): Promise<Golden> {
  const [genesis, evolved, chosen] = await Promise.all(
    [GOLDEN, EVOLVED, CHOSEN].map(async (file) => readFile(file, "utf8")),
  );
  const golden = JSON.parse(genesis ?? "") as Omit<Golden, "journeys">;
  const { works, journeys } = JSON.parse(evolved ?? "") as Evolved;
  const steered = JSON.parse(chosen ?? "") as readonly WorkVector[];
  return { ...golden, works: [...golden.works, ...works, ...steered], journeys };
}

/** The committed vectors of woven works. */
export async function readTunedGolden(): Promise<TunedGolden> {
  return JSON.parse(await readFile(TUNED, "utf8")) as TunedGolden;
}
