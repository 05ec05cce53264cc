import { FatalError } from "../offchain/kernel/errors.ts";
import type { Recipe } from "../offchain/loop/recipe.ts";
import type { Progress } from "../offchain/loop/ports-progress.ts";
import type { Deps } from "./compose.ts";

/**
 * Makes sure that the collection mints under this recipe. A development chain gets it registered on the spot; elsewhere that is a
 * decision of the registrar, so the command is named instead.
 * @throws FatalError `recipe/revoked`, `recipe/not-registered`.
 */
export async function requireMintable(
  { chain, network }: Deps,
  recipe: Recipe,
  { progress, send }: { readonly progress: Progress; readonly send: boolean },
): Promise<void> {
  const known = (await chain.recipes()).find(({ id }) => id === recipe.id);
  if (known?.revoked === true) {
    throw new FatalError(
      "recipe/revoked",
      `Recipe \`${recipe.id}\` is revoked on ${network}; nothing more is minted from it, choose another.`,
    );
  }
  if (known !== undefined || !send) return;
  const { development } = await chain.instance();
  if (!development) {
    throw new FatalError(
      "recipe/not-registered",
      `Recipe \`${recipe.id}\` is not registered on ${network}; run: npx hardhat recipe register --network ${network}`,
    );
  }
  await chain.registerRecipe(recipe.id, { key: registrationKey(recipe.id) });
  progress.note(`Registered recipe ${recipe.id} on this local chain.`);
}

/** A recipe is registered once per chain, so its id is the key. */
export function registrationKey(id: string): string {
  return `recipe/register/${id}`;
}
