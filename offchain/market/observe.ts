import { FatalError } from "../kernel/errors.ts";
import {
  NEUTRAL_OBSERVATION,
  type Observation,
} from "../kernel/observation.ts";

import { DAY, isoDate } from "./calendar.ts";
import { ONE } from "./decimal.ts";
import { daysOfSales } from "./sales.ts";
import type { DayPoint, MarketSeries } from "./series.ts";
import {
  deviation,
  integerRoot,
  lowerMedian,
  quantile,
  winsorise,
} from "./statistics.ts";

/** Steps from day to day that an observation rests on: `days.length` is at most one more. */
export const WINDOW = 30;

/** Widest step inside the window, in days: exchanges never close, collections may rest. */
export const WIDEST_STEP = { candles: 7, sales: 60 } as const;

/** Fewest steps that give a volatility, and fewest days that give a trend. */
const LEAST_STEPS = 5;
const LEAST_TREND_DAYS = 10;
/** Days at each end whose median a trend compares. */
const TREND_ENDS = 5;
/** The part of the steps at each end that is damped: of 30, the wildest up and the wildest down. */
const DAMPED_SHARE = 20;
/** Sales that a floor rests on. */
const FLOOR_SALES = 30;

const MILLION = 1_000_000n;

/**
 * What a market looks like at a moment: a pure function of the series, integers only. A field is absent (and neutral)
 * where the series is too short for it; sentiment is always absent, since prices do not tell it. The parameters
 * (`guardThreshold`, `oddsSensitivity`, `sizeLog2`) are the neutral ones, for the caller to set.
 *
 * - change: last day's price against the day before it in the series, bps, cut towards zero;
 * - volatility: sample deviation of the last 30 steps 2(b - a)/(b + a), a step over k days divided by the root of k,
 *   the wildest twentieth at each end drawn in, bps: a price that moves 100x and back leaves no trace;
 * - trend: median of the last five days against the median of the first five of the last 31, bps;
 * - floor: the last close, or the lowest tenth of the last 30 sales (rank 2 of 0..29), in millionths;
 * - volume: the last day's, in thousandths;
 * - time: of the last row.
 * @param at unix seconds: look no further than this. A sale counts from its second, a candle from the end of its day.
 * @throws FatalError `market/nothing-before` if nothing is that old, `market/gap-too-wide` if days are missing inside
 * the window (more than 7 for candles, 60 for sales).
 */
export function observe(
  series: MarketSeries,
  { at }: { readonly at?: number } = {},
): Observation {
  const { days, prices } = known(series, at);
  const window = days.slice(-(WINDOW + 1));
  const last = window.at(-1);
  if (last === undefined) {
    throw new FatalError(
      "market/nothing-before",
      `\`${series.name}\` holds nothing from before \`${at}\`; ask for a later time, in unix seconds.`,
    );
  }
  requireDense(window, series);
  const before = window.at(-2);
  const steps = window.slice(1).map((point, i) => step(window[i], point));
  const ends = [window.slice(0, TREND_ENDS), window.slice(-TREND_ENDS)].map(
    (end) => lowerMedian(end.map((point) => point.price)),
  ) as [bigint, bigint];
  const floor =
    series.kind === "candles"
      ? last.price
      : quantile(prices.slice(-FLOOR_SALES), 1, 10);
  const present = {
    change: before !== undefined,
    volatility: steps.length >= LEAST_STEPS,
    trend: window.length >= LEAST_TREND_DAYS,
    sentiment: false,
    floor: true,
    volume: true,
  };
  return {
    ...NEUTRAL_OBSERVATION,
    present,
    change: present.change ? signed16(relative(before?.price, last.price)) : 0,
    volatility: present.volatility
      ? Math.min(
          65_535,
          Math.floor(deviation(winsorise(steps, DAMPED_SHARE)) / 100),
        )
      : 0,
    trend: present.trend ? signed16(relative(...ends)) : 0,
    floor: unsigned48(floor / (ONE / MILLION)),
    volume: unsigned48(last.volume / (ONE / 1_000n)),
    time: last.time,
  };
}

/** The part of a series that could be known at a time: days, and the prices of sales, both ascending. */
function known(
  { kind, days, sales }: MarketSeries,
  at: number | undefined,
): { days: readonly DayPoint[]; prices: bigint[] } {
  if (at === undefined)
    return { days, prices: sales.map((sale) => sale.price) };
  if (kind === "candles")
    return {
      days: days.filter(({ day }) => (day + 1) * DAY <= at),
      prices: [],
    };
  const past = sales.filter(({ time }) => time <= at);
  return {
    days: daysOfSales(past),
    prices: past.map((sale) => sale.price),
  };
}

function requireDense(
  window: readonly DayPoint[],
  { kind, name }: MarketSeries,
): void {
  window.forEach((point, i) => {
    const before = window[i - 1];
    if (before === undefined || point.day - before.day <= WIDEST_STEP[kind])
      return;
    throw new FatalError(
      "market/gap-too-wide",
      `\`${name}\` has nothing between \`${isoDate(before.day)}\` and \`${isoDate(point.day)}\`, more than ${WIDEST_STEP[kind]} days; fill the gap, or cut the file off before or after it.`,
    );
  });
}

/** Millionths of 2(b - a)/(b + a), a bounded and symmetric stand-in for the logarithm, for one day of a k-day step. */
function step(a: DayPoint | undefined, b: DayPoint): number {
  if (a === undefined) return 0;
  const whole = Number(
    (2n * MILLION * (b.price - a.price)) / (b.price + a.price),
  );
  const days = b.day - a.day;
  return days === 1
    ? whole
    : Math.trunc((whole * 1_000) / integerRoot(days * 1_000_000));
}

/** Change from a to b in bps, cut towards zero. */
function relative(a = 1n, b: bigint): bigint {
  return (10_000n * (b - a)) / a;
}

function signed16(value: bigint): number {
  return Number(
    value > 32_767n ? 32_767n : value < -32_768n ? -32_768n : value,
  );
}

function unsigned48(value: bigint): number {
  const most = (1n << 48n) - 1n;
  return Number(value > most ? most : value);
}
