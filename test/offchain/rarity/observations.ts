import fc from "fast-check";

import {
  NEUTRAL_OBSERVATION,
  type Observation,
} from "../../../offchain/kernel/observation.ts";

/** An observation of the three fields that odds look at. */
export function marketOf(
  volatility: number,
  trend: number,
  sentiment: number,
): Observation {
  const present = {
    ...NEUTRAL_OBSERVATION.present,
    volatility: true,
    trend: true,
    sentiment: true,
  };
  return { ...NEUTRAL_OBSERVATION, present, volatility, trend, sentiment };
}

/** Any market at all. */
export const markets: fc.Arbitrary<Observation> = fc
  .tuple(
    fc.nat(65_535),
    fc.integer({ min: -32_768, max: 32_767 }),
    fc.nat(10_000),
  )
  .map(([volatility, trend, sentiment]) =>
    marketOf(volatility, trend, sentiment),
  );

/** Any sensitivity that conditions can hold. */
export const sensitivities = fc.nat(65_535);

/** Any generation that conditions can hold. */
export const generations = fc.nat(15);
