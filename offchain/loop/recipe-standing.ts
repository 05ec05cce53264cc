import type { Hex } from "../kernel/bytes.ts";
import type { Chain, RegisteredRecipe } from "./chain.ts";

/** Whether a recipe may still be minted from, and if not, why. */
export interface RecipeStanding {
  readonly id: Hex;
  readonly revoked: boolean;
  /** What was revoked: the recipe, or the dataset that it was made from, which says more where both were; null while it stands. */
  readonly because: "recipe" | "dataset" | null;
  /** Merkle root of its dataset; null where it was made from none. */
  readonly dataset: Hex | null;
}

/** The standing of one registered recipe. */
export function standingOf({
  id,
  revoked,
  dataset,
}: RegisteredRecipe): RecipeStanding {
  const because = dataset?.revoked === true ? "dataset" : "recipe";
  return {
    id,
    revoked,
    because: revoked ? because : null,
    dataset: dataset?.root ?? null,
  };
}

/** The standing of the recipe that a batch was opened under; undefined if the registry does not tell it. */
export async function standingOfBatch(
  chain: Pick<Chain, "batchOf" | "recipes">,
  batch: number,
): Promise<RecipeStanding | undefined> {
  const { recipe } = await chain.batchOf(batch);
  const known = (await chain.recipes()).find(({ number }) => number === recipe);
  return known && standingOf(known);
}

/** In a word or two, for a table. */
export function standingWord({ because }: RecipeStanding): string {
  if (because === null) return "registered";
  return because === "dataset" ? "revoked with its dataset" : "revoked";
}

/** What is to be said of a recipe that nothing more is minted from; undefined while it stands. */
export function revocationSentence({
  id,
  because,
  dataset,
}: RecipeStanding): string | undefined {
  if (because === null) return undefined;
  const why =
    because === "dataset"
      ? `Recipe ${id} was revoked because its dataset ${dataset} was`
      : `Recipe ${id} was revoked`;
  return `${why}: nothing more is minted from it; works made before keep their files and still verify.`;
}
