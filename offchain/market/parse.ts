import { FatalError } from "../kernel/errors.ts";

import { daysOfCandles, readCandle, type Candle } from "./candles.ts";
import { cellReader } from "./cells.ts";
import { readHeader, type Header } from "./columns.ts";
import { readCsv, type CsvRow } from "./csv.ts";
import { measureSteps } from "./gaps.ts";
import { daysOfSales, distinctSales, readSale, type SaleRow } from "./sales.ts";
import type { CleaningReport, MarketSeries } from "./series.ts";

/**
 * Reads a CSV of daily candles (`date,open,high,low,close,volume`) or of sales (`timestamp,token_id,price_eth`) and
 * cleans it by stated rules (README): what could be read in two ways is an error, what is merely dirty is mended and
 * counted in the report.
 * @throws FatalError `market/...`: one sentence with the file, the line, the value and the remedy.
 */
export function parseMarketCsv(
  text: string,
  { name = "market.csv" }: { readonly name?: string } = {},
): MarketSeries {
  const rows = new RowCollector(name);
  const blank = readCsv(text, name, (row) => rows.add(row));
  return rows.finish(blank);
}

/** Takes rows as the reader finds them; the first one is the header. */
class RowCollector {
  readonly #name: string;
  readonly #candles: Candle[] = [];
  readonly #sales: SaleRow[] = [];
  #header: { readonly is: Header; readonly width: number } | undefined;
  #unsorted = 0;
  #latest = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(row: CsvRow): void {
    if (this.#header === undefined) {
      const is = readHeader(row.cells, this.#name);
      this.#header = { is, width: row.cells.length };
      return;
    }
    this.#requireWidth(row, this.#header.width);
    const { is } = this.#header;
    const { time } =
      is.kind === "candles" ? this.#addCandle(row, is) : this.#addSale(row, is);
    if (time < this.#latest) this.#unsorted++;
    this.#latest = time;
  }

  finish(blank: number): MarketSeries {
    const kind = this.#header?.is.kind ?? "candles";
    const distinct = distinctSales(this.#sales);
    const sales = distinct.filter((sale) => sale.price > 0n);
    const days =
      kind === "candles"
        ? daysOfCandles(this.#candles, this.#name)
        : daysOfSales(sales);
    const rows = this.#candles.length + this.#sales.length;
    if (days.length === 0) {
      throw new FatalError(
        "market/no-usable-rows",
        `\`${this.#name}\` has ${rows === 0 ? "no rows below its header" : "no sale above zero"}; give at least one row with a price.`,
      );
    }
    const used = kind === "candles" ? days.length : sales.length;
    const report: CleaningReport = {
      rows,
      used,
      blank,
      unsorted: this.#unsorted,
      repeated:
        kind === "candles" ? rows - days.length : rows - distinct.length,
      zeroPrice: distinct.length - sales.length,
      zeroVolume: days.filter((point) => point.volume === 0n).length,
      inconsistent: this.#candles.filter((candle) => !candle.consistent).length,
      ...measureSteps(days),
    };
    return { name: this.#name, kind, days, sales, report };
  }

  #addCandle(row: CsvRow, header: Header & { kind: "candles" }): Candle {
    const candle = readCandle(
      cellReader(row, header.at, this.#name),
      this.#name,
    );
    this.#candles.push(candle);
    return candle;
  }

  #addSale(row: CsvRow, header: Header & { kind: "sales" }): SaleRow {
    const sale = readSale(cellReader(row, header.at, this.#name));
    this.#sales.push(sale);
    return sale;
  }

  #requireWidth({ cells, line }: CsvRow, width: number): void {
    if (cells.slice(width).every((cell) => cell === "")) return;
    throw new FatalError(
      "market/ragged-row",
      `Line ${line} of \`${this.#name}\` has \`${cells.length}\` cells where the header has ${width}; write numbers without thousands separators, or quote the text that holds a separator.`,
    );
  }
}
