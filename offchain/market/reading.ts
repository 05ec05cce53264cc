import type { Observation } from "../kernel/observation.ts";
import type { MarketSeries } from "./series.ts";

/** The fields that sources tell. */
export const MARKET_FIELDS = [
  "change",
  "volatility",
  "trend",
  "sentiment",
  "floor",
  "volume",
] as const;
export type MarketField = (typeof MARKET_FIELDS)[number];

/**
 * What one source said, parsed and in its own words. Which fields it can tell follows from its kind:
 * - `prices`: daily prices of one asset: change, volatility, trend, floor, and volume where `tellsVolume`;
 * - `collection`: one collection's own market as a service counts it: floor, volume;
 * - `sales`: the collection's own sales, read from the chain: floor, volume;
 * - `sentiment`: fear and greed.
 */
export type Reading =
  | {
      readonly kind: "prices";
      readonly source: string;
      readonly series: MarketSeries;
      /** False for one venue among several, whose volume is not the market's. */
      readonly tellsVolume: boolean;
    }
  | {
      readonly kind: "collection";
      readonly source: string;
      /** Unix seconds of the count. */
      readonly time: number;
      /** Fixed point, 18 decimals, of the chain's currency; undefined if it tells none. */
      readonly floor: bigint | undefined;
      /** Of the last day, fixed point, 18 decimals. */
      readonly volume: bigint | undefined;
    }
  | {
      readonly kind: "sales";
      readonly source: string;
      /** Ascending by time. */
      readonly sales: readonly OwnSale[];
    }
  | {
      readonly kind: "sentiment";
      readonly source: string;
      readonly time: number;
      /** 0 extreme fear .. 10000 extreme greed. */
      readonly sentiment: number;
    };

/** One sale of one work of the collection, from an event of a marketplace. */
export interface OwnSale {
  /** Unix seconds of its block. */
  readonly time: number;
  /** What the buyer paid in all, 18 decimals. */
  readonly price: bigint;
  /** Lower-case addresses. */
  readonly buyer: string;
  readonly seller: string;
  readonly token: string;
}

/** A source that could not be read at all: it is dead, or told what is no answer of its. */
export interface DeadSource {
  readonly source: string;
  /** What it would have told: a floor does not change its unit because the source that tells it died. */
  readonly kind: Reading["kind"];
  /** Code of the error that it would be alone. */
  readonly code: string;
  readonly why: string;
}

/** Something that a source said and that was not used, and why. */
export interface Discard {
  readonly source: string;
  /** Undefined for all that it said. */
  readonly field: MarketField | undefined;
  /** `market/dead`, `market/stale`, `market/disagree`, ...: stable. */
  readonly code: string;
  /** One sentence. */
  readonly why: string;
}

/** One observation out of several sources, and what it rests on. */
export interface Observed {
  readonly observation: Observation;
  /** The sources that each present field is the median of, in alphabetical order. */
  readonly used: Readonly<Record<MarketField, readonly string[]>>;
  readonly discarded: readonly Discard[];
}
