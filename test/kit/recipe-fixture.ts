import { readFile } from "node:fs/promises";

import { utf8 } from "../../offchain/kernel/bytes.ts";
import { canonicalBytes } from "../../offchain/kernel/json.ts";
import { loadRecipe, type Recipe } from "../../offchain/loop/recipe.ts";
import {
  parseRecipeManifest,
  RECIPE_MANIFEST,
  referTo,
  type BaseManifest,
  type TunedManifest,
} from "../../offchain/publishing/recipe-manifest.ts";
import { patterned } from "./unixfs-trees.ts";

const GUARD = new URL(
  "../../offchain/recipes/genesis/guard.json",
  import.meta.url,
);

/** The files of a tiny recipe: right in form, its model and table are only bytes. */
export function recipeFixture(
  change: Partial<BaseManifest> = {},
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>([
    ["kernels.wasm", patterned(300, 1)],
    ["base.weights", patterned(2_000, 2)],
    ["traits.json", utf8("{}")],
    ["guard.json", utf8("[]")],
    ["licences.json", utf8('{"licence":"CC0-1.0"}')],
    ["holder-licence.md", utf8("# Licence\n")],
  ]);
  const refer = (path: string) =>
    referTo(path, files.get(path) ?? new Uint8Array());
  const manifest: BaseManifest = {
    version: 1,
    name: "Trial",
    description: "A recipe for tests.",
    externalUrl: null,
    engine: 1,
    precision: "f32",
    model: { kernels: refer("kernels.wasm"), weights: refer("base.weights") },
    adapter: null,
    traits: refer("traits.json"),
    guard: refer("guard.json"),
    licences: refer("licences.json"),
    holderLicence: refer("holder-licence.md"),
    sizes: [64, 128],
    defaultSize: 64,
    ...change,
  };
  return files.set(RECIPE_MANIFEST, canonicalBytes(manifest));
}

/** {@link recipeFixture} as a recipe of a tuned model; its adapter and its dataset are only bytes too. */
export function tunedRecipeFixture(
  change: Partial<TunedManifest> = {},
): Map<string, Uint8Array> {
  const files = recipeFixture();
  const base = parseRecipeManifest(
    files.get(RECIPE_MANIFEST) ?? new Uint8Array(),
  ) as BaseManifest;
  const adapter = patterned(500, 3);
  const manifest: TunedManifest = {
    ...base,
    version: 2,
    engine: 2,
    precision: "int8",
    adapter: referTo("adapter.safetensors", adapter),
    dataset: `0x${"d5".repeat(32)}`,
    ...change,
  };
  files.set("adapter.safetensors", adapter);
  return files.set(RECIPE_MANIFEST, canonicalBytes(manifest));
}

/** {@link recipeFixture} with the built-in guard, so that the loop can load it, and with this trait table. */
export async function mintableRecipe(
  table: Record<string, unknown> = {},
): Promise<Recipe> {
  const files = recipeFixture();
  const guard = new Uint8Array(await readFile(GUARD));
  const traits = utf8(JSON.stringify(table));
  const manifest = parseRecipeManifest(
    files.get(RECIPE_MANIFEST) ?? new Uint8Array(),
  );
  files.set("guard.json", guard).set("traits.json", traits);
  files.set(
    RECIPE_MANIFEST,
    canonicalBytes({
      ...manifest,
      guard: referTo("guard.json", guard),
      traits: referTo("traits.json", traits),
    }),
  );
  return loadRecipe(files);
}
