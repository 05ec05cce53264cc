import {
  cut,
  hundredths,
  squaresOf,
  turned,
  valueAt,
  type Tile,
} from "./tile.ts";

/** Side of a patch: 12 of 32 points, 3/8 of the picture. */
const PATCH = 12;
const BLOCK = 4;
const LENGTH = PATCH * PATCH * 3;
/** Numbers of a patch's outline: sums over 3 x 3 blocks of 4 x 4 points. */
const OUTLINE = 27;
/** Where the patches begin that are looked for, along and down: sixteen of them, overlapping by half. */
const STARTS = [0, 7, 13, 20];
/** The patch as it is, and mirrored left to right. */
const TURNS = 2;
/** Patches that vary by less than this root mean square, levels, are plain: any two pictures share those. */
const PLAIN = 12;
/** With fewer patches than this that are not plain there is nothing to quote. */
const LEAST_PATCHES = 4;

/** A reference: its points, and the outline of its patch at every place. */
export interface Quotable {
  readonly tile: Tile;
  readonly places: number;
  readonly outlines: Float64Array;
}

/** Prepares a reference. */
export function quotable(tile: Tile): Quotable {
  const places = tile.side - PATCH + 1;
  const outlines = new Float64Array(places * places * OUTLINE);
  for (let place = 0; place < places * places; place++) {
    const patch = cut(tile, place % places, Math.floor(place / places), PATCH);
    outlines.set(outlineOf(patch), place * OUTLINE);
  }
  return { tile, places, outlines };
}

/**
 * How far the patches of a picture are from the nearest patch of any reference, at any place, mirrored too: root
 * mean square in hundredths of a level. Of the picture's patches that are not plain an eighth is nearer than what is told,
 * so that half of a copy beside something new is caught. `most` where none is nearer, or nothing is there to quote.
 */
export function patchDistance(
  tile: Tile,
  references: readonly Quotable[],
  most: number,
): number {
  const patches = patchesOf(tile);
  if (patches.length < LEAST_PATCHES) return most;
  const limit = squaresOf(most, LENGTH);
  const squares = Float64Array.from(patches, (patch) =>
    nearest(patch, references, limit),
  ).sort();
  const eighth = valueAt(squares, squares.length >> 3);
  return Math.min(most, hundredths(eighth, LENGTH));
}

/** The patches of a picture that are not plain. */
function patchesOf(tile: Tile): Float64Array[] {
  const patches: Float64Array[] = [];
  for (const top of STARTS)
    for (const left of STARTS) {
      const patch = cut(tile, left, top, PATCH);
      if (!isPlain(patch)) patches.push(patch);
    }
  return patches;
}

function isPlain(patch: Float64Array): boolean {
  const sums = [0, 0, 0];
  let squares = 0;
  for (let i = 0; i < LENGTH; i++) {
    const value = valueAt(patch, i);
    sums[i % 3] = (sums[i % 3] ?? 0) + value;
    squares += value * value;
  }
  for (const sum of sums) squares -= (sum * sum) / (PATCH * PATCH);
  return squares < PLAIN * PLAIN * 16 * LENGTH;
}

/** Least sum of squared differences to any patch of the references, or `limit` if none is less. */
function nearest(
  patch: Float64Array,
  references: readonly Quotable[],
  limit: number,
): number {
  let best = limit;
  const turns = turned({ side: PATCH, values: patch }).slice(0, TURNS);
  for (const { values } of turns) {
    const outline = outlineOf(values);
    for (const { tile, places, outlines } of references)
      for (let place = 0; place < places * places; place++) {
        if (!outlineBelow(outline, outlines, place * OUTLINE, best)) continue;
        const from =
          (Math.floor(place / places) * tile.side + (place % places)) * 3;
        best = compared(values, tile, from, best);
      }
  }
  return best;
}

/**
 * Whether two outlines leave room for a sum of squares below `best`: by Cauchy and Schwarz the squared difference of two
 * sums over 16 points is at most 16 times the sum of the squared differences, so nothing nearer is ever left out.
 */
function outlineBelow(
  outline: Float64Array,
  outlines: Float64Array,
  from: number,
  best: number,
): boolean {
  const limit = best * BLOCK * BLOCK;
  let sum = 0;
  for (let i = 0; i < OUTLINE; i += 3) {
    const r = valueAt(outline, i) - valueAt(outlines, from + i);
    const g = valueAt(outline, i + 1) - valueAt(outlines, from + i + 1);
    const b = valueAt(outline, i + 2) - valueAt(outlines, from + i + 2);
    sum += r * r + g * g + b * b;
    if (sum >= limit) return false;
  }
  return true;
}

function compared(
  patch: Float64Array,
  { side, values }: Tile,
  from: number,
  best: number,
): number {
  let sum = 0;
  for (let y = 0; y < PATCH; y++) {
    const row = from + y * side * 3;
    for (let k = 0; k < PATCH * 3; k++) {
      const difference =
        valueAt(patch, y * PATCH * 3 + k) - valueAt(values, row + k);
      sum += difference * difference;
    }
    if (sum >= best) return best;
  }
  return sum;
}

function outlineOf(patch: Float64Array): Float64Array {
  const outline = new Float64Array(OUTLINE);
  const across = PATCH / BLOCK;
  for (let y = 0; y < PATCH; y++)
    for (let x = 0; x < PATCH; x++)
      for (let c = 0; c < 3; c++) {
        const to =
          (Math.floor(y / BLOCK) * across + Math.floor(x / BLOCK)) * 3 + c;
        outline[to] =
          valueAt(outline, to) + valueAt(patch, (y * PATCH + x) * 3 + c);
      }
  return outline;
}
