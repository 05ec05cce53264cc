import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import {
  unpackObservation,
  type Observation,
} from "../../offchain/kernel/observation.ts";
import { oddsOf, proveOdds } from "../../offchain/loop/odds-proof.ts";
import { recipeInArchive } from "../../offchain/loop/recipe.ts";
import { observe } from "../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../offchain/market/parse.ts";
import { compose, marketText, recipeFrom, type Deps } from "../compose.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import { requireLasting } from "../lasting.ts";
import { oddsLines, proofLines } from "../console/odds-report.ts";
import { parseWhole, parseWorkers } from "../console/options.ts";

interface OddsArguments {
  readonly batch: string | undefined;
  readonly market: string | undefined;
  readonly recipe: string | undefined;
  readonly car: string | undefined;
  readonly workers: string | undefined;
  readonly json: boolean;
}

/** `npx hardhat odds`: the odds that hold now, or those of a batch with the proof that it obeyed them. */
export default async function (
  args: OddsArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const workers = parseWorkers(args.workers);
    const batch =
      args.batch === undefined
        ? undefined
        : parseWhole(args.batch, {
            what: "batch",
            low: 1,
            high: 999_999_999,
            code: "options/bad-batch",
          });
    const deps = await compose(hre, { deploy: false, keys: false });
    try {
      if (batch === undefined) await showOdds(hre, deps, console, args);
      else await showProof(hre, deps, console, { ...args, batch, workers });
    } finally {
      await deps.close();
    }
  });
}

async function showOdds(
  hre: HardhatRuntimeEnvironment,
  { chain, network }: Deps,
  console: Console,
  { market, recipe: name }: OddsArguments,
): Promise<void> {
  const recipe = await recipeFrom(hre, name);
  const newest =
    market === undefined ? (await chain.rounds()).at(-1) : undefined;
  let from: string;
  let observation: Observation;
  if (newest === undefined) {
    const file = await marketText(hre, market);
    from = file.name;
    observation = observe(parseMarketCsv(file.text, { name: file.name }));
  } else {
    from = `round ${newest.round} on ${network}`;
    observation = unpackObservation(newest.observation);
  }
  const odds = oddsOf(recipe, observation);
  const document = { network, recipe: recipe.id, from, observation, odds };
  console.result(document, () => oddsLines(document));
}

async function showProof(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
  {
    batch,
    recipe: name,
    car,
    workers,
  }: Omit<OddsArguments, "batch" | "workers"> & {
    readonly batch: number;
    readonly workers: number;
  },
): Promise<void> {
  requireLasting(deps, `Batch \`${batch}\``);
  const { archives, chain, hash, network } = deps;
  await chain.openedEvent(batch);
  const archive =
    car === undefined
      ? await archives.find((await chain.batchOf(batch)).root)
      : await archives.open(car);
  try {
    const recipe =
      archive !== undefined && name === undefined
        ? await recipeInArchive(archive)
        : await recipeFrom(hre, name);
    const pool = deps.pool(recipe, workers);
    const proof = await proveOdds(
      { chain, archives, hash, recipe, pool, progress: console },
      batch,
      archive,
    );
    console.result({ network, recipe: recipe.id, ...proof }, () =>
      proofLines(proof),
    );
  } finally {
    await archive?.close();
  }
}
