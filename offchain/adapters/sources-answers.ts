import { DAY } from "../market/calendar.ts";
import { ONE } from "../market/decimal.ts";
import type { DayPoint, MarketSeries } from "../market/series.ts";

/** Days that are told: as many as an observation looks at, and the one that is not over. */
const DAYS = 32;

/** A venue's price in ten-thousandths of the market's: two sources that tell the same to the last digit are one. */
const VENUE = 10_002n;

/** A market as it stands at a moment. */
export interface SourcesMoment {
  readonly series: MarketSeries;
  /** Unix seconds: nothing later is told. */
  readonly at: number;
  /** 0 extreme fear .. 100 extreme greed; prices do not tell it. Neutral unless given. */
  readonly greed?: number;
}

/** `GET /api/v3/coins/{id}/market_chart?interval=daily`: what a day began with, which is what the day before ended with. */
export function coingeckoChart(market: SourcesMoment): unknown {
  const days = past(market);
  const row = (pick: (point: DayPoint) => bigint) =>
    days.map((point) => [(point.day + 1) * DAY * 1_000, number(pick(point))]);
  return {
    prices: row(({ price }) => price),
    market_caps: row(() => 0n),
    total_volumes: row(({ price, volume }) => (price * volume) / ONE),
  };
}

/** `GET /products/{id}/candles?granularity=86400`: time, low, high, open, close, volume, the newest first. */
export function coinbaseCandles(market: SourcesMoment): unknown {
  const days = past(market).map((point) => ({
    ...point,
    price: (point.price * VENUE) / 10_000n,
  }));
  const last = days.at(-1);
  const today = last === undefined ? [] : [{ ...last, day: last.day + 1 }];
  return [...days, ...today]
    .map(({ day, price, volume }) => [
      day * DAY,
      number(price),
      number(price),
      number(price),
      number(price),
      number(volume),
    ])
    .reverse();
}

/** `GET /fng/?limit=2`. */
export function fearAndGreed({ at, greed = 50 }: SourcesMoment): unknown {
  return {
    name: "Fear and Greed Index",
    data: [
      {
        value: String(greed),
        value_classification: "Neutral",
        timestamp: String(Math.floor(at / DAY) * DAY),
        time_until_update: "3600",
      },
    ],
    metadata: { error: null },
  };
}

/** The days that were over. */
function past({ series, at }: SourcesMoment): readonly DayPoint[] {
  return series.days.filter(({ day }) => (day + 1) * DAY <= at).slice(-DAYS);
}

/** JSON has no fixed point; twelve significant digits survive. */
function number(value: bigint): number {
  return Number(value) / Number(ONE);
}
