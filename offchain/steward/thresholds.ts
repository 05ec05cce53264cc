const DAY = 86_400;

/** Every number that a rule turns on. Times in seconds, rates in bps, shares in percent. */
export const THRESHOLDS = {
  /** Our own market is compared over this long with as long before. */
  window: 14 * DAY,
  /** Fewer sales than this in either window say nothing. */
  leastSales: 8,
  /** Volume below this share of before has fallen; above that one it has risen. */
  fallen: 60,
  risen: 150,
  /** A royalty up to this one is never blamed for fallen sales. */
  lowRoyalty: 300,
  /** Volume that rises by ever smaller sales is churn: the mean price must be at least this share of before. */
  steadyPrice: 90,
  /** Volatility of the market from which it is wild, and up to which it is calm: the median of the last rounds. */
  wild: 800,
  calm: 250,
  /** Rounds of which that median is taken. */
  rounds: 5,
  /** Where guard and odds rest in a calm market, as a new collection has them, and epochs: one a day. */
  restingGuard: 5_000,
  restingOdds: 10_000,
  restingCadence: DAY,
  /** Burns in two windows from which works are burned gladly, so that a forging may ask for more. */
  manyBurns: 20,
  /** A burn count is never lowered below this; one of zero is the DAO's to open. */
  fewestBurned: 2,
} as const;
