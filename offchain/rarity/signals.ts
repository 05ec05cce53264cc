import type { Observation } from "../kernel/observation.ts";

/** How the market stands, each from -10000 to 10000, 0 when calm or not observed. */
export interface Signals {
  readonly volatility: number;
  readonly trend: number;
  readonly sentiment: number;
}

/** The full size of a signal. */
export const FULL = 10_000;

/** Daily deviation, bps, of an ordinary crypto market (the median of its last ten years): neither calm nor wild. */
const USUAL_VOLATILITY = 300;
/** Change over 30 days, bps, that gives half the full signal: a fifth up or down is a strong month. */
const STRONG_TREND = 2_000;

/**
 * What an observation says to the odds. Both curves x/(|x| + c) rise everywhere and flatten out, so that a wild market
 * still differs from a wilder one, and no number can leave the range.
 */
export function signalsOf({
  present,
  volatility,
  trend,
  sentiment,
}: Observation): Signals {
  return {
    volatility: present.volatility
      ? Math.trunc(
          ((volatility - USUAL_VOLATILITY) * FULL) /
            (volatility + USUAL_VOLATILITY),
        )
      : 0,
    trend: present.trend
      ? Math.trunc((trend * FULL) / (Math.abs(trend) + STRONG_TREND))
      : 0,
    sentiment: present.sentiment ? (sentiment - 5_000) * 2 : 0,
  };
}
