import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { isHalfDone, perform, type Act } from "../../offchain/loop/acts.ts";
import { compose } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseEpoch } from "../console/evolution-options.ts";

interface VoidArguments {
  readonly epoch: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `npx hardhat void-epoch`: takes an epoch back for ever; works show the newest sound one, or genesis. */
export default async function (
  args: VoidArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const epoch = parseEpoch(args.epoch, { genesis: false });
    const deps = await compose(hre, { deploy: !args.dryRun });
    try {
      const { chain, network } = deps;
      const { voided } = await chain.epochAt(epoch);
      const tell = async (
        sent: { readonly hash: string; readonly gasUsed: number } | undefined,
        sentence: string,
      ): Promise<void> => {
        const { shown } = await chain.epochs();
        const { hash: transaction = null, gasUsed = 0 } = sent ?? {};
        const document = { network, epoch, shown, transaction, gasUsed };
        console.result(document, () => [
          `${sentence} Works follow ${shown === 0 ? "genesis" : `epoch ${shown}`} now.`,
        ]);
      };
      const request: Act = { kind: "void-epoch", epoch };
      if (voided && !(await isHalfDone(request, deps)))
        await tell(undefined, `Epoch ${epoch} was voided already.`);
      else if (args.dryRun)
        await tell(undefined, `Would void epoch ${epoch}; nothing was sent.`);
      else
        await perform(request, deps, ([sent]) =>
          tell(
            sent,
            `Voided epoch ${epoch} for ${sent?.gasUsed} gas in ${sent?.hash}.`,
          ),
        );
    } finally {
      await deps.close();
    }
  });
}
