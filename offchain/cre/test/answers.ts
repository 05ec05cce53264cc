import coinbase from "../../../test/offchain/market/fixtures/coinbase.json" with { type: "json" };
import coingecko from "../../../test/offchain/market/fixtures/coingecko.json" with { type: "json" };
import fearAndGreed from "../../../test/offchain/market/fixtures/fear-and-greed.json" with { type: "json" };

/** When the workflow runs in the tests: ten o'clock of the day after the last whole day of the product's recorded answers. */
export const AT = 1_795_168_800;

/** What CoinGecko answers. */
export const coingeckoSays = (): string => JSON.stringify(coingecko);

/** What Coinbase answers, its prices so many times too high. */
export const coinbaseSays = (factor = 1): string =>
  JSON.stringify(
    coinbase.map(
      ([time = 0, low = 0, high = 0, open = 0, close = 0, volume]) => [
        time,
        ...[low, high, open, close].map((price) => price * factor),
        volume,
      ],
    ),
  );

/** What alternative.me answers. */
export const fearAndGreedSays = (): string => JSON.stringify(fearAndGreed);
