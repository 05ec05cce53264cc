import { cropped, gathered, turned, valueAt, type Tile } from "./tile.ts";

/** Largest value of the measure: the reference explains nothing. */
export const UNLIKE = 10_000;

/** Points a side of the outline that is searched, and of the window in which the best places are measured. */
const COARSE = 7;
const FINE = 14;
/** A copy may show this much of the reference's side, and may have moved as far as its window fits, in so many steps. */
const CROPS: readonly (readonly [share: number, steps: number])[] = [
  [1, 3],
  [0.9, 4],
  [0.8, 5],
];
/** A colour that varies by less than this explains nothing, and a picture that does copies nothing: 4 levels, of sums of 16. */
const PLAIN = 64 * 64;

/** One window of a reference, at both sizes: three channels one after the other, centred, at right angles, of length one. */
interface Window {
  readonly coarse: Float64Array;
  readonly fine: Float64Array;
}

/** All windows of a reference. */
export type Explaining = readonly Window[];

/** A picture's middle in all four turns, centred, channel by channel, at both sizes. */
export interface Explainable {
  readonly turns: readonly Window[];
  /** Sum of its squares at the finer size. */
  readonly total: number;
}

/** Prepares a picture to be explained by references. */
export function explainable(tile: Tile): Explainable {
  const turns = turned(gathered(tile)).map((turn) => {
    const fine = planes(cropped(turn, 1, 1, 1, FINE), FINE);
    return { coarse: outline(fine), fine };
  });
  let total = 0;
  for (const value of turns[0]?.fine ?? []) total += value * value;
  return { turns, total };
}

/** Prepares a reference, with its crops and shifts. */
export function explaining(tile: Tile): Explaining {
  const coarse = gathered(tile);
  return CROPS.flatMap(([share, steps]) => {
    const slack = coarse.side - FINE * share;
    const offsets = Array.from(
      { length: steps },
      (_, i) => (slack * i) / (steps - 1),
    );
    return offsets.flatMap((top) =>
      offsets.map((left) => {
        const fine = planes(cropped(coarse, left, top, share, FINE), FINE);
        return {
          coarse: upright(outline(fine), COARSE * COARSE),
          fine: upright(fine, FINE * FINE),
        };
      }),
    );
  });
}

/**
 * How much of a picture is left that no reference explains when its colours are replaced by the best fitting ones (any
 * affine map of red, green and blue): the root of the rest's share of the squares, in ten-thousandths. 0 is a recoloured
 * copy. Of each reference the window and turn count that explain the outline best. A picture without any structure copies
 * nothing and has `most`, as what no reference explains better.
 */
export function recolouredDistance(
  { turns, total }: Explainable,
  references: readonly Explaining[],
  most: number,
): number {
  if (total <= PLAIN * FINE * FINE) return most;
  let best = 0;
  for (const windows of references) {
    let found = 0;
    let at: readonly [Window, Window] | undefined;
    for (const window of windows)
      for (const turn of turns) {
        const share = explained(turn.coarse, window.coarse, COARSE * COARSE);
        if (share > found) [found, at] = [share, [turn, window]];
      }
    if (at !== undefined)
      best = Math.max(best, explained(at[0].fine, at[1].fine, FINE * FINE));
  }
  const rest = Math.sqrt(Math.max(0, 1 - best / total));
  return Math.min(most, Math.floor(rest * UNLIKE));
}

/** Squares of `a` that the three channels of `b` explain: its projections upon them. */
function explained(a: Float64Array, b: Float64Array, points: number): number {
  let sum = 0;
  for (let row = 0; row < 3 * points; row += points) {
    let x = 0;
    let y = 0;
    let z = 0;
    for (let i = 0; i < points; i++) {
      const value = valueAt(a, row + i);
      x += value * valueAt(b, i);
      y += value * valueAt(b, points + i);
      z += value * valueAt(b, 2 * points + i);
    }
    sum += x * x + y * y + z * z;
  }
  return sum;
}

/** Points with three colours each as three planes, one after the other, each less its mean. */
function planes(values: Float64Array, side: number): Float64Array {
  const points = side * side;
  const out = new Float64Array(points * 3);
  for (let c = 0; c < 3; c++) {
    let sum = 0;
    for (let i = 0; i < points; i++) sum += valueAt(values, i * 3 + c);
    for (let i = 0; i < points; i++)
      out[c * points + i] = valueAt(values, i * 3 + c) - sum / points;
  }
  return out;
}

/** Planes at half their side: means of 2 x 2 points. */
function outline(fine: Float64Array): Float64Array {
  const out = new Float64Array(COARSE * COARSE * 3);
  for (let i = 0; i < out.length; i++) {
    const row = Math.floor(i / COARSE);
    const from = 2 * row * FINE + 2 * (i % COARSE);
    out[i] =
      (valueAt(fine, from) +
        valueAt(fine, from + 1) +
        valueAt(fine, from + FINE) +
        valueAt(fine, from + FINE + 1)) /
      4;
  }
  return out;
}

/** Three planes at right angles to each other and of length one (Gram and Schmidt); nothing is left of one that hardly varies. */
function upright(planes: Float64Array, points: number): Float64Array {
  const out = planes.slice();
  for (let c = 0; c < 3; c++) {
    const own = out.subarray(c * points, (c + 1) * points);
    for (let before = 0; before < c; before++) {
      const other = out.subarray(before * points, (before + 1) * points);
      const share = dot(own, other);
      for (let i = 0; i < points; i++)
        own[i] = valueAt(own, i) - share * valueAt(other, i);
    }
    const squares = dot(own, own);
    const scale = squares < PLAIN * points ? 0 : 1 / Math.sqrt(squares);
    for (let i = 0; i < points; i++) own[i] = valueAt(own, i) * scale;
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += valueAt(a, i) * valueAt(b, i);
  return sum;
}
