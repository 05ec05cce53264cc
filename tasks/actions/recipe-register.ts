import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { compose, keepRecipe, recipeFrom } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { registrationKey } from "../recipes.ts";

/** `npx hardhat recipe register`: what is registered already stays as it is. */
export default async function (
  args: { readonly recipe: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const recipe = await recipeFrom(hre, args.recipe);
    const deps = await compose(hre);
    try {
      const { chain, network } = deps;
      const find = async () =>
        (await chain.recipes()).find(({ id }) => id === recipe.id);
      const known = await find();
      const sent =
        known === undefined
          ? await chain.registerRecipe(recipe.id, {
              key: registrationKey(recipe.id),
            })
          : undefined;
      await keepRecipe(hre, deps, recipe);
      const entry = known ?? (await find());
      console.result(
        {
          network,
          ...entry,
          transaction: sent?.hash ?? null,
          gasUsed: sent?.gasUsed ?? 0,
        },
        () => [
          `${sent === undefined ? "Already registered" : "Registered"} on ${network}: recipe ${entry?.number} ${recipe.id}${entry?.revoked === true ? " (revoked)" : ""}`,
        ],
      );
    } finally {
      await deps.close();
    }
  });
}
