import { DAY } from "./calendar.ts";
import type { CellReader } from "./cells.ts";
import type { SaleColumn } from "./columns.ts";
import type { DayPoint, Sale } from "./series.ts";
import { lowerMedian } from "./statistics.ts";

/** One sale of the file; the price may still be zero. */
export interface SaleRow extends Sale {
  readonly token: string;
}

/** One row as a sale. @throws FatalError what {@link CellReader} throws. */
export function readSale(cells: CellReader<SaleColumn>): SaleRow {
  return {
    time: cells.time("timestamp"),
    token: cells.text("token_id"),
    price: cells.amount("price_eth"),
  };
}

/** Sales without the rows that say again what another row said in full, ascending by time, then price, then token. */
export function distinctSales(rows: readonly SaleRow[]): SaleRow[] {
  const sorted = [...rows].sort(
    (a, b) =>
      a.time - b.time || compare(a.price, b.price) || compare(a.token, b.token),
  );
  return sorted.filter((row, i) => {
    const before = sorted[i - 1];
    return (
      before === undefined ||
      before.time !== row.time ||
      before.price !== row.price ||
      before.token !== row.token
    );
  });
}

/** One point a day: the lower median of the day's prices, which one whale or one joke cannot move, and their sum. */
export function daysOfSales(sales: readonly Sale[]): DayPoint[] {
  const byDay = new Map<number, Sale[]>();
  for (const sale of sales) {
    const day = Math.floor(sale.time / DAY);
    const group = byDay.get(day);
    if (group === undefined) byDay.set(day, [sale]);
    else group.push(sale);
  }
  return [...byDay.keys()]
    .sort((a, b) => a - b)
    .map((day) => {
      const group = byDay.get(day) ?? [];
      const prices = group.map((sale) => sale.price);
      return {
        day,
        price: lowerMedian(prices),
        volume: prices.reduce((sum, price) => sum + price, 0n),
        time: group.reduce((latest, sale) => Math.max(latest, sale.time), 0),
      };
    });
}

function compare<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
