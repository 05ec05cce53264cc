import {
  cut,
  hundredths,
  squaresOf,
  turned,
  valueAt,
  type Tile,
} from "./tile.ts";

/** A picture counts as the same when it has moved by up to this many of 32 points. */
const SHIFT = 2;

/** Numbers that are added before it is asked whether the sum is already too large: three rows. */
const STRETCH = 84;

/** The middle of a tile in all four turns: what is compared with a reference's windows. */
export function middles(tile: Tile): Float64Array[] {
  const size = tile.side - 2 * SHIFT;
  return turned(tile).map((turn) => cut(turn, SHIFT, SHIFT, size));
}

/** The windows of a reference that the middle of a moved copy would equal. */
export function windows(tile: Tile): Float64Array[] {
  const size = tile.side - 2 * SHIFT;
  const steps = Array.from({ length: 2 * SHIFT + 1 }, (_, i) => i);
  return steps.flatMap((top) =>
    steps.map((left) => cut(tile, left, top, size)),
  );
}

/**
 * Distance of a picture's nearest reference: root mean square over red, green and blue of the middle 28 of 32 points, the
 * least over turns and shifts, in hundredths of a level; `most` if none is nearer than that.
 */
export function wholeDistance(
  seen: readonly Float64Array[],
  references: readonly Float64Array[],
  most: number,
): number {
  const length = seen[0]?.length ?? 1;
  let best = squaresOf(most, length);
  for (const window of references)
    for (const middle of seen) best = nearer(middle, window, best);
  return Math.min(most, hundredths(best, length));
}

/** Sum of squared differences, or `best` as soon as it is reached. */
function nearer(a: Float64Array, b: Float64Array, best: number): number {
  let sum = 0;
  for (let i = 0; i < a.length;) {
    const end = Math.min(a.length, i + STRETCH);
    for (; i < end; i++) {
      const difference = valueAt(a, i) - valueAt(b, i);
      sum += difference * difference;
    }
    if (sum >= best) return best;
  }
  return sum;
}
