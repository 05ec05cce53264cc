/** One day of a market, in fixed point with 18 decimals. */
export interface DayPoint {
  /** Days since 1970-01-01 (UTC). */
  readonly day: number;
  /** Candles: the close. Sales: the median of the day's prices. Always above zero. */
  readonly price: bigint;
  /** Candles: the volume as given. Sales: the sum of the day's prices. Never negative. */
  readonly volume: bigint;
  /** The time of the day's last row, unix seconds. */
  readonly time: number;
}

/** One sale above zero. */
export interface Sale {
  /** Unix seconds. */
  readonly time: number;
  /** Fixed point, 18 decimals. */
  readonly price: bigint;
  /** Which work, where the source tells. */
  readonly token?: string;
}

/** What was found and what was done about it: counts, to be shown to whoever gave the file. */
export interface CleaningReport {
  /** Rows read, blank ones left out. */
  readonly rows: number;
  /** Rows that the series rests on. */
  readonly used: number;
  /** Blank rows: skipped. */
  readonly blank: number;
  /** Rows earlier than the row before them: sorted. */
  readonly unsorted: number;
  /** Candles beyond a day's first: merged. Sales that repeat a row in full: dropped. */
  readonly repeated: number;
  /** Sales at zero (gifts, transfers between own wallets): dropped. */
  readonly zeroPrice: number;
  /** Days with a candle whose volume is zero: kept, the price did not move. */
  readonly zeroVolume: number;
  /** Candles whose open or close lies outside low..high: kept, only the close is used. */
  readonly inconsistent: number;
  /** Neighbouring days whose prices differ tenfold or more: kept, damped in the statistics. */
  readonly jumps: number;
  /** Places where one or more days are missing: kept, the change counts as one period. */
  readonly gaps: number;
  /** Days from one row to the next at the widest place; 1 where none is missing. */
  readonly widestStep: number;
}

/** A cleaned market: ascending, one point a day. The same whatever order the rows came in, `report.unsorted` aside. */
export interface MarketSeries {
  /** Where it came from, for messages. */
  readonly name: string;
  readonly kind: "candles" | "sales";
  readonly days: readonly DayPoint[];
  /** Ascending by time, then price; empty for candles. */
  readonly sales: readonly Sale[];
  readonly report: CleaningReport;
}
