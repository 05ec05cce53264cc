import type { OwnSale } from "../market/reading.ts";
import { straight } from "../market/weigh-sales.ts";
import { createNeighbourhood, distanceOf, MARGIN } from "../steward/margin.ts";
import type { OwnPeriod } from "../steward/policy.ts";
import type { ParameterChangedEvent } from "./ports-governance.ts";

/** Where a period may begin or end: a block, and its time in unix seconds. */
export interface Cut {
  readonly block: number;
  readonly time: number;
}

/** What happened to our own works, from the chain. */
export interface OwnFacts {
  readonly sales: readonly OwnSale[];
  /** Blocks in which a work was burned, one entry for each. */
  readonly burns: readonly number[];
  /** Blocks of dials that were turned, and of works pinned or let go. */
  readonly acts: readonly number[];
  /** The royalty's changes, oldest first. */
  readonly changes: readonly ParameterChangedEvent[];
  /** In force now, bps. */
  readonly royalty: number;
}

/** Rounds nearer to each other than this make one period, seconds: about a day, whenever in it they come. */
const LEAST_LENGTH = 72_000;

/** From 18 decimals to millionths. */
const MILLIONTH = 1_000_000_000_000n;

/**
 * Our own market between rounds, oldest first. Sales that bring a work back to a wallet that had sold it say nothing, so whoever trades
 * with himself moves no parameter by it.
 */
export function ownPeriods(
  cuts: readonly Cut[],
  { sales, burns, acts, changes, royalty }: OwnFacts,
): readonly OwnPeriod[] {
  const counted = straight(sales).filter(({ price }) => price > 0n);
  const near = nearMedian(counted);
  const chosen = spaced(cuts);
  return chosen.slice(1).map((end, i) => {
    const start = chosen[i] ?? end;
    const [from, to] = [start.time, end.time];
    const sold = counted.filter(({ time }) => time >= from && time < to);
    const inside = (block: number): boolean =>
      block > start.block && block <= end.block;
    return {
      from,
      to,
      royalty: prevailing(changes, royalty, { from, to }),
      sales: sold.length,
      near: sold.filter((sale) => near.has(sale)).length,
      volume: millionths(sold),
      burns: burns.filter(inside).length,
      acts: acts.filter(inside).length,
    };
  });
}

/** The sales that lie near the median of those before them. */
function nearMedian(sales: readonly OwnSale[]): ReadonlySet<OwnSale> {
  const before = createNeighbourhood();
  return new Set(
    [...sales]
      .sort((a, b) => a.time - b.time)
      .filter((sale) => {
        const price = Number(sale.price);
        const median = before.median();
        before.add(price);
        return median !== undefined && distanceOf(price, median) < MARGIN;
      }),
  );
}

function spaced(cuts: readonly Cut[]): readonly Cut[] {
  const kept: Cut[] = [];
  for (const cut of cuts) {
    const last = kept.at(-1);
    if (last === undefined || cut.time - last.time >= LEAST_LENGTH)
      kept.push(cut);
  }
  return kept;
}

/** The royalty that was in force for the longest part of a span. */
function prevailing(
  changes: readonly ParameterChangedEvent[],
  now: number,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  let value = changes[0]?.from ?? now;
  let at = from;
  const held = new Map<number, number>();
  const hold = (until: number): void => {
    if (until > at) held.set(value, (held.get(value) ?? 0) + until - at);
    at = Math.max(at, until);
  };
  for (const change of changes) {
    if (change.time >= to) break;
    hold(change.time);
    value = change.to;
  }
  hold(to);
  let [longest, most] = [value, 0];
  for (const [each, seconds] of held)
    if (seconds > most) [longest, most] = [each, seconds];
  return longest;
}

function millionths(sold: readonly OwnSale[]): number {
  const sum = sold.reduce((total, { price }) => total + price, 0n) / MILLIONTH;
  return Math.min(Number(sum), Number.MAX_SAFE_INTEGER);
}
