import { copyFile, open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";

import { FatalError } from "../kernel/errors.ts";
import { canonicalBytes } from "../kernel/json.ts";
import { buildRecipe, type BuiltRecipe } from "../publishing/recipe.ts";
import {
  parseRecipeManifest,
  RECIPE_MANIFEST,
  refreshManifest,
} from "../publishing/recipe-manifest.ts";

/**
 * The files of a recipe directory, by name; what they are is for `openRecipe` to check.
 * @throws FatalError `recipe/unreadable` if there is no such directory, or it holds a directory.
 */
export async function readRecipeFiles(
  directory: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  try {
    for (const name of (await readdir(directory)).sort())
      files.set(name, new Uint8Array(await readFile(join(directory, name))));
  } catch (cause) {
    throw new FatalError(
      "recipe/unreadable",
      `\`${directory}\` cannot be read as a recipe; give a directory that holds ${RECIPE_MANIFEST} and its files, and no folders.`,
      { cause },
    );
  }
  return files;
}

/**
 * Writes the sizes and hashes of a recipe's files, as they are now, into its manifest: a new recipe, with a new id.
 * @param sources files that are first copied into the directory, by the name they get there.
 * @throws FatalError `publishing/recipe-*`, `recipe/unreadable`
 */
export async function refreshRecipe(
  directory: string,
  sources: Readonly<Record<string, string>> = {},
): Promise<BuiltRecipe> {
  for (const [name, source] of Object.entries(sources))
    await copyFile(source, join(directory, name));
  const files = new Map(await readRecipeFiles(directory));
  const manifest = parseRecipeManifest(
    files.get(RECIPE_MANIFEST) ?? new Uint8Array(),
  );
  const bytes = canonicalBytes(refreshManifest(manifest, files));
  files.set(RECIPE_MANIFEST, bytes);
  const recipe = await buildRecipe(files);
  await replace(join(directory, RECIPE_MANIFEST), bytes);
  return recipe;
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}
