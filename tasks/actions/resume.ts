import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import { mint, mintRequest } from "../../offchain/loop/mint.ts";
import { compose, recipeFrom, type Deps } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseWorkers } from "../console/options.ts";
import { table } from "../console/table.ts";

/** `npx hardhat resume`: lists what was interrupted on this chain, and finishes it unless `--list` is given. */
export default async function (
  args: { readonly list: boolean; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const deps = await compose(hre);
    try {
      const runs = await openRuns(deps);
      const finished: number[] = [];
      if (!args.list) {
        for (const { id, request, recipe: recipeId } of runs) {
          const recipe = await recipeFrom(hre, recipeId);
          const pool = deps.pool(recipe, parseWorkers());
          await mint(request, recipe, {
            ...deps,
            pool,
            progress: console,
          });
          finished.push(id);
        }
      }
      const described = runs.map(({ id, request, steps }) => ({
        id,
        ...request,
        steps,
        finished: finished.includes(id),
      }));
      console.result({ network: deps.network, runs: described }, () =>
        runs.length === 0
          ? [`Nothing is unfinished on ${deps.network}.`]
          : table(
              ["run", "works", "folder", "steps done", "state"],
              described.map((run) => [
                `${run.id}`,
                `${run.count}`,
                run.out,
                `${run.steps}`,
                run.finished ? "finished now" : "open",
              ]),
            ),
      );
    } finally {
      await deps.close();
    }
  });
}

async function openRuns({ chain, journal }: Deps) {
  const { id } = await chain.instance();
  const runs = [];
  for (const record of await journal.openRuns(id)) {
    const { recipe, ...request } = mintRequest(record.input);
    const steps = (await journal.stepsOf(record.id)).filter(
      ({ state }) => state === "done",
    ).length;
    runs.push({ id: record.id, request, recipe: recipe as Hex, steps });
  }
  return runs;
}
