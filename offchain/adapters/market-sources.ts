import { FatalError } from "../kernel/errors.ts";
import type { Reading } from "../market/reading.ts";
import { coinbase } from "../market/sources/coinbase.ts";
import { coingecko } from "../market/sources/coingecko.ts";
import { fearAndGreed } from "../market/sources/fear-and-greed.ts";
import { opensea } from "../market/sources/opensea.ts";

/** What is looked at. */
export interface Subject {
  /** What CoinGecko calls the chain's coin, and Coinbase the pair: `ethereum`, `ETH-USD`. */
  readonly coin: string;
  readonly pair: string;
  /** What OpenSea calls the collection. */
  readonly slug?: string | undefined;
}

/** The chain's coin against the dollar. */
export const ETHER: Subject = { coin: "ethereum", pair: "ETH-USD" };

/** Services that are asked over the network. */
export const SERVICES = [
  "coingecko",
  "coinbase",
  "fear-and-greed",
  "opensea",
] as const;
export type Service = (typeof SERVICES)[number];

/** Those that need no key: what is asked where nothing is named. */
export const DEFAULT_SOURCES: readonly Service[] = [
  "coingecko",
  "coinbase",
  "fear-and-greed",
];

/** Days asked for: an observation looks back on 31, and the running one is none of them. */
const DAYS = 40;

/** How one service is asked. */
export interface ServiceRule {
  readonly kind: Reading["kind"];
  /** Where it answers; tests ask another host. */
  readonly host: string;
  /** @throws FatalError `market/no-slug`. */
  readonly path: (subject: Subject) => string;
  /** Header of its key; undefined if it takes none. */
  readonly keyHeader: string | undefined;
  readonly needsKey: boolean;
  /** @throws FatalError `market/...`. */
  readonly read: (text: string, at: number) => Reading;
}

/** The services' rules. Their answers are parsed by offchain/market/sources. */
export const RULES: Readonly<Record<Service, ServiceRule>> = {
  coingecko: {
    kind: "prices",
    host: "https://api.coingecko.com",
    path: ({ coin }) =>
      `/api/v3/coins/${encodeURIComponent(coin)}/market_chart?vs_currency=usd&days=${DAYS}&interval=daily`,
    keyHeader: "x-cg-demo-api-key",
    needsKey: false,
    read: coingecko,
  },
  coinbase: {
    kind: "prices",
    host: "https://api.exchange.coinbase.com",
    path: ({ pair }) =>
      `/products/${encodeURIComponent(pair)}/candles?granularity=86400`,
    keyHeader: undefined,
    needsKey: false,
    read: coinbase,
  },
  "fear-and-greed": {
    kind: "sentiment",
    host: "https://api.alternative.me",
    path: () => "/fng/?limit=2",
    keyHeader: undefined,
    needsKey: false,
    read: fearAndGreed,
  },
  opensea: {
    kind: "collection",
    host: "https://api.opensea.io",
    path: ({ slug }) => {
      if (slug !== undefined)
        return `/api/v2/collections/${encodeURIComponent(slug)}/stats`;
      throw new FatalError(
        "market/no-slug",
        "Source `opensea` needs the collection's name there; give its slug, or leave the source out.",
      );
    },
    keyHeader: "x-api-key",
    needsKey: true,
    read: (text, at) => opensea(text, { at }),
  },
};
