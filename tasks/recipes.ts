import { FatalError } from "../offchain/kernel/errors.ts";
import type { Progress } from "../offchain/loop/ports-progress.ts";
import type { Recipe } from "../offchain/loop/recipe.ts";
import {
  registerRecipe,
  requireUnrevoked,
} from "../offchain/loop/register-recipe.ts";
import type { Deps } from "./compose.ts";

/**
 * Makes sure that the collection mints under this recipe. A development chain gets it registered on the spot, its dataset first;
 * elsewhere that is a decision of the registrar, so the command is named instead.
 * @throws FatalError `recipe/revoked`, `recipe/dataset-revoked`, `recipe/other-dataset`, `recipe/not-registered`.
 */
export async function requireMintable(
  { chain, network }: Deps,
  recipe: Recipe,
  { progress, send }: { readonly progress: Progress; readonly send: boolean },
): Promise<void> {
  const known = await requireUnrevoked(chain, recipe);
  if (known !== undefined || !send) return;
  const { development } = await chain.instance();
  if (!development) {
    throw new FatalError(
      "recipe/not-registered",
      `Recipe \`${recipe.id}\` is not registered on ${network}; run: npx hardhat recipe register --network ${network}`,
    );
  }
  await registerRecipe({ chain, network, progress }, recipe);
  progress.note(`Registered recipe ${recipe.id} on this local chain.`);
}
