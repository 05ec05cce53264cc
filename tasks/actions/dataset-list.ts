import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { compose } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { table } from "../console/table.ts";

/** `npx hardhat dataset list`. */
export default async function (
  args: { readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const deps = await compose(hre);
    try {
      const { chain, network } = deps;
      const recipes = await chain.recipes();
      const datasets = (await chain.datasets()).map((each) => ({
        ...each,
        recipes: recipes
          .filter(({ dataset }) => dataset?.root === each.root)
          .map(({ id }) => id),
      }));
      console.result({ network, datasets }, () =>
        datasets.length === 0
          ? [
              `No dataset is registered on ${network}; run: npx hardhat dataset register --network ${network}`,
            ]
          : table(
              ["number", "root", "state", "recipes"],
              datasets.map(({ number, root, revoked, recipes: made }) => [
                `${number}`,
                root,
                revoked ? "revoked" : "registered",
                `${made.length}`,
              ]),
            ),
      );
    } finally {
      await deps.close();
    }
  });
}
