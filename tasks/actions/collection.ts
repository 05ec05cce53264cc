import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { takeCensus } from "../../offchain/loop/census.ts";
import {
  rebuildAbandoned,
  type WouldHaveBeen,
} from "../../offchain/loop/rebuild-abandoned.ts";
import { compose, recipeFrom, type Deps } from "../compose.ts";
import { censusLines } from "../console/census-report.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import { parseFolder, parseWorkers } from "../console/options.ts";

/** `npx hardhat collection`: what the chain says about the whole collection. */
export default async function (
  args: {
    readonly abandoned: boolean;
    readonly out: string | undefined;
    readonly workers: string | undefined;
    readonly json: boolean;
  },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const out = parseFolder(args.out);
    const workers = parseWorkers(args.workers);
    const deps = await compose(hre);
    try {
      const { chainId, collection } = await deps.chain.instance();
      const census = await takeCensus(deps.chain);
      const rebuilt = args.abandoned
        ? await rebuildAll(hre, deps, console, census.abandonedBatches, {
            out,
            workers,
          })
        : undefined;
      const { network } = deps;
      console.result(
        {
          network,
          chainId,
          collection,
          ...census,
          validator: census.validator ?? null,
          ...(rebuilt && { rebuilt }),
        },
        () => censusLines({ network, chainId, collection }, census, rebuilt),
      );
    } finally {
      await deps.close();
    }
  });
}

async function rebuildAll(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
  batches: readonly number[],
  { out, workers }: { readonly out: string; readonly workers: number },
): Promise<WouldHaveBeen[]> {
  const rebuilt: WouldHaveBeen[] = [];
  if (batches.length > 0) await deps.artefacts.prepare(out);
  for (const batch of batches) {
    const { recipe: id } = await deps.chain.openedEvent(batch);
    const recipe = await recipeFrom(hre, id);
    const pool = deps.pool(recipe, workers);
    const ports = { ...deps, recipe, pool, progress: console };
    const folder = join(out, `abandoned-${batch}`);
    rebuilt.push(await rebuildAbandoned(ports, batch, folder));
  }
  return rebuilt;
}
