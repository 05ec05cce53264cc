import type { Rng } from "../../kernel/rng.ts";
import {
  blockStarts,
  intervalOf,
  running,
  type Interval,
} from "./bootstrap.ts";
import { MARGIN, MOST_NEAR, shareOf, slopeOf } from "../margin.ts";
import type { TapeSale } from "./tape.ts";

/** How sales answer a royalty, fitted on sales by the assumption of ../margin.ts. */
export interface Response {
  /** Part of the sales lost for each unit of royalty more, near no change: 4 means that a point more (0.01) costs about 4 %. */
  readonly slope: number;
  /** Of the slope, from resampled blocks of sales; only what sampling does, not what the assumption does. */
  readonly interval: Interval;
  /** Of the sales, within the margin. */
  readonly share: number;
  /** Sales that it rests on. */
  readonly sales: number;
}

/** Sales in a block, and how often blocks are drawn. */
const BLOCK = 50;
const DRAWS = 200;
/** Never more than so many times the recorded sales, however low the royalty. */
const MOST_SALES = 2;

/** The response that the first `end` sales of a tape give. */
export function fitResponse(
  sales: readonly TapeSale[],
  end: number,
  rng: Rng,
): Response {
  const near: number[] = [];
  for (let i = 0; i < end; i++) {
    const distance = sales[i]?.distance;
    if (distance !== undefined) near.push(distance < MARGIN ? 1 : 0);
  }
  const share = shareOf(
    near.reduce((sum, one) => sum + one, 0),
    near.length,
  );
  const hits = running(near);
  const length = Math.min(BLOCK, near.length);
  const slopes = Array.from({ length: DRAWS }, () => {
    const starts = blockStarts(near.length, length, rng);
    let found = 0;
    for (const start of starts)
      found += (hits[start + length] ?? 0) - (hits[start] ?? 0);
    return slopeOf(shareOf(found, starts.length * length));
  });
  return {
    slope: slopeOf(share),
    interval: intervalOf(slopes),
    share,
    sales: near.length,
  };
}

/** Share of sales within the margin among those of the last `count` before `end`, drawn towards `usual` where they are few. */
export function nearShare(
  sales: readonly TapeSale[],
  end: number,
  count: number,
  usual: number,
): number {
  let [hits, seen] = [20 * usual, 20];
  for (let i = Math.max(0, end - count); i < end; i++) {
    const distance = sales[i]?.distance;
    if (distance === undefined) continue;
    seen++;
    if (distance < MARGIN) hits++;
  }
  return Math.min(MOST_NEAR, hits / seen);
}

/**
 * Of the sales at one royalty, what remains at another: (1 + slope * more / 8)^-8, nearly the exponential; where the royalty falls, its
 * inverse, but never more than twice the sales.
 * @param more Royalty, as a share of the price, above the one at which the sales were recorded.
 */
export function keep(more: number, slope: number): number {
  const one = 1 + (slope * Math.abs(more)) / 8;
  const two = one * one;
  const four = two * two;
  const eight = four * four;
  return more >= 0 ? 1 / eight : Math.min(MOST_SALES, eight);
}
