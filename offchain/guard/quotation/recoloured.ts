import { cut, gathered, turned, valueAt, type Tile } from "./tile.ts";

/** Largest value of the measure: the reference explains nothing. */
export const UNLIKE = 10_000;

const SHIFT = 1;
const INNER = 14;
const POINTS = INNER * INNER;
/** Added to the variance of a reference's colours, so that a colour that hardly varies explains nothing: 4 levels, of sums of 16. */
const RIDGE = 64 * 64 * POINTS;

/** A window of 14 x 14 points of 16, its colours centred, and the inverse of their scatter. */
export interface Explained {
  readonly centred: Float64Array;
  readonly inverse: Float64Array;
}

/** A picture's middle in all four turns, centred, and the sum of its squares. */
export interface Explainable {
  readonly turns: readonly Float64Array[];
  readonly total: number;
}

/** Prepares a picture to be explained by references. */
export function explainable(tile: Tile): Explainable {
  const turns = turned(gathered(tile)).map((turn) =>
    centred(cut(turn, SHIFT, SHIFT, INNER)),
  );
  let total = 0;
  for (const value of turns[0] ?? []) total += value * value;
  return { turns, total };
}

/** Prepares a reference, with its shifts. */
export function explaining(tile: Tile): Explained[] {
  const coarse = gathered(tile);
  const steps = [0, 1, 2];
  return steps.flatMap((top) =>
    steps.map((left) => {
      const window = centred(cut(coarse, left, top, INNER));
      return { centred: window, inverse: inverse(products(window, window)) };
    }),
  );
}

/**
 * How much of a picture is left that no reference explains when its colours are replaced by the best fitting ones (any
 * affine map of red, green and blue): the root of the rest's share of the squares, in ten-thousandths. 0 is a recoloured
 * copy. A picture without any structure copies nothing and has `most`, as what no reference explains better.
 */
export function recolouredDistance(
  { turns, total }: Explainable,
  references: readonly Explained[],
  most: number,
): number {
  if (total <= RIDGE) return most;
  let best = 0;
  for (const { centred: window, inverse: inner } of references)
    for (const turn of turns)
      best = Math.max(best, explainedSquares(products(turn, window), inner));
  const rest = Math.sqrt(Math.max(0, 1 - best / total));
  return Math.min(most, Math.floor(rest * UNLIKE));
}

/** Trace of P S^-1 P^T: what the regression of three channels upon three explains. */
function explainedSquares(cross: Float64Array, inner: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < 9; row += 3)
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        sum +=
          valueAt(cross, row + i) *
          valueAt(inner, i * 3 + j) *
          valueAt(cross, row + j);
  return sum;
}

function centred(values: Float64Array): Float64Array {
  const means = new Float64Array(3);
  for (let i = 0; i < values.length; i++)
    means[i % 3] = valueAt(means, i % 3) + valueAt(values, i);
  return values.map((value, i) => value - valueAt(means, i % 3) / POINTS);
}

/** The nine sums of products of the channels of a and b. */
function products(a: Float64Array, b: Float64Array): Float64Array {
  const sums = new Float64Array(9);
  for (let row = 0; row < 3; row++) {
    let [r, g, blue] = [0, 0, 0];
    for (let i = 0; i < a.length; i += 3) {
      const value = valueAt(a, i + row);
      r += value * valueAt(b, i);
      g += value * valueAt(b, i + 1);
      blue += value * valueAt(b, i + 2);
    }
    sums.set([r, g, blue], row * 3);
  }
  return sums;
}

/** Inverse of a symmetric 3 x 3 matrix with the ridge added, by its minors. */
function inverse(matrix: Float64Array): Float64Array {
  const [xy, xz, yz] = [1, 2, 5].map((i) => valueAt(matrix, i)) as [
    number,
    number,
    number,
  ];
  const [x, y, z] = [0, 4, 8].map((i) => valueAt(matrix, i) + RIDGE) as [
    number,
    number,
    number,
  ];
  const first = y * z - yz * yz;
  const second = xz * yz - xy * z;
  const third = xy * yz - xz * y;
  const determinant = x * first + xy * second + xz * third;
  return Float64Array.of(
    first,
    second,
    third,
    second,
    x * z - xz * xz,
    xy * xz - x * yz,
    third,
    xy * xz - x * yz,
    x * y - xy * xy,
  ).map((minor) => minor / determinant);
}
