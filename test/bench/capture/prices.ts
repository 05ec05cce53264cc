import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "csv-parse/sync";

const MONTH = 30 * 86_400_000;
/** Fewer sales than this in a month tell nothing about how its prices spread. */
const FEWEST = 30;

/** How the prices of real sales spread above the floor of their month. */
export interface Spread {
  readonly sales: number;
  readonly months: number;
  /** Median number of sales in a month. */
  readonly monthly: number;
  /** Price in floors of the moment, ascending: sellers, the cheapest first. */
  readonly ladder: readonly number[];
}

/** The sales of every file under LOOP_DATA that has single sales; undefined without any. The floor is a month's 5 % quantile. */
export function readSpread(): Spread | undefined {
  const data = process.env["LOOP_DATA"];
  if (data === undefined) return undefined;
  const folder = join(data, "market");
  const ladder: number[] = [];
  const counts: number[] = [];
  const files = readdirSync(folder).filter((file) => file.endsWith(".csv"));
  for (const file of files.sort())
    for (const month of monthsOf(readFileSync(join(folder, file), "utf8"))) {
      counts.push(month.length);
      if (month.length < FEWEST) continue;
      const floor = month[Math.floor(month.length / 20)]!;
      ladder.push(...month.map((price) => Math.max(price / floor, 1)));
    }
  if (ladder.length === 0) return undefined;
  counts.sort((a, b) => a - b);
  return {
    sales: ladder.length,
    months: counts.length,
    monthly: counts[counts.length >> 1]!,
    ladder: ladder.sort((a, b) => a - b),
  };
}

/** Prices of each 30 days, ascending; none if the file does not list single sales. */
function monthsOf(text: string): number[][] {
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  const [first] = rows;
  const column = Object.keys(first ?? {}).find((name) =>
    name.startsWith("price"),
  );
  if (first?.["token_id"] === undefined || column === undefined) return [];
  const months = new Map<number, number[]>();
  const start = Date.parse(first["timestamp"] ?? "");
  for (const row of rows) {
    const price = Number(row[column]);
    const month = Math.floor((Date.parse(row["timestamp"]!) - start) / MONTH);
    if (price > 0) months.set(month, [...(months.get(month) ?? []), price]);
  }
  return [...months.values()].map((month) => month.sort((a, b) => a - b));
}

/** Of the cheapest so many works of all: what they cost together and the last of them, in floors. */
export function costOf(
  works: number,
  supply: number,
  { ladder }: Spread,
): { readonly total: number; readonly last: number } {
  let [total, last] = [0, 0];
  for (let k = 0; k < works; k++) {
    last = ladder[Math.floor(((k + 0.5) / supply) * ladder.length)]!;
    total += last;
  }
  return { total, last };
}
