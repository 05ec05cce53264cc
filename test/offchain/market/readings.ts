import { readFileSync } from "node:fs";

import { DAY } from "../../../offchain/market/calendar.ts";
import { ONE } from "../../../offchain/market/decimal.ts";
import type { OwnSale, Reading } from "../../../offchain/market/reading.ts";
import type { MarketSeries } from "../../../offchain/market/series.ts";

/** Ten o'clock of the day after the fixtures' last whole day. */
export const AT = 1_795_168_800;
export const TODAY = Math.floor(AT / DAY);

/** The text of a recorded shape with invented numbers. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");

export type PricesReading = Reading & { kind: "prices" };
export type Options = Partial<Omit<PricesReading, "series" | "kind">> & {
  /** Day of the last price. */
  readonly last?: number;
  /** 18 decimals, of each day. */
  readonly volume?: bigint;
  readonly kind?: MarketSeries["kind"];
};

/** A source of prices, one a day, the last one yesterday's; whole units. */
export function prices(
  list: readonly number[],
  {
    source = "venue",
    tellsVolume = true,
    last = TODAY - 1,
    volume = 5n * ONE,
    kind = "candles",
  }: Options = {},
): PricesReading {
  const days = list.map((price, i) => {
    const day = last - list.length + 1 + i;
    return {
      day,
      price: (BigInt(Math.round(price * 1e6)) * ONE) / 1_000_000n,
      volume,
      time: day * DAY,
    };
  });
  const report = {
    rows: days.length,
    used: days.length,
    blank: 0,
    unsorted: 0,
    repeated: 0,
    zeroPrice: 0,
    zeroVolume: 0,
    inconsistent: 0,
    jumps: 0,
    gaps: 0,
    widestStep: 1,
  };
  const series = {
    name: source,
    kind,
    days,
    sales: kind === "sales" ? days : [],
    report,
  };
  return { kind: "prices", source, series, tellsVolume };
}

/** An address with a number in it. */
export const address = (n: number): string =>
  `0x${n.toString(16).padStart(40, "0")}`;

/** A sale a day before the fixtures' last midnight, of a work of its own, if nothing else is said. */
export function sale(
  n: number,
  { price = 1, ...rest }: Partial<Omit<OwnSale, "price">> & { price?: number },
): OwnSale {
  return {
    time: TODAY * DAY - DAY / 2,
    buyer: address(1_000 + n),
    seller: address(1),
    token: String(n),
    ...rest,
    price: (BigInt(Math.round(price * 1e6)) * ONE) / 1_000_000n,
  };
}
