import { DAY } from "../calendar.ts";
import { ONE } from "../decimal.ts";
import type { Reading } from "../reading.ts";
import { readAnswer, type Answer } from "./answer.ts";
import { dailySeries, MOST_DAYS, type DailyClose } from "./daily.ts";

const SOURCE = "coingecko";
const DAY_MS = DAY * 1_000;

/**
 * An answer of `GET https://api.coingecko.com/api/v3/coins/{id}/market_chart?vs_currency=usd&days=40&interval=daily` (no key needed):
 * `prices` and `total_volumes`, each `[[ms, number]]`. The point at 00:00 UTC is the close of the day before; the last point may be of
 * this moment, and is no day. Volume is the whole market's, told in the quote currency and turned into units of the asset, as a recorded
 * file has it: a round's volume has one unit, whichever adapter brings it.
 * @param body the answer's text, or its JSON parsed.
 * @throws FatalError `market/not-json`, `market/unexpected-shape`, `market/bad-number`, `market/not-daily`, ...
 */
export function coingecko(body: unknown): Reading & { kind: "prices" } {
  const answer = readAnswer(SOURCE, body);
  const chart = answer.record(answer.body, "its answer");
  const prices = points(answer, chart.get("prices"), "`prices`");
  const volumes = new Map(
    points(answer, chart.get("total_volumes"), "`total_volumes`"),
  );
  const latest = prices.reduce((ms, [at]) => Math.max(ms, at), 0);
  const closes: DailyClose[] = [];
  for (const [ms, value] of prices) {
    if (ms % DAY_MS !== 0) {
      if (ms === latest) continue;
      throw answer.refuse(
        "market/not-daily",
        `tells a price of \`${ms}\`, which is no midnight`,
      );
    }
    const price = answer.price(value, "a price");
    const traded = answer.amount(volumes.get(ms), "a day's volume");
    closes.push({
      day: ms / DAY_MS - 1,
      price,
      volume: (traded * ONE) / price,
    });
  }
  return {
    kind: "prices",
    source: SOURCE,
    series: dailySeries(SOURCE, closes, answer),
    tellsVolume: true,
  };
}

/** Pairs of a time in milliseconds and what is told of it. */
function points(
  answer: Answer,
  value: unknown,
  what: string,
): (readonly [number, unknown])[] {
  const list = answer.list(value, what, { least: 1, most: MOST_DAYS });
  return list.map((pair) => {
    const [ms, told] = answer.list(pair, `a point of ${what}`, {
      least: 2,
      most: 2,
    });
    return [answer.time(ms, `a time in ${what}`, 1_000), told] as const;
  });
}
