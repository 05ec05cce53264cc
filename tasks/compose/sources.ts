import { createRpc } from "../../offchain/adapters/rpc.ts";
import type { ChainOptions } from "../../offchain/adapters/chain-ethers.ts";
import { fetchSources } from "../../offchain/adapters/market-fetch.ts";
import { ETHER } from "../../offchain/adapters/market-sources.ts";
import { readSales } from "../../offchain/adapters/sales-seaport.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import type { Chain } from "../../offchain/loop/chain.ts";
import type { DeadSource, Reading } from "../../offchain/market/reading.ts";

/** What is asked, and when. */
export interface Asking {
  readonly names: readonly string[];
  /** Unix seconds. */
  readonly at: number;
  /** What OpenSea calls the collection. */
  readonly slug?: string | undefined;
  readonly signal?: AbortSignal;
}

/** Where keys are found: none is needed for the default sources. */
const KEYS = {
  coingecko: "COINGECKO_API_KEY",
  opensea: "OPENSEA_API_KEY",
} as const;

/** Blocks that may still be reorganised: their sales are not read yet. */
const UNSETTLED = 64;

/** Asks sources; one that is dead is among the answers and says why. */
export async function askSources(
  { chain, options }: { readonly chain: Chain; readonly options: ChainOptions },
  { names, at, slug, signal }: Asking,
): Promise<readonly (Reading | DeadSource)[]> {
  const { provider, collectionAddress, fromBlock = 0 } = options;
  return fetchSources(names, {
    at,
    signal,
    subject: { ...ETHER, slug },
    keys: Object.fromEntries(
      Object.entries(KEYS).flatMap(([service, variable]) => {
        const key = process.env[variable];
        return key === undefined ? [] : [[service, async () => key]];
      }),
    ),
    async sales() {
      const { development } = await chain.instance();
      const to = (await chain.height()) - (development ? 0 : UNSETTLED);
      const collection = collectionAddress.toLowerCase() as Hex;
      const rpc = createRpc(provider);
      const query = { rpc, collection, from: fromBlock, to };
      return (await readSales(query)).sales;
    },
  });
}
