import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import { isLoopError } from "../../offchain/kernel/errors.ts";
import { packObservation } from "../../offchain/kernel/observation.ts";
import { coinOf, type Coin } from "../../offchain/loop/coins.ts";
import { batchCounts, estimateGas } from "../../offchain/loop/estimate.ts";
import { estimateWorks } from "../../offchain/loop/estimate-works.ts";
import type { PriceOf } from "../../offchain/loop/ports-fees.ts";
import { observe } from "../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../offchain/market/parse.ts";
import { datasetNamed } from "../../offchain/loop/register-recipe.ts";
import { marketText, recipeFrom } from "../compose.ts";
import { composeEconomics } from "../compose/economics.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import { parseCurrency, parsePrice } from "../console/economics-options.ts";
import {
  estimateDocument,
  estimateLines,
  type Price,
} from "../console/estimate-report.ts";
import {
  parseAddress,
  parseCount,
  parseSize,
  parseWorkers,
} from "../console/options.ts";

interface EstimateArguments {
  readonly count: string | undefined;
  readonly size: string | undefined;
  readonly to: string | undefined;
  readonly recipe: string | undefined;
  readonly workers: string | undefined;
  readonly currency: string | undefined;
  readonly price: string | undefined;
  readonly json: boolean;
}

/** Pixels that a sample paints at most: a few works of the default size, one of a large one. */
const SAMPLE_PIXELS = 8 * 512 ** 2;

/** Most works of a sample: of small pictures the first few say little. */
const MOST_SAMPLED = 32;

/** Holds nothing anywhere: a recipient that nobody named. */
const NOBODY_YET: Hex = `0x${"88".repeat(20)}`;

/** `npx hardhat estimate`: what minting so many works would cost now; sends nothing and needs no key. */
export default async function (
  args: EstimateArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const count = parseCount(args.count);
    const workers = parseWorkers(args.workers);
    const currency = parseCurrency(args.currency);
    const given = parsePrice(args.price);
    const named = args.to === undefined ? undefined : parseAddress(args.to);
    const recipe = await recipeFrom(hre, args.recipe);
    const size = parseSize(args.size, recipe.manifest);
    const { name, text } = await marketText(hre);
    const conditions = packObservation({
      ...observe(parseMarketCsv(text, { name })),
      sizeLog2: 31 - Math.clz32(size),
    });
    const counts = batchCounts(count);

    const world = await composeEconomics(hre);
    try {
      const { network, chainId, places } = world;
      const to = named ?? (await world.operator());
      const query = { to: to ?? NOBODY_YET, recipe: recipe.id };
      const standing = await world.standing(query);
      const coin = coinOf(chainId);
      const price = await priceIn(world.priceOf, console, {
        coin,
        currency,
        given,
      });
      const gas = await estimateGas(
        {
          ...query,
          dataset: datasetNamed(recipe),
          standing,
          counts,
          conditions,
        },
        world,
      );
      const pool = world.pool(recipe, workers);
      const fits = Math.floor(SAMPLE_PIXELS / size ** 2);
      const sample = Math.max(1, Math.min(count, MOST_SAMPLED, fits));
      const works = await estimateWorks(
        { counts, conditions, sample },
        { ...world, recipe, pool },
      );
      const found = {
        network,
        chainId,
        coin,
        count,
        counts,
        size,
        gas,
        works,
        places,
        deployed: standing.deployed,
        recipient: { known: to !== undefined, holds: standing.holds },
        price,
      };
      console.result(estimateDocument(found), () => estimateLines(found));
    } finally {
      await world.close();
    }
  });
}

/** What was given, or what a market says; where none can be asked, the estimate tells the coin only. */
async function priceIn(
  priceOf: PriceOf,
  console: Console,
  {
    coin,
    currency,
    given,
  }: {
    readonly coin: Coin;
    readonly currency: string | undefined;
    readonly given: bigint | undefined;
  },
): Promise<Price | undefined> {
  if (given !== undefined)
    return { currency: currency ?? "usd", price: given, source: "as given" };
  if (currency === undefined || coin.market === undefined) return undefined;
  try {
    const price = await priceOf(coin.market, currency);
    return { currency, price, source: "by coingecko" };
  } catch (error) {
    if (!isLoopError(error)) throw error;
    console.note(
      `${error.message} The estimate tells ${coin.symbol} only; give --price for the rest.`,
    );
    return undefined;
  }
}
