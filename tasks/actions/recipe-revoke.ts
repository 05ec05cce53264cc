import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { compose } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseWord } from "../console/registry-options.ts";

/** `npx hardhat recipe revoke --recipe ID`: for ever; works that exist keep their files. */
export default async function (
  args: { readonly recipe: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const id = parseWord(args.recipe, "recipe");
    const deps = await compose(hre);
    try {
      const { chain, network } = deps;
      const known = (await chain.recipes()).find((entry) => entry.id === id);
      if (known === undefined) {
        throw new FatalError(
          "options/unknown-recipe",
          `Recipe \`${id}\` is not registered on ${network}; see: npx hardhat recipe list`,
        );
      }
      const sent = known.revoked
        ? undefined
        : await chain.revokeRecipe(id, { key: `recipe/revoke/${id}` });
      console.result(
        {
          network,
          ...known,
          revoked: true,
          transaction: sent?.hash ?? null,
          gasUsed: sent?.gasUsed ?? 0,
        },
        () => [
          `${sent === undefined ? "Was revoked already" : "Revoked"} on ${network}: recipe ${known.number} ${id}`,
        ],
      );
    } finally {
      await deps.close();
    }
  });
}
