import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Workshop, Workshops } from "./derive.ts";
import type { Archives } from "./ports-archive.ts";
import type { EnginePool } from "./ports-pool.ts";
import { recipeInArchive, type Recipe } from "./recipe.ts";

/**
 * Workshops for the batches of a collection, one for each recipe and opened when it is first needed. A recipe that is not given is
 * taken from a batch's archive in the local store: every batch carries what made it.
 */
export function createWorkshops({
  recipes,
  archives,
  pool,
}: {
  readonly recipes: readonly Recipe[];
  readonly archives: Archives;
  readonly pool: (recipe: Recipe) => EnginePool;
}): Workshops {
  const open = new Map<Hex, Promise<Workshop>>();
  const find = async (id: Hex, batchRoot: Hex): Promise<Recipe> => {
    const given = recipes.find((recipe) => recipe.id === id);
    if (given !== undefined) return given;
    const archive = await archives.find(batchRoot);
    try {
      const found = archive && (await recipeInArchive(archive));
      if (found?.id === id) return found;
    } finally {
      await archive?.close();
    }
    throw new FatalError(
      "recipe/unknown",
      `Recipe \`${id}\` made some of these works and is not here; give its directory, or put the archive of a batch of it into the local store.`,
    );
  };
  return (id, batchRoot) => {
    const known = open.get(id);
    if (known !== undefined) return known;
    const opening = find(id, batchRoot).then((recipe) => ({
      recipe,
      pool: pool(recipe),
    }));
    open.set(id, opening);
    // Another batch of the recipe may have its archive here.
    opening.catch(() => open.delete(id));
    return opening;
  };
}
