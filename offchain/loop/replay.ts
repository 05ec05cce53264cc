import type { Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import { packObservation, type Observation } from "../kernel/observation.ts";
import { DAY } from "../market/calendar.ts";
import { observe } from "../market/observe.ts";
import type { MarketSeries } from "../market/series.ts";

/** One moment of a replay: what was observed, or why nothing was. */
export type Moment =
  | {
      /** Unix seconds: nothing later was looked at. */
      readonly at: number;
      readonly observation: Observation;
      readonly packed: Hex;
    }
  | { readonly at: number; readonly discarded: string };

/**
 * A market seen again at `count` moments, `step` days apart, as an oracle would have brought it: a moment that gives no observation,
 * or one that is no newer than the one before it, is discarded and says why.
 * @param first unix seconds of the first moment.
 * @param after unix seconds of the newest observation that is known already.
 */
export function replay(
  series: MarketSeries,
  {
    first,
    count,
    step,
    after,
  }: {
    readonly first: number;
    readonly count: number;
    readonly step: number;
    readonly after: number;
  },
): readonly Moment[] {
  let newest = after;
  return Array.from({ length: count }, (_, i) => {
    const at = first + i * step * DAY;
    const seen = lookAt(series, at);
    if (typeof seen === "string") return { at, discarded: seen };
    if (seen.time <= newest)
      return { at, discarded: "nothing newer than the observation before it" };
    newest = seen.time;
    return { at, observation: seen, packed: packObservation(seen) };
  });
}

/** The observation of a moment; why there is none, otherwise. */
function lookAt(series: MarketSeries, at: number): Observation | string {
  try {
    return observe(series, { at });
  } catch (error) {
    if (isLoopError(error) && error.code.startsWith("market/"))
      return `${error.code}: ${error.message}`;
    throw error;
  }
}
