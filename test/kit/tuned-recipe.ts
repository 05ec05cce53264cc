import { readFile } from "node:fs/promises";

import { decodeAdapter } from "../../offchain/generator/adapter/decode.ts";
import { defaultTable } from "../../offchain/generator/loom/table.ts";
import type { Json } from "../../offchain/kernel/json.ts";
import { tunedRecipe } from "../../offchain/loop/tuned-recipe.ts";
import { parseDatasetManifest } from "../../offchain/dataset/manifest.ts";

const at = (path: string): URL => new URL(path, import.meta.url);

/** Where the adapter of the vectors and its dataset's manifest lie; `test/vectors/refresh-tuned.ts` makes them. */
export const TUNED_FIXTURE = {
  adapter: at("../vectors/tuned/adapter.safetensors"),
  licences: at("../vectors/tuned/licences.json"),
} as const;

const read = async (path: URL): Promise<Uint8Array> =>
  new Uint8Array(await readFile(path));

/** The files that a tuned model is loaded from: the product's kernels and weights, and the adapter of the vectors. */
export async function tunedModelFiles(): Promise<{
  readonly kernels: Uint8Array;
  readonly weights: Uint8Array;
  readonly adapter: Uint8Array;
}> {
  return {
    kernels: await read(at("../../offchain/generator/kernels/tuned.wasm")),
    weights: await read(at("../../offchain/recipes/genesis/base.weights")),
    adapter: await read(TUNED_FIXTURE.adapter),
  };
}

/** A guard that lets most through and knows copies: how bounds are fitted to a dataset is tested elsewhere. */
const GUARD = {
  version: 1,
  screens: [{ reason: "blank", measure: "spread", least: 1_000 }],
  grade: [
    {
      measure: "contrast",
      weight: 10_000,
      none: 100,
      full: 1_000,
    },
  ],
  quotation: { whole: 700, patch: 200, recoloured: 200 },
  nearDuplicate: { distance: 6 },
};

/** A whole recipe of a model of six pictures on grids of eight cells, as `tune` would assemble it. */
export async function tinyTunedRecipe(
  guard: Json = GUARD,
): Promise<Map<string, Uint8Array>> {
  const model = await tunedModelFiles();
  const manifest = await read(TUNED_FIXTURE.licences);
  return tunedRecipe({
    ...model,
    traits: defaultTable(decodeAdapter(model.adapter)) as unknown as Json,
    guard,
    dataset: parseDatasetManifest(manifest),
    manifest,
    holderLicence: "# Licence\n",
    name: "Tiny drawings",
  });
}
