import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { holdRecipe } from "../../offchain/loop/pin-recipe.ts";
import {
  registerRecipe,
  requireUnrevoked,
} from "../../offchain/loop/register-recipe.ts";
import {
  standingOf,
  standingWord,
} from "../../offchain/loop/recipe-standing.ts";
import { compose, keepRecipe, recipeFrom } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { heldLines } from "../console/table.ts";
import { placesOf } from "../places.ts";

/** `npx hardhat recipe register`: what is registered already stays as it is. */
export default async function (
  args: {
    readonly recipe: string | undefined;
    readonly pin: string | undefined;
    readonly json: boolean;
  },
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
      const places = await placesOf(deps, args.pin);
      const ports = { ...deps, ...places, progress: console };
      const car = join(
        hre.config.paths.root,
        ".loop/recipes",
        `${recipe.id}.car`,
      );
      const { root, pins } = await holdRecipe(ports, recipe, car);
      if (known === undefined) await requireUnrevoked(chain, recipe);
      const sent =
        known === undefined
          ? await registerRecipe({ chain, network, progress: console }, recipe)
          : undefined;
      await keepRecipe(hre, deps, recipe);
      const entry = known ?? (await find());
      console.result(
        {
          network,
          ...entry,
          root,
          pins,
          transaction: sent?.recipe.hash ?? null,
          gasUsed: sent?.recipe.gasUsed ?? 0,
        },
        () => [
          `${sent === undefined ? "Already registered" : "Registered"} on ${network}: recipe ${entry?.number} ${recipe.id}${entry?.revoked === true ? ` (${standingWord(standingOf(entry))})` : ""}`,
          ...(entry?.dataset === undefined
            ? []
            : [`Dataset ${entry.dataset.root}`]),
          `Files   ipfs://${root}`,
          ...heldLines(pins),
        ],
      );
    } finally {
      await deps.close();
    }
  });
}
