import { DAY } from "../calendar.ts";
import { excerpt } from "../excerpt.ts";
import { parseMarketCsv } from "../parse.ts";
import type { Reading } from "../reading.ts";
import { daysOfSales } from "../sales.ts";

/**
 * A recorded file of candles or sales as a source of prices, under the file's name. A record that is replayed reaches beyond the moment
 * that is looked at: what was not known at `at` is cut off, where a live source that tells it would be refused.
 * @throws FatalError what {@link parseMarketCsv} throws.
 */
export function recordedCsv(
  text: string,
  { name, at }: { readonly name: string; readonly at?: number },
): Reading & { kind: "prices" } {
  const series = parseMarketCsv(text, { name });
  const sales = series.sales.filter(
    ({ time }) => at === undefined || time <= at,
  );
  const days =
    series.kind === "sales"
      ? daysOfSales(sales)
      : series.days.filter(
          ({ day }) => at === undefined || (day + 1) * DAY <= at,
        );
  return {
    kind: "prices",
    source: excerpt(name),
    series: { ...series, days, sales },
    tellsVolume: true,
  };
}
