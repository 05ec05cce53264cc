/** A source that the script knows, and where it is asked. */
export interface Query {
  readonly source: "coingecko" | "coinbase" | "fear-and-greed";
  readonly url: string;
}

/** Which market is asked for. */
export interface MarketSubject {
  /** As CoinGecko calls the asset. */
  readonly coin: string;
  /** As Coinbase calls the pair. */
  readonly pair: string;
}

export const ETHER: MarketSubject = { coin: "ethereum", pair: "ETH-USD" };

/** The default sources: none needs a key, and each is one GET. */
export function defaultQueries({
  coin,
  pair,
}: MarketSubject = ETHER): readonly Query[] {
  return [
    {
      source: "coingecko",
      url: `https://api.coingecko.com/api/v3/coins/${coin}/market_chart?vs_currency=usd&days=40&interval=daily`,
    },
    {
      source: "coinbase",
      url: `https://api.exchange.coinbase.com/products/${pair}/candles?granularity=86400`,
    },
    {
      source: "fear-and-greed",
      url: "https://api.alternative.me/fng/?limit=2",
    },
  ];
}

/** The same queries to a stand-in for the internet, which has each host as a folder. */
export function queriesAt(
  origin: string,
  queries: readonly Query[] = defaultQueries(),
): readonly Query[] {
  return queries.map(({ source, url }) => ({
    source,
    url: `${origin}/${url.replace("https://", "")}`,
  }));
}

/** The script's arguments: a query each, `source=url`. */
export function queryArgs(queries: readonly Query[]): readonly string[] {
  return queries.map(({ source, url }) => `${source}=${url}`);
}
