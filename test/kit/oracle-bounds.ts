/** An oracle that bounds nothing, but hears its fallback after a day; see contracts/interfaces/IMarketOracle.sol. */
export const WIDE_BOUNDS = {
  leastInterval: 0n,
  staleAfter: 86_400n,
  maxAge: 0n,
  maxChange: 32_768n,
  maxVolatility: 65_535n,
  maxTrend: 32_768n,
  maxFloorFactor: 0n,
} as const;

/** What the Ignition module gives an oracle unless told otherwise: what a public chain's has. */
export const DEFAULT_BOUNDS = {
  ...WIDE_BOUNDS,
  leastInterval: 3_600n,
  staleAfter: 259_200n,
  maxAge: 259_200n,
  maxFloorFactor: 10n,
} as const;
