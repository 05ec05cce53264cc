import { FatalError } from "../kernel/errors.ts";
import { excerpt } from "./excerpt.ts";

/** The columns of daily candles, each with the names it goes by, the preferred first. */
const CANDLES = {
  date: ["date", "day", "timestamp", "datetime", "time", "open_time", "unix"],
  open: ["open", "open_price"],
  high: ["high", "high_price"],
  low: ["low", "low_price"],
  close: ["close", "close_price"],
  volume: ["volume", "vol", "base_volume", "volume_base"],
} as const;

/** The columns of sales. */
const SALES = {
  timestamp: [
    "timestamp",
    "datetime",
    "time",
    "date",
    "block_time",
    "sold_at",
    "block_timestamp",
  ],
  token_id: ["token_id", "tokenid", "token", "nft_id", "id"],
  price_eth: ["price_eth", "price", "sale_price", "amount_eth", "eth"],
} as const;

export type CandleColumn = keyof typeof CANDLES;
export type SaleColumn = keyof typeof SALES;

/** What a header row says: which kind of file it is, and where each column lies. */
export type Header =
  | { readonly kind: "candles"; readonly at: Record<CandleColumn, number> }
  | { readonly kind: "sales"; readonly at: Record<SaleColumn, number> };

/**
 * Recognises a header row. Order, case, spaces and further columns do not matter. A file with a close, or with two of
 * open, high and low, is taken for candles; one with a token id or a price for sales.
 * @throws FatalError `market/missing-column`, `market/repeated-column`.
 */
export function readHeader(cells: readonly string[], name: string): Header {
  const names = cells.map((cell) => cell.toLowerCase().replace(/[\s-]+/g, "_"));
  const candles = locate(CANDLES, names, name);
  const prices = [candles.open, candles.high, candles.low];
  if (
    candles.close !== undefined ||
    prices.filter((column) => column !== undefined).length >= 2
  )
    return { kind: "candles", at: requireAll(candles, "candles", name) };
  const sales = locate(SALES, names, name);
  if (sales.token_id === undefined && sales.price_eth === undefined) {
    throw new FatalError(
      "market/missing-column",
      `\`${name}\` begins with \`${excerpt(cells.join(","))}\`, which is no header of a market file; begin with \`date,open,high,low,close,volume\` (daily candles) or \`timestamp,token_id,price_eth\` (sales).`,
    );
  }
  return { kind: "sales", at: requireAll(sales, "sales", name) };
}

function locate<Column extends string>(
  columns: Record<Column, readonly string[]>,
  names: readonly string[],
  file: string,
): Record<Column, number | undefined> {
  const found: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(columns) as Column[]) {
    const alias = columns[column].find((candidate) =>
      names.includes(candidate),
    );
    if (alias === undefined) continue;
    found[column] = names.indexOf(alias);
    if (names.lastIndexOf(alias) !== found[column]) {
      throw new FatalError(
        "market/repeated-column",
        `\`${file}\` has two columns \`${alias}\`; keep one of them.`,
      );
    }
  }
  return found as Record<Column, number | undefined>;
}

function requireAll<Column extends string>(
  found: Record<Column, number | undefined>,
  kind: keyof typeof KINDS,
  file: string,
): Record<Column, number> {
  const columns = Object.keys(KINDS[kind]) as Column[];
  const missing = columns.filter((column) => found[column] === undefined);
  if (missing.length > 0) {
    throw new FatalError(
      "market/missing-column",
      `\`${file}\` looks like ${kind} but has no column ${missing.map((column) => `\`${column}\``).join(", ")}; give all of \`${columns.join(",")}\`.`,
    );
  }
  return found as Record<Column, number>;
}

const KINDS = { candles: CANDLES, sales: SALES } as const;
