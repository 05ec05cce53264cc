import type { Rng } from "../../kernel/rng.ts";

/** A value with the ends between which 95 % of the resampled ones lie. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A difference with its interval. */
export interface Estimate extends Interval {
  readonly value: number;
}

const RESAMPLES = 1_000;

/** Starts of blocks that together cover as much as there is: moving blocks, drawn with replacement. */
export function blockStarts(count: number, block: number, rng: Rng): number[] {
  if (count === 0) return [];
  const length = Math.min(block, count);
  return Array.from({ length: Math.ceil(count / length) }, () =>
    rng.below(count - length + 1),
  );
}

/** The middle 95 % of values. */
export function intervalOf(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}

/** Periods in a block: a month of rounds or so, fewer where there are few. */
export function blockLength(periods: number): number {
  return Math.max(1, Math.min(25, Math.floor(periods / 8)));
}

/**
 * How much more `ours` is than `theirs`, as a share of `theirs`, both summed over the same periods: a paired moving-block bootstrap.
 * Periods are drawn in blocks, because a busy week is followed by a busy week, and both sides get the same periods.
 */
export function pairedGain(
  ours: readonly number[],
  theirs: readonly number[],
  rng: Rng,
): Estimate {
  const [a, b] = [running(ours), running(theirs)];
  const count = ours.length;
  const length = Math.min(count, blockLength(count));
  const gain = (x: number, y: number): number => (y > 0 ? x / y - 1 : 0);
  const gains = Array.from({ length: RESAMPLES }, () => {
    let [x, y] = [0, 0];
    for (const start of blockStarts(count, length, rng)) {
      x += (a[start + length] ?? 0) - (a[start] ?? 0);
      y += (b[start + length] ?? 0) - (b[start] ?? 0);
    }
    return gain(x, y);
  });
  return { value: gain(a[count] ?? 0, b[count] ?? 0), ...intervalOf(gains) };
}

/** Running sums; the first is zero. */
export function running(values: readonly number[]): number[] {
  const sums = [0];
  let sum = 0;
  for (const value of values) sums.push((sum += value));
  return sums;
}

/** The interval of the running sum of differences at so many places, evenly apart. */
export function runningBand(
  differences: readonly number[],
  places: number,
  rng: Rng,
): readonly (Interval & { readonly at: number })[] {
  const sums = running(differences);
  const count = differences.length;
  return Array.from({ length: Math.min(places, count) }, (_, i) => {
    const at = Math.floor(((i + 1) * count) / Math.min(places, count));
    const length = blockLength(at);
    const totals = Array.from({ length: RESAMPLES / 2 }, () => {
      let total = 0;
      const starts = blockStarts(at, length, rng);
      for (const start of starts)
        total += (sums[start + length] ?? 0) - (sums[start] ?? 0);
      return (total * at) / (starts.length * length);
    });
    return { at, ...intervalOf(totals) };
  });
}
