import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { compose } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseWord } from "../console/registry-options.ts";

/** `npx hardhat dataset revoke --root ROOT`: for ever, and every recipe of it; works that exist keep their files. */
export default async function (
  args: { readonly root: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const root = parseWord(args.root, "root");
    const deps = await compose(hre);
    try {
      const { chain, network } = deps;
      const known = (await chain.datasets()).find((set) => set.root === root);
      if (known === undefined) {
        throw new FatalError(
          "dataset/not-registered",
          `Dataset \`${root}\` is not registered on ${network}; see: npx hardhat dataset list --network ${network}`,
        );
      }
      const sent = known.revoked
        ? undefined
        : await chain.revokeDataset(root, { key: `dataset/revoke/${root}` });
      const recipes = (await chain.recipes())
        .filter(({ dataset }) => dataset?.root === root)
        .map(({ id }) => id);
      console.result(
        {
          network,
          ...known,
          revoked: true,
          recipes,
          transaction: sent?.hash ?? null,
          gasUsed: sent?.gasUsed ?? 0,
        },
        () => [
          `${sent === undefined ? "Was revoked already" : "Revoked"} on ${network}: dataset ${known.number} ${root}`,
          recipes.length === 0
            ? "No recipe was made from it."
            : "Nothing more is minted from its recipes:",
          ...recipes.map((id) => `  ${id}`),
        ],
      );
    } finally {
      await deps.close();
    }
  });
}
