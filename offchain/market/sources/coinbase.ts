import { DAY } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import { readAnswer } from "./answer.ts";
import { dailySeries, MOST_DAYS } from "./daily.ts";

const SOURCE = "coinbase";

/**
 * An answer of `GET https://api.exchange.coinbase.com/products/{pair}/candles?granularity=86400` (no key needed): candles
 * `[time, low, high, open, close, volume]`, newest first, in the base currency. The day that runs is told too; `observe` counts a
 * candle from the end of its day. Its volume is one venue's, not the market's.
 * @param body the answer's text, or its JSON parsed.
 * @throws FatalError `market/not-json`, `market/unexpected-shape`, `market/bad-number`, `market/not-daily`, ...
 */
export function coinbase(body: unknown): Reading & { kind: "prices" } {
  const answer = readAnswer(SOURCE, body);
  const rows = answer.list(answer.body, "its answer", {
    least: 1,
    most: MOST_DAYS,
  });
  const closes = rows.map((row) => {
    const cells = answer.list(row, "a candle", { least: 6, most: 6 });
    const time = answer.time(cells[0], "a candle's time");
    if (time % DAY !== 0)
      throw answer.refuse(
        "market/not-daily",
        `tells a candle of \`${time}\`, which is no midnight`,
      );
    const [low, high, open, close] = [1, 2, 3, 4].map((at) =>
      answer.price(cells[at], "a price"),
    ) as [bigint, bigint, bigint, bigint];
    if (low > high)
      throw answer.refuse(
        "market/impossible-candle",
        `tells a candle of \`${time}\` whose low is above its high`,
      );
    const within = (price: bigint): boolean => low <= price && price <= high;
    return {
      day: time / DAY,
      price: close,
      volume: answer.amount(cells[5], "a volume"),
      consistent: within(open) && within(close),
    };
  });
  return {
    kind: "prices",
    source: SOURCE,
    series: dailySeries(SOURCE, closes, answer),
    tellsVolume: false,
  };
}
