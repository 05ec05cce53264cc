import { FatalError } from "../kernel/errors.ts";

import { DAY, isoDate } from "./calendar.ts";
import type { CellReader } from "./cells.ts";
import type { CandleColumn } from "./columns.ts";
import type { DayPoint } from "./series.ts";
import { lowerMedian } from "./statistics.ts";

/** One candle of the file, in fixed point with 18 decimals. */
export interface Candle {
  readonly time: number;
  readonly close: bigint;
  readonly volume: bigint;
  /** Whether open and close lie within low..high. */
  readonly consistent: boolean;
  readonly line: number;
}

/** Candles of one day may differ by this factor at most (a clock change does that); beyond it they are two markets. */
const LARGEST_DISAGREEMENT = 2n;

/**
 * One row as a candle.
 * @throws FatalError what {@link CellReader} throws, `market/zero-price`, `market/impossible-candle`.
 */
export function readCandle(
  cells: CellReader<CandleColumn>,
  name: string,
): Candle {
  const time = cells.time("date");
  const price = (column: CandleColumn): bigint => {
    const value = cells.amount(column);
    if (value > 0n) return value;
    throw new FatalError(
      "market/zero-price",
      `The price \`${cells.text(column)}\` in column \`${column}\` of line ${cells.line} of \`${name}\` is zero; give the price that was quoted, or remove the row.`,
    );
  };
  const [open, high, low, close] = [
    price("open"),
    price("high"),
    price("low"),
    price("close"),
  ];
  if (low > high) {
    throw new FatalError(
      "market/impossible-candle",
      `Line ${cells.line} of \`${name}\` has low \`${cells.text("low")}\` above high \`${cells.text("high")}\`; check the order of its columns.`,
    );
  }
  const within = (value: bigint): boolean => low <= value && value <= high;
  const consistent = within(open) && within(close);
  return {
    time,
    close,
    volume: cells.amount("volume"),
    consistent,
    line: cells.line,
  };
}

/**
 * One point a day, ascending. Candles of the same day are merged whatever their order: the lower median of the closes,
 * the largest volume, the latest time.
 * @throws FatalError `market/not-daily` if there are more repeats than days, `market/conflicting-dates` if candles of a
 * day differ more than twofold.
 */
export function daysOfCandles(
  candles: readonly Candle[],
  name: string,
): DayPoint[] {
  const byDay = new Map<number, Candle[]>();
  for (const candle of candles) {
    const day = Math.floor(candle.time / DAY);
    const group = byDay.get(day);
    if (group === undefined) byDay.set(day, [candle]);
    else group.push(candle);
  }
  if (candles.length > 2 * byDay.size) {
    throw new FatalError(
      "market/not-daily",
      `\`${name}\` has \`${candles.length}\` candles for ${byDay.size} days; give one candle a day.`,
    );
  }
  return [...byDay.keys()]
    .sort((a, b) => a - b)
    .map((day) => merge(day, byDay.get(day) ?? [], name));
}

function merge(
  day: number,
  candles: readonly Candle[],
  name: string,
): DayPoint {
  const closes = candles.map((candle) => candle.close);
  const lowest = closes.reduce((a, b) => (b < a ? b : a));
  const highest = closes.reduce((a, b) => (b > a ? b : a));
  if (highest > lowest * LARGEST_DISAGREEMENT) {
    const lines = candles.map((candle) => candle.line).sort((a, b) => a - b);
    throw new FatalError(
      "market/conflicting-dates",
      `\`${isoDate(day)}\` stands on lines ${lines.join(", ")} of \`${name}\` with prices that differ more than twofold; keep one market in a file, and one row a day.`,
    );
  }
  const volumes = candles.map((candle) => candle.volume);
  return {
    day,
    price: lowerMedian(closes),
    volume: volumes.reduce((a, b) => (b > a ? b : a)),
    time: candles.reduce((latest, candle) => Math.max(latest, candle.time), 0),
  };
}
