import type { Limits } from "./slot.ts";
import type { World } from "./world.ts";

/** What a path of royalties came to over some periods. Amounts in millionths of the quote unit, royalties in bps, shares from 0 to 1. */
export interface Measures {
  readonly revenue: number;
  readonly volume: number;
  readonly sales: number;
  /** Sales that the royalty prevented, as a share of the recorded ones; negative where it brought some. */
  readonly lost: number;
  /** Of the sales, those that resell a work within 30 days: holders who leave at once. */
  readonly churn: number;
  /** Mean distance of the royalty from where it began, over time. */
  readonly drift: number;
  /** Mean royalty over time. */
  readonly royalty: number;
  /** Of the time, spent at a bound. */
  readonly atBounds: number;
  /** How far its revenue fell behind holding still, from its best lead, as a share of holding still's revenue. */
  readonly drawdown: number;
  readonly moves: number;
}

/** A path over periods `from` to `to` (not included), in a world. */
export interface Stretch {
  readonly world: World;
  /** Royalty of a period. */
  readonly at: (period: number) => number;
  readonly from: number;
  readonly to: number;
  /** Seconds of a period. */
  readonly seconds: (period: number) => number;
  readonly limits: Limits;
}

/** Measures a path. */
export function measure({
  world,
  at,
  from,
  to,
  seconds,
  limits,
}: Stretch): Measures {
  const sum = { revenue: 0, volume: 0, sales: 0, quick: 0 };
  const still = { revenue: 0, sales: 0 };
  let [time, drift, mean, bound, moves] = [0, 0, 0, 0, 0];
  let [lead, best, drawdown] = [0, 0, 0];
  for (let k = from; k < to; k++) {
    const royalty = at(k);
    const outcome = world.outcome(k, royalty);
    const held = world.outcome(k, world.base);
    sum.revenue += outcome.revenue;
    sum.volume += outcome.volume;
    sum.sales += outcome.sales;
    sum.quick += outcome.quick;
    still.revenue += held.revenue;
    still.sales += held.sales;
    lead += outcome.revenue - held.revenue;
    best = Math.max(best, lead);
    drawdown = Math.max(drawdown, best - lead);
    const length = seconds(k);
    time += length;
    drift += length * Math.abs(royalty - world.base);
    mean += length * royalty;
    if (royalty === limits.low || royalty === limits.high) bound += length;
    if (k > from && royalty !== at(k - 1)) moves++;
  }
  const { quick, ...totals } = sum;
  const part = (a: number, b: number): number => (b > 0 ? a / b : 0);
  return {
    ...totals,
    lost: part(still.sales - sum.sales, still.sales),
    churn: part(quick, sum.sales),
    drift: part(drift, time),
    royalty: part(mean, time),
    atBounds: part(bound, time),
    drawdown: part(drawdown, still.revenue),
    moves,
  };
}
