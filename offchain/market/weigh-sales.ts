import { DAY } from "./calendar.ts";
import type { OwnSale } from "./reading.ts";
import { lowerMedian, quantile } from "./statistics.ts";

/** Whole days (UTC) before the last midnight that sales count for. */
export const SALES_WINDOW = 30;

/** Distinct buyers without whom nothing is told: from here the lowest tenth is not one wallet's word. */
export const LEAST_BUYERS = 11;

/** What a collection's own sales say, 18 decimals. */
export interface WeighedSales {
  /** Distinct buyers in the window, self-trades and returns left out. */
  readonly buyers: number;
  /** Sales that count, and those dropped because the work came back to a wallet that had sold it, or cost nothing. */
  readonly counted: number;
  readonly dropped: number;
  /** Lower median over the buyers; 0n of none. */
  readonly price: bigint;
  /** The lowest tenth over the buyers; 0n of none. */
  readonly floor: bigint;
  /** Of the last whole day: one price for each buyer of that day. */
  readonly volume: bigint;
  /** Of the last sale that counts; 0 of none. */
  readonly time: number;
}

/**
 * One vote for each distinct buyer: the lower median of what that buyer paid in the window, so that a wallet that buys a hundred times
 * speaks once. The window ends at the last midnight before `at`, so that nodes that look at slightly different moments say the same.
 * Whatever brings a work back to a wallet that sold it in the window (A to A, A to B to A, longer rounds) counts for nothing.
 */
export function weighSales(
  sales: readonly OwnSale[],
  { at }: { readonly at: number },
): WeighedSales {
  const end = Math.floor(at / DAY) * DAY;
  const within = sales.filter(
    ({ time }) => time >= end - SALES_WINDOW * DAY && time < end,
  );
  const counted = straight(within).filter(({ price }) => price > 0n);
  const votes = votesOf(counted);
  const lastDay = votesOf(counted.filter(({ time }) => time >= end - DAY));
  return {
    buyers: votes.length,
    counted: counted.length,
    dropped: within.length - counted.length,
    price: lowerMedian(votes),
    floor: quantile(votes, 1, 10),
    volume: lastDay.reduce((sum, vote) => sum + vote, 0n),
    time: counted.reduce((latest, { time }) => Math.max(latest, time), 0),
  };
}

function votesOf(sales: readonly OwnSale[]): bigint[] {
  return [...groups(sales, ({ buyer }) => buyer).values()].map((own) =>
    lowerMedian(own.map(({ price }) => price)),
  );
}

/** The sales without those between a wallet's selling a work and its buying that work again. */
export function straight(sales: readonly OwnSale[]): OwnSale[] {
  return [...groups(sales, ({ token }) => token).values()].flatMap((own) => {
    const way = [...own].sort(
      (a, b) =>
        a.time - b.time ||
        compare(a.seller, b.seller) ||
        compare(a.buyer, b.buyer),
    );
    // The place of each wallet's first sale, and the part of the way that is dropped, as [first, last] pairs.
    const sold = new Map<string, number>();
    const rounds: [number, number][] = [];
    way.forEach(({ seller, buyer }, i) => {
      if (!sold.has(seller)) sold.set(seller, i);
      const from = sold.get(buyer);
      if (from !== undefined) rounds.push([from, i]);
    });
    return withoutRounds(way, rounds);
  });
}

/** Rounds end in ascending order, so one walk from the back drops them all. */
function withoutRounds(
  way: readonly OwnSale[],
  rounds: readonly (readonly [number, number])[],
): OwnSale[] {
  const kept: OwnSale[] = [];
  let next = rounds.length - 1;
  let dropFrom = way.length;
  for (let i = way.length - 1; i >= 0; i--) {
    for (; next >= 0 && (rounds[next]?.[1] ?? -1) >= i; next--)
      dropFrom = Math.min(dropFrom, rounds[next]?.[0] ?? i);
    const sale = way[i];
    if (i < dropFrom && sale !== undefined) kept.push(sale);
    if (i <= dropFrom) dropFrom = way.length;
  }
  return kept;
}

function groups(
  sales: readonly OwnSale[],
  key: (sale: OwnSale) => string,
): Map<string, OwnSale[]> {
  const all = new Map<string, OwnSale[]>();
  for (const sale of sales) {
    const group = all.get(key(sale));
    if (group === undefined) all.set(key(sale), [sale]);
    else group.push(sale);
  }
  return all;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
