import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { Observation } from "../kernel/observation.ts";
import { DAY } from "../market/calendar.ts";
import { observe } from "../market/observe.ts";
import { ONE } from "../market/decimal.ts";
import type { MarketSeries } from "../market/series.ts";
import { createTape, type Tape } from "../steward/backtest/tape.ts";
import type { MarketPoint } from "../steward/policy.ts";

/** Days, and sales, that an observation looks back on at most (offchain/market/observe.ts). */
const DAYS_BACK = 31;
const SALES_BACK = 30;
const MILLION = 1_000_000;

/**
 * Recorded sales as a tape for a backtest: each day that had sales and that an oracle could tell is a round, the very observation that
 * the product would have brought that night.
 * @throws FatalError `backtest/not-sales` for candles, and what {@link createTape} throws.
 */
export function tapeOf(series: MarketSeries): Tape {
  if (series.kind !== "sales")
    throw new FatalError(
      "backtest/not-sales",
      `\`${series.name}\` holds daily candles; give --market a CSV of sales, timestamp,token_id,price_eth.`,
    );
  const sales = series.sales.map(({ time, price, token = "" }) => ({
    time,
    price: Number(price) / (Number(ONE) / MILLION),
    token,
  }));
  return createTape(series.name, sales, roundsOf(series));
}

/** A round at the end of each day that an oracle could tell. */
export function roundsOf(series: MarketSeries): MarketPoint[] {
  const { days, sales } = series;
  let sold = 0;
  return days
    .flatMap(({ day }, i) => {
      const time = (day + 1) * DAY;
      while (sold < sales.length && (sales[sold]?.time ?? time) < time) sold++;
      // Only what the observation can look back on is handed over: the same integers, without sorting the whole past every day.
      const seen = look({
        ...series,
        days: days.slice(Math.max(0, i + 1 - DAYS_BACK), i + 1),
        sales: sales.slice(Math.max(0, sold - SALES_BACK), sold),
      });
      return seen === undefined ? [] : [{ time, seen }];
    })
    .map(({ time, seen }, i) => pointOf(i + 1, time, seen));
}

/** Undefined on days that the oracle would have been silent. */
function look(known: MarketSeries): Observation | undefined {
  try {
    return observe(known);
  } catch (error) {
    if (isLoopError(error, "market/gap-too-wide")) return undefined;
    throw error;
  }
}

function pointOf(round: number, time: number, seen: Observation): MarketPoint {
  const { present } = seen;
  return {
    round,
    time,
    ...(present.change ? { change: seen.change } : {}),
    ...(present.volatility ? { volatility: seen.volatility } : {}),
    ...(present.trend ? { trend: seen.trend } : {}),
    ...(present.sentiment ? { sentiment: seen.sentiment } : {}),
    ...(present.floor ? { floor: seen.floor } : {}),
    // An observation counts volume in thousandths.
    ...(present.volume ? { volume: seen.volume * 1_000 } : {}),
  };
}
