import { z } from "zod";

import { FatalError } from "../kernel/errors.ts";
import type { PriceOf } from "../loop/ports-fees.ts";
import { parseDecimal } from "../market/decimal.ts";
import { fetchText, type FetchOptions } from "./fetch-text.ts";
import { RULES } from "./market-sources.ts";

const SOURCE = "coingecko";

/** How it is asked; its key is sent to no other host and never shown. */
export interface PriceOptions extends Omit<FetchOptions, "headers"> {
  readonly key?: string | undefined;
  /** Another host: tests. */
  readonly host?: string;
}

/** Today's prices of coins, by CoinGecko's `simple/price`. */
export function createPriceOf({
  key,
  host = RULES[SOURCE].host,
  ...options
}: PriceOptions = {}): PriceOf {
  const { keyHeader } = RULES[SOURCE];
  const headers =
    key === undefined || keyHeader === undefined ? {} : { [keyHeader]: key };
  return async (coin, currency) => {
    const query = new URLSearchParams({
      ids: coin,
      vs_currencies: currency,
      precision: "full",
    });
    const url = `${host}/api/v3/simple/price?${query.toString()}`;
    const text = await fetchText(SOURCE, url, { ...options, headers });
    const answer = z.record(z.string(), z.record(z.string(), z.number()));
    const told = answer.safeParse(json(text)).data?.[coin]?.[currency];
    const price = told === undefined ? undefined : parseDecimal(`${told}`);
    if (price !== undefined && price > 0n) return price;
    throw new FatalError(
      "market/no-price",
      `Source \`${SOURCE}\` tells no price of ${coin} in \`${currency}\`; give --price, or another --currency.`,
    );
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
