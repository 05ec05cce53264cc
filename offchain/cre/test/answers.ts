/** 2026-11-20 00:30 UTC: when the workflow ran in the tests. */
export const AT = 1_795_134_600;

const DAY = 86_400;
/** The running day. */
const TODAY = AT - (AT % DAY);

/** A price of a day, so many days ago. */
function priceOf(ago: number): number {
  return 3_000 + ((ago * 37) % 11) * 20 - ago * 5;
}

/** What CoinGecko answers: a point at each midnight, which closes the day before, and one of this moment. */
export function coingeckoSays(factor = 1): string {
  const ago = Array.from({ length: 40 }, (_, i) => 39 - i);
  const points = (value: (ago: number) => number): number[][] => [
    ...ago.map((days) => [(TODAY - days * DAY) * 1_000, value(days)]),
    [AT * 1_000 + 123, 4_321],
  ];
  return JSON.stringify({
    prices: points((days) => priceOf(days) * factor),
    total_volumes: points((days) => 1e10 + days * 1e8),
  });
}

/** What Coinbase answers: candles, newest first, the running day among them. */
export function coinbaseSays(factor = 1): string {
  const candles = Array.from({ length: 41 }, (_, ago) => {
    const close = (ago === 0 ? 4_321 : priceOf(ago - 1)) * factor;
    return [TODAY - ago * DAY, close - 9, close + 9, close, close, 1_000 + ago];
  });
  return JSON.stringify(candles);
}

/** What alternative.me answers. */
export function fearAndGreedSays(): string {
  return JSON.stringify({
    name: "Fear and Greed Index",
    data: [
      { value: "27", value_classification: "Fear", timestamp: `${TODAY}` },
      {
        value: "31",
        value_classification: "Fear",
        timestamp: `${TODAY - DAY}`,
      },
    ],
  });
}
