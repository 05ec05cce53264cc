import { FatalError } from "../kernel/errors.ts";

import { parseTime } from "./calendar.ts";
import type { CsvRow } from "./csv.ts";
import { LARGEST, parseDecimal } from "./decimal.ts";
import { excerpt } from "./excerpt.ts";

/** Reads the cells of one row by column name; every failure names the file, the line, the column and the value. */
export interface CellReader<Column extends string> {
  /** The cell's text. @throws FatalError `market/empty-cell`. */
  text(column: Column): string;
  /** Unix seconds. @throws FatalError `market/bad-date`. */
  time(column: Column): number;
  /** A number from 0 up, 18 decimals. @throws FatalError `market/bad-number`, `market/negative-number`. */
  amount(column: Column): bigint;
  /** Line of the row in the file, from 1. */
  readonly line: number;
}

/** A reader for a row of the named file, given where each column lies. */
export function cellReader<Column extends string>(
  row: CsvRow,
  at: Readonly<Record<Column, number>>,
  name: string,
): CellReader<Column> {
  const where = (column: Column): string =>
    `in column \`${column}\` of line ${row.line} of \`${name}\``;
  const text = (column: Column): string => {
    const cell = row.cells[at[column]] ?? "";
    if (cell !== "") return cell;
    throw new FatalError(
      "market/empty-cell",
      `The cell ${where(column)} is empty; fill it in, or remove the row.`,
    );
  };
  return {
    text,
    line: row.line,
    time(column) {
      const cell = text(column);
      const seconds = parseTime(cell);
      if (seconds !== undefined) return seconds;
      throw new FatalError(
        "market/bad-date",
        `\`${excerpt(cell)}\` ${where(column)} is no date from 1970 to 2199; write it as \`2020-12-31\`, \`2020-12-31T23:59:59Z\` or unix seconds.`,
      );
    },
    amount(column) {
      const cell = text(column);
      const value = parseDecimal(cell);
      if (value === undefined || value > LARGEST) {
        throw new FatalError(
          "market/bad-number",
          `\`${excerpt(cell)}\` ${where(column)} is not a number up to 10^24; write it as \`1234.56\`, or remove the row.`,
        );
      }
      if (value >= 0n) return value;
      throw new FatalError(
        "market/negative-number",
        `\`${excerpt(cell)}\` ${where(column)} is negative; mend it, or remove the row.`,
      );
    },
  };
}
