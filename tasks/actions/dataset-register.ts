import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { datasetKey } from "../../offchain/loop/register-recipe.ts";
import { compose } from "../compose.ts";
import { composeDatasets } from "../compose/datasets.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseDataset } from "../console/dataset-options.ts";
import { parseWord } from "../console/registry-options.ts";

/** `npx hardhat dataset register`: what is registered already stays as it is. */
export default async function (
  args: {
    readonly dataset: string | undefined;
    readonly root: string | undefined;
    readonly json: boolean;
  },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    if (args.dataset !== undefined && args.root !== undefined) {
      throw new FatalError(
        "options/two-datasets",
        `\`--dataset ${args.dataset}\` and --root both name a dataset; give one of them.`,
      );
    }
    const root =
      args.root === undefined
        ? (await composeDatasets().open(parseDataset(args.dataset))).manifest
            .root
        : parseWord(args.root, "root");
    const deps = await compose(hre);
    try {
      const { chain, network } = deps;
      const find = async () =>
        (await chain.datasets()).find((entry) => entry.root === root);
      const known = await find();
      const sent =
        known === undefined
          ? await chain.registerDataset(root, { key: datasetKey(root) })
          : undefined;
      const entry = known ?? (await find());
      console.result(
        {
          network,
          ...entry,
          transaction: sent?.hash ?? null,
          gasUsed: sent?.gasUsed ?? 0,
        },
        () => [
          `${sent === undefined ? "Already registered" : "Registered"} on ${network}: dataset ${entry?.number} ${root}${entry?.revoked === true ? " (revoked)" : ""}`,
        ],
      );
    } finally {
      await deps.close();
    }
  });
}
