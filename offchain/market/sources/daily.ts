import { DAY, isoDate } from "../calendar.ts";
import type { MarketSeries } from "../series.ts";
import { measureSteps } from "../gaps.ts";
import type { Answer } from "./answer.ts";

/** Days that one answer may tell: more than any question asks for. */
export const MOST_DAYS = 1_000;

/** One day's close as a service tells it. */
export interface DailyClose {
  readonly day: number;
  readonly price: bigint;
  readonly volume: bigint;
  /** False where open or close lies outside low..high. */
  readonly consistent?: boolean;
}

/**
 * Closes of days as a series, whatever their order; a day's time is its beginning, as in recorded files. A day that is told twice
 * must be told alike.
 * @throws FatalError `market/nothing-told`, `market/conflicting-dates`.
 */
export function dailySeries(
  name: string,
  closes: readonly DailyClose[],
  { refuse }: Answer,
): MarketSeries {
  if (closes.length === 0)
    throw refuse("market/nothing-told", "tells no day that is over");
  const byDay = new Map<number, DailyClose>();
  let unsorted = 0;
  closes.forEach((close, i) => {
    if (close.day < (closes[i - 1]?.day ?? 0)) unsorted++;
    const before = byDay.get(close.day) ?? close;
    if (before.price !== close.price || before.volume !== close.volume)
      throw refuse(
        "market/conflicting-dates",
        `tells two closes of \`${isoDate(close.day)}\``,
      );
    byDay.set(close.day, close);
  });
  const days = [...byDay.values()]
    .sort((a, b) => a.day - b.day)
    .map(({ day, price, volume }) => ({ day, price, volume, time: day * DAY }));
  return {
    name,
    kind: "candles",
    days,
    sales: [],
    report: {
      rows: closes.length,
      used: days.length,
      blank: 0,
      unsorted,
      repeated: closes.length - days.length,
      zeroPrice: 0,
      zeroVolume: days.filter(({ volume }) => volume === 0n).length,
      inconsistent: closes.filter(({ consistent }) => consistent === false)
        .length,
      ...measureSteps(days),
    },
  };
}
