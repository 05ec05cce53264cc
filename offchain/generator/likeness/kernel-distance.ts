import { utf8 } from "../../kernel/bytes.ts";
import { keccak256 } from "../../kernel/digest.ts";
import { FatalError } from "../../kernel/errors.ts";
import { createRng, type Rng } from "../../kernel/rng.ts";

/** A figure with the interval that holds 95 of 100 resamples. */
export type Interval = Readonly<{ value: number; low: number; high: number }>;

/** Resamples behind every interval. */
const RESAMPLES = 1_000;

/** Points of a feature space; see `features.ts`. */
export type Points = readonly Float64Array[];

/**
 * Kernel distance of two sets (KID; Binkowski et al., Demystifying MMD GANs, 2018): the squared maximum mean discrepancy
 * under (x . y + 1) ^ 3, unbiased, so that two samples of one source give 0 on average, and less than 0 half of the time.
 * @throws FatalError `generator/few-pictures` if a set has less than two points.
 */
export function kernelDistance(a: Points, b: Points): number {
  const kernel = kernelOf([...a, ...b]);
  return discrepancy(kernel, range(0, a.length), range(a.length, b.length));
}

/** The kernel distance, and its bootstrap interval: both sets drawn anew with replacement, pairs of one and the same point left out. */
export function kernelInterval(a: Points, b: Points): Interval {
  const kernel = kernelOf([...a, ...b]);
  const rng = stream("bootstrap");
  const drawn = (from: number, count: number): number[] =>
    Array.from({ length: count }, () => from + rng.below(count));
  const samples = Array.from({ length: RESAMPLES }, () =>
    discrepancy(kernel, drawn(0, a.length), drawn(a.length, b.length)),
  );
  return {
    value: discrepancy(kernel, range(0, a.length), range(a.length, b.length)),
    ...ends(samples),
  };
}

/**
 * How far two halves of one set are apart, over many random halvings: their mean, which is 0 by construction, and the
 * interval. Nothing that is measured against the set can be told from it while it stays within.
 * @throws FatalError `generator/few-pictures` if the set has less than four points.
 */
export function halvesInterval(set: Points): Interval {
  const samples = halvings(set.length).map(
    (
      (kernel) =>
      ([left, right]) =>
        discrepancy(kernel, left, right)
    )(kernelOf(set)),
  );
  return {
    value: samples.reduce((sum, sample) => sum + sample, 0) / samples.length,
    ...ends(samples),
  };
}

/**
 * In what share of halvings of the set the works are no further from one half than the other half is, equally many of them
 * drawn each time: about a half for works that nothing tells from the set, 0 for works that are always further.
 */
export function noFurtherThanHalves(set: Points, works: Points): number {
  const kernel = kernelOf([...set, ...works]);
  const rng = stream("matched");
  const splits = halvings(set.length);
  const closer = splits.filter(([left, right]) => {
    const drawn = shuffled(range(set.length, works.length), rng).slice(
      0,
      right.length,
    );
    return discrepancy(kernel, left, drawn) <= discrepancy(kernel, left, right);
  });
  return closer.length / splits.length;
}

/** Random halvings of so many points; the first half has one more if they are odd. */
function halvings(count: number): [number[], number[]][] {
  const rng = stream("halves");
  return Array.from({ length: RESAMPLES }, () => {
    const order = shuffled(range(0, count), rng);
    const middle = Math.ceil(count / 2);
    return [order.slice(0, middle), order.slice(middle)];
  });
}

/** Kernel of every point with every other: what distances of many subsets are read from. */
export function kernelOf(points: Points): Float64Array[] {
  return points.map((a) =>
    Float64Array.from(points, (b) => {
      let dot = 1;
      for (let k = 0; k < a.length; k++) dot += a[k]! * b[k]!;
      return dot * dot * dot;
    }),
  );
}

/**
 * {@link kernelDistance} of two lists of places in a kernel.
 * @throws FatalError `generator/few-pictures` if a list has less than two places.
 */
export function discrepancy(
  kernel: readonly Float64Array[],
  a: readonly number[],
  b: readonly number[],
): number {
  if (a.length < 2 || b.length < 2) {
    throw new FatalError(
      "generator/few-pictures",
      `Sets of \`${a.length}\` and \`${b.length}\` pictures were to be compared; give at least two each.`,
    );
  }
  return mean(kernel, a, a) + mean(kernel, b, b) - 2 * mean(kernel, a, b);
}

/** Mean of the kernel over pairs of different points; 0 where there is none. */
function mean(
  kernel: readonly Float64Array[],
  a: readonly number[],
  b: readonly number[],
): number {
  let sum = 0;
  let pairs = 0;
  for (const i of a) {
    const row = kernel[i]!;
    for (const j of b)
      if (i !== j) {
        sum += row[j]!;
        pairs++;
      }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

function ends(samples: readonly number[]): { low: number; high: number } {
  const sorted = Float64Array.from(samples).sort();
  const place = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { low: place(0.025), high: place(0.975) };
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

function shuffled(items: number[], rng: Rng): number[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}

function stream(purpose: string): Rng {
  return createRng(keccak256(utf8(`likeness/${purpose}`)));
}
