import { createAccountCourier } from "../../offchain/adapters/courier-account.ts";
import type { ChainOptions } from "../../offchain/adapters/chain-ethers.ts";
import { createDesk } from "../../offchain/adapters/courier-desk.ts";
import {
  createReporters,
  createReportersCourier,
} from "../../offchain/adapters/courier-reporters.ts";
import type { Wallets } from "../../offchain/adapters/wallet-ethers.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import type { AdapterKind, Chain } from "../../offchain/loop/chain.ts";
import type { Courier } from "../../offchain/loop/courier.ts";
import type { FiledReport } from "../../offchain/loop/gather-reports.ts";
import type { MarketSeries } from "../../offchain/market/series.ts";
import type { Reporters } from "../../offchain/loop/reporters.ts";

/** What couriers are made of. */
export interface CourierWiring {
  readonly chain: Chain;
  /** The chain's own. */
  readonly options: ChainOptions;
  readonly wallets: Wallets;
}

/** What some couriers need besides. */
export interface CourierOptions {
  /** Reports of other reporters. */
  readonly handedIn?: readonly FiledReport[] | undefined;
  /** What the nodes of a development chain look at. */
  readonly series?: MarketSeries | undefined;
}

/** The courier of an adapter. What speaks to a vendor is loaded only for that vendor. */
export async function courierOf(
  { chain, options, wallets }: CourierWiring,
  { kind, address }: { readonly kind: AdapterKind; readonly address: Hex },
  { handedIn = [], series }: CourierOptions = {},
): Promise<Courier> {
  const desk = createDesk(options);
  const adapter = address;
  switch (kind) {
    case "account":
      return createAccountCourier(chain);
    case "signed-reporters":
      return createReportersCourier({ desk, wallets, adapter }, { handedIn });
    case "data-feeds": {
      const feeds = await import("../../offchain/adapters/courier-feeds.ts");
      return feeds.createFeedsCourier({ desk, adapter });
    }
    case "cre": {
      const cre = await import("../../offchain/adapters/courier-cre.ts");
      return cre.createCreCourier({ desk, adapter });
    }
    case "functions": {
      const { functionsCourierOf } = await import("./functions.ts");
      return functionsCourierOf(options, desk, { adapter, series });
    }
  }
}

/** The reporters at an address. */
export function reportersAt(
  { options, wallets }: CourierWiring,
  adapter: Hex,
): Reporters {
  return createReporters({ desk: createDesk(options), wallets, adapter });
}
