import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { perform } from "../../offchain/loop/acts.ts";
import { compose } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseEpoch } from "../console/evolution-options.ts";
import { parseToken } from "../console/options.ts";
import { requireHolder } from "../holders.ts";

interface PinArguments {
  readonly token: string | undefined;
  readonly epoch: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `npx hardhat pin`: keeps a work of yours at an epoch, whatever comes after. */
export default async function (
  args: PinArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const token = parseToken(args.token);
    const epoch = parseEpoch(args.epoch, { genesis: true });
    const deps = await compose(hre, { deploy: !args.dryRun });
    try {
      const { chain, network } = deps;
      const holder = await requireHolder(deps, token, "pin");
      // Refused here, in our words: an epoch that is not there, was taken back, or is older than the work.
      const tokenURI = await chain.tokenURIAt(token, epoch);
      const document = { network, token: `${token}`, holder, epoch, tokenURI };
      const where = epoch === 0 ? "genesis" : `epoch ${epoch}`;
      if (args.dryRun) {
        console.result({ ...document, transaction: null, gasUsed: 0 }, () => [
          `Would pin ${token} to ${where} on ${network}; nothing was sent.`,
        ]);
        return;
      }
      await perform(
        { kind: "pin", token: `${token}`, holder, epoch },
        deps,
        ([sent]) => {
          console.result(
            {
              ...document,
              transaction: sent?.hash ?? null,
              gasUsed: sent?.gasUsed ?? 0,
            },
            () => [
              `Pinned ${token} to ${where} for ${sent?.gasUsed} gas in ${sent?.hash}`,
              `Shows  ${tokenURI}`,
            ],
          );
          return Promise.resolve();
        },
      );
    } finally {
      await deps.close();
    }
  });
}
