import { FatalError, type ErrorCode } from "../kernel/errors.ts";
import type { Observation } from "../kernel/observation.ts";

import { DAY } from "./calendar.ts";
import { LARGEST, ONE } from "./decimal.ts";
import { JUMP } from "./gaps.ts";
import { observe } from "./observe.ts";
import { MARKET_FIELDS, type MarketField, type Reading } from "./reading.ts";
import type { MarketSeries, Sale } from "./series.ts";
import { wrongIn } from "./sources/own-sales.ts";
import { LEAST_BUYERS, weighSales } from "./weigh-sales.ts";

/** The four kinds of sources. */
export type ReadingKind = Reading["kind"];

/**
 * How old the last data of a source may be, seconds before the moment looked at. A candle has the time of its day's beginning, so the
 * last whole day is up to two days old; one more may be missing. Sales are as old as their window lets them be.
 */
export const MAX_AGE = {
  prices: 3 * DAY,
  collection: 2 * DAY,
  sales: 31 * DAY,
  sentiment: 3 * DAY,
} as const satisfies Record<ReadingKind, number>;

/** Data may lie so far after the moment looked at: clocks differ, and a service may have turned to the next day. */
const AHEAD = DAY;
const LAST_SECOND = 2 ** 40 - 1;
const MOST = (1n << 48n) - 1n;

/** The fields that one source tells, as an observation holds them. */
export type Fields = Readonly<Partial<Record<MarketField, number>>>;

/** What one source tells at a moment. */
export interface Told {
  readonly source: string;
  readonly kind: ReadingKind;
  /** Of its last data, never after the moment looked at. */
  readonly time: number;
  readonly fields: Fields;
}

/**
 * What one reading tells at a moment (unix seconds).
 * @throws FatalError why it tells nothing: `market/empty`, `market/absurd`, `market/future`, `market/stale`, `market/too-few-buyers`,
 * and what {@link observe} throws.
 */
export function tell(
  reading: Reading,
  at: number,
  maxAge: Readonly<Record<ReadingKind, number>>,
): Told {
  const { source, kind } = reading;
  const { time, fields } = told(reading, at);
  requireTime(source, time, at);
  const age = at - time;
  if (age > maxAge[kind])
    throw refuse(
      "market/stale",
      `\`${source}\` last tells something ${age} seconds before the moment looked at, above ${maxAge[kind]}`,
    );
  if (Object.keys(fields).length === 0)
    throw refuse("market/empty", `\`${source}\` tells no field`);
  return { source, kind, time: Math.min(time, at), fields };
}

function told(
  reading: Reading,
  at: number,
): { readonly time: number; readonly fields: Fields } {
  const { source } = reading;
  switch (reading.kind) {
    case "prices": {
      const { series, tellsVolume } = reading;
      requireSeries(source, series, at);
      const observation = observe(series, { at });
      requireNoLeap(source, series, at);
      return {
        time: observation.time,
        fields: fieldsOf(observation, tellsVolume),
      };
    }
    case "collection": {
      const { floor, volume, time } = reading;
      return {
        time,
        fields: {
          ...(floor !== undefined && { floor: floorOf(source, floor) }),
          ...(volume !== undefined && { volume: volumeOf(source, volume) }),
        },
      };
    }
    case "sales": {
      const wrong = reading.sales.find((sale) => wrongIn(sale) !== undefined);
      if (wrong !== undefined)
        throw absurd(source, `a sale without a usable ${wrongIn(wrong)}`);
      const { buyers, floor, volume, time } = weighSales(reading.sales, { at });
      if (buyers < LEAST_BUYERS)
        throw refuse(
          "market/too-few-buyers",
          `\`${source}\` knows ${buyers} distinct buyers in its window, below ${LEAST_BUYERS}`,
        );
      return {
        time,
        fields: {
          floor: floorOf(source, floor),
          volume: volumeOf(source, volume),
        },
      };
    }
    case "sentiment": {
      const { sentiment, time } = reading;
      if (!Number.isInteger(sentiment) || sentiment < 0 || sentiment > 10_000)
        throw absurd(source, "a sentiment outside 0 to 10000");
      return { time, fields: { sentiment } };
    }
  }
}

/** A price below a millionth of its unit has no floor: zero is not a price. */
function fieldsOf(observation: Observation, tellsVolume: boolean): Fields {
  return Object.fromEntries(
    MARKET_FIELDS.filter(
      (field) =>
        observation.present[field] &&
        (field !== "volume" || tellsVolume) &&
        (field !== "floor" || observation.floor > 0),
    ).map((field) => [field, observation[field]]),
  );
}

function requireTime(source: string, time: number, at: number): void {
  if (!Number.isInteger(time) || time < 0 || time > LAST_SECOND)
    throw absurd(source, "no time from 1970 on");
  if (time > at + AHEAD)
    throw refuse(
      "market/future",
      `\`${source}\` tells something of ${time - at} seconds after the moment looked at`,
    );
}

/** What a parser of ours would never let through, and days that are yet to come. */
function requireSeries(
  source: string,
  { days, sales }: MarketSeries,
  at: number,
): void {
  const last = days.at(-1);
  if (last === undefined)
    throw refuse("market/empty", `\`${source}\` tells no day`);
  let before = -1;
  for (const { day, price, volume, time } of days) {
    const inDay = Number.isInteger(time) && Math.floor(time / DAY) === day;
    if (!inDay || day <= before) throw absurd(source, "days out of order");
    if (price <= 0n || price > LARGEST || volume < 0n || volume > LARGEST * ONE)
      throw absurd(source, `a price or volume out of range on day ${day}`);
    before = day;
  }
  const isSale = ({ price, time }: Sale): boolean =>
    Number.isInteger(time) && price > 0n && price <= LARGEST;
  if (!sales.every(isSale)) throw absurd(source, "a sale that is none");
  requireTime(source, last.day * DAY, at);
}

/** The last candle moves the observation by itself: one that leaps tenfold is a slip of the point sooner than a market. */
function requireNoLeap(
  source: string,
  { kind, days }: MarketSeries,
  at: number,
): void {
  const [a, b] = days.filter(({ day }) => (day + 1) * DAY <= at).slice(-2);
  if (kind !== "candles" || a === undefined || b === undefined) return;
  if (b.price >= a.price * JUMP || a.price >= b.price * JUMP)
    throw absurd(source, "a last day that leaps tenfold");
}

/** Millionths. A floor that is less than one, or does not fit, is a slip of the unit. */
function floorOf(source: string, floor: bigint): number {
  const millionths = floor / (ONE / 1_000_000n);
  if (floor > 0n && millionths > 0n && millionths <= MOST)
    return Number(millionths);
  throw absurd(source, "a floor outside 0.000001 to 281474976");
}

/** Thousandths. */
function volumeOf(source: string, volume: bigint): number {
  const thousandths = volume / (ONE / 1_000n);
  if (volume >= 0n && thousandths <= MOST) return Number(thousandths);
  throw absurd(source, "a volume outside 0 to 281474976710");
}

function absurd(source: string, what: string): FatalError {
  return refuse("market/absurd", `\`${source}\` tells ${what}`);
}

function refuse(code: ErrorCode, why: string): FatalError {
  return new FatalError(code, `${why}; it does not count.`);
}
