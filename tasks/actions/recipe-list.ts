import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import {
  standingOf,
  standingWord,
} from "../../offchain/loop/recipe-standing.ts";
import { compose } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { table } from "../console/table.ts";

/** `npx hardhat recipe list`. */
export default async function (
  args: { readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const deps = await compose(hre);
    try {
      const recipes = await deps.chain.recipes();
      console.result({ network: deps.network, recipes }, () =>
        recipes.length === 0
          ? [
              `No recipe is registered on ${deps.network}; run: npx hardhat recipe register --network ${deps.network}`,
            ]
          : table(
              ["number", "id", "state", "dataset"],
              recipes.map((recipe) => [
                `${recipe.number}`,
                recipe.id,
                standingWord(standingOf(recipe)),
                recipe.dataset?.root ?? "none",
              ]),
            ),
      );
    } finally {
      await deps.close();
    }
  });
}
