import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { listEpochs, type EpochList } from "../../offchain/loop/epoch-list.ts";
import { compose } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { moment } from "../console/market-report.ts";
import { table } from "../console/table.ts";

/** `npx hardhat epochs`: how the collection has evolved. */
export default async function (
  args: { readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const deps = await compose(hre);
    try {
      const list = await listEpochs(deps.chain);
      const { network } = deps;
      console.result({ network, ...list }, () => epochLines(network, list));
    } finally {
      await deps.close();
    }
  });
}

function epochLines(
  network: string,
  { epochs, shown, waiting }: EpochList,
): string[] {
  const rows = epochs.map((epoch) => [
    `${epoch.epoch}`,
    `${epoch.round}`,
    epoch.observed === undefined ? "-" : moment(epoch.observed),
    moment(epoch.time),
    `${epoch.covered}`,
    epoch.voided ? "voided" : epoch.shown ? "shown" : "",
  ]);
  const header = ["epoch", "round", "market of", "published", "batches", ""];
  return [
    ...(rows.length === 0
      ? [`${network} has no epoch yet; works show genesis.`]
      : [
          ...table(header, rows),
          "",
          `Works follow ${shown === 0 ? "genesis" : `epoch ${shown}`}, unless they are pinned or younger.`,
        ]),
    waiting.length === 0
      ? "No newer round waits."
      : `Waiting: ${waiting.length === 1 ? "round" : "rounds"} ${waiting.join(", ")}; npx hardhat evolve --network ${network}`,
  ];
}
