import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { ChainOptions } from "../../offchain/adapters/chain-ethers.ts";
import { createFees } from "../../offchain/adapters/chain-fees.ts";
import {
  readStanding,
  type StandingQuery,
} from "../../offchain/adapters/chain-standing.ts";
import { createPriceOf } from "../../offchain/adapters/price-fetch.ts";
import { createRpc, type RpcProvider } from "../../offchain/adapters/rpc.ts";
import type { Purse } from "../../offchain/loop/budget.ts";
import type {
  Fees,
  PriceOf,
  Rehearse,
  Standing,
} from "../../offchain/loop/ports-fees.ts";

/** What transactions cost, and the guard over them. */
export interface Spending {
  readonly fees: Fees;
  readonly rehearse: Rehearse;
  readonly priceOf: PriceOf;
  standing(query: StandingQuery): Promise<Standing>;
  /** From now on this purse is asked before anything is signed. */
  limit(purse: Purse): void;
}

/** The {@link Spending} of a network. The guard has to be there before the chain that asks it, and the chain before the rest. */
export function createSpending(
  hre: HardhatRuntimeEnvironment,
  provider: RpcProvider,
): {
  readonly mayCost: Purse["mayCost"];
  readonly of: (options: ChainOptions) => Spending;
} {
  let purse: Purse | undefined;
  return {
    mayCost: async (key, most) => purse?.mayCost(key, most),
    of: (options) => ({
      fees: createFees(createRpc(provider)),
      rehearse: async (request) =>
        (await import("./rehearsal.ts")).rehearse(hre, request),
      priceOf: priceSource(),
      standing: (query) => readStanding(options, query),
      limit(given) {
        purse = given;
      },
    }),
  };
}

/** Prices by CoinGecko; its key is optional. */
export function priceSource(): PriceOf {
  return createPriceOf({ key: process.env["COINGECKO_API_KEY"] });
}
