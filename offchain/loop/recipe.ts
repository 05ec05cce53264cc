import { parseDatasetManifest } from "../dataset/manifest.ts";
import { FatalError } from "../kernel/errors.ts";
import { parseGuardConfig, type GuardConfig } from "../guard/config.ts";
import { BATCH_PATHS } from "../publishing/paths.ts";
import {
  fileRoles,
  parseRecipeManifest,
  RECIPE_MANIFEST,
} from "../publishing/recipe-manifest.ts";
import { buildRecipe, type BuiltRecipe } from "../publishing/recipe.ts";
import type { OpenArchive } from "./ports-archive.ts";

/** A recipe directory, checked, built as blocks, and with what the loop itself reads of it. */
export interface Recipe extends BuiltRecipe {
  /** Its files by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly guard: GuardConfig;
}

/**
 * Checks and builds a recipe from its files.
 * @throws LoopError `publishing/recipe-*`, `guard/*` if a file is missing, altered or malformed.
 */
export async function loadRecipe(
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Recipe> {
  const built = await buildRecipe(files);
  return { ...built, files, guard: parseGuardConfig(built.file("guard")) };
}

/**
 * Requires that a tuned recipe's licences are those of the dataset that it names: whoever hands in a directory is asked once, and not
 * every thread that draws.
 * @throws FatalError `publishing/recipe-other-dataset`, `dataset/bad-manifest`, `dataset/root-differs`.
 */
export function requireDataset(recipe: Recipe): void {
  const { manifest } = recipe;
  if (manifest.version !== 2) return;
  const { root, title } = parseDatasetManifest(recipe.file("licences"));
  if (root === manifest.dataset) return;
  throw new FatalError(
    "publishing/recipe-other-dataset",
    `The licences are those of \`${title}\` (${root}), but the recipe names the dataset ${manifest.dataset}; assemble it again.`,
  );
}

/**
 * The recipe that a batch's archive links: every batch carries what made it.
 * @throws LoopError as {@link loadRecipe}, and those of the archive.
 */
export async function recipeInArchive(archive: OpenArchive): Promise<Recipe> {
  const read = (name: string): Promise<Uint8Array> =>
    archive.read(`${BATCH_PATHS.recipe}/${name}`);
  const manifest = await read(RECIPE_MANIFEST);
  const files = new Map([[RECIPE_MANIFEST, manifest]]);
  for (const { path } of fileRoles(parseRecipeManifest(manifest)).values())
    files.set(path, await read(path));
  return loadRecipe(files);
}
