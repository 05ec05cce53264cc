import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { perform } from "../../offchain/loop/acts.ts";
import { compose } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseToken } from "../console/options.ts";
import { requireHolder } from "../holders.ts";

interface UnpinArguments {
  readonly token: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `npx hardhat unpin`: lets a work of yours follow the newest epoch again. */
export default async function (
  args: UnpinArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const token = parseToken(args.token);
    const deps = await compose(hre, { deploy: !args.dryRun });
    try {
      const { chain, network } = deps;
      const holder = await requireHolder(deps, token, "pin");
      const document = { network, token: `${token}`, holder };
      if (args.dryRun) {
        console.result({ ...document, transaction: null, gasUsed: 0 }, () => [
          `Would let ${token} follow the epochs again on ${network}; nothing was sent.`,
        ]);
        return;
      }
      await perform(
        { kind: "pin", token: `${token}`, holder, epoch: null },
        deps,
        async ([sent]) => {
          const tokenURI = await chain.tokenURI(token);
          const [transaction, gasUsed] = [sent?.hash, sent?.gasUsed];
          console.result(
            { ...document, tokenURI, transaction, gasUsed },
            () => [
              `Let ${token} follow the epochs again for ${gasUsed} gas in ${transaction}`,
              `Shows  ${tokenURI}`,
            ],
          );
        },
      );
    } finally {
      await deps.close();
    }
  });
}
