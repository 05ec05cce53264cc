import { CsvError, parse } from "csv-parse/sync";

import { FatalError } from "../kernel/errors.ts";
import { excerpt } from "./excerpt.ts";

/** Longest accepted text, UTF-16 units: about 600,000 rows, a century of hourly sales. */
export const MAX_TEXT = 32 * 1024 * 1024;

/** Longest accepted row: market rows are short, and a file without line ends is no CSV. */
const MAX_ROW = 16 * 1024;

/** One row that is not blank: its cells, trimmed, and the line it ends on, from 1. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * Reads CSV and hands over one row after another, the header first; so the text is never held twice. The separator
 * (comma, semicolon or tab) is the one the first line uses. A byte order mark, CRLF, quotes and lines that begin with
 * `#` are understood. Returns how many blank rows stand before the last one.
 * @throws FatalError `market/empty-file`, `market/file-too-large`, `market/not-text`, `market/malformed-csv`.
 */
export function readCsv(
  text: string,
  name: string,
  onRow: (row: CsvRow) => void,
): number {
  requireText(text, name);
  let blank = 0;
  let emptyLines = 0;
  let empty = true;
  try {
    parse(text, {
      bom: true,
      comment: "#",
      comment_no_infix: true,
      delimiter: separatorOf(text),
      max_record_size: MAX_ROW,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
      on_record: (cells: string[], { lines, empty_lines }) => {
        emptyLines = empty_lines;
        if (cells.every((cell) => cell === "")) blank++;
        else {
          empty = false;
          onRow({ cells, line: lines });
        }
        return null;
      },
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new FatalError(
      "market/malformed-csv",
      `\`${name}\` is not well-formed CSV (${excerpt(reasonOf(cause), 160)}); export it again, or mend that line.`,
      { cause },
    );
  }
  if (empty) {
    throw new FatalError(
      "market/empty-file",
      `\`${name}\` is empty; give a CSV of daily candles or of sales.`,
    );
  }
  return blank + emptyLines;
}

/** The parser's sentence without the cell it quotes, which may hold anything. */
function reasonOf({ message }: CsvError): string {
  return (message.split(/[,:]? value is /)[0] ?? "").replace(/\.$/, "");
}

function requireText(text: string, name: string): void {
  if (text.length > MAX_TEXT) {
    throw new FatalError(
      "market/file-too-large",
      `\`${name}\` holds ${text.length} characters, above the limit of ${MAX_TEXT}; keep only its last years.`,
    );
  }
  if (/[\0\uFFFD]/.test(text)) {
    throw new FatalError(
      "market/not-text",
      `\`${name}\` is not UTF-8 text; give a CSV file saved as UTF-8.`,
    );
  }
}

/** The separator that occurs most often in the first line that is neither blank nor a comment; a comma if none does. */
function separatorOf(text: string): string {
  let line = "";
  for (let start = 0; start < text.length; start += line.length + 1) {
    const end = text.slice(start, start + MAX_ROW).search(/[\r\n]/);
    line = text.slice(start, start + (end < 0 ? MAX_ROW : end));
    if (!/^\s*(#|$)/.test(line)) break;
  }
  const count = (mark: string): number => line.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) =>
    count(mark) > count(best) ? mark : best,
  );
}
