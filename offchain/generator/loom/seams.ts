import { CODES } from "../adapter/adapter.ts";

import type { Cloth } from "./cloth.ts";
import { emptyOrigins, type Origins } from "./origins.ts";

/** How far (parts of the side) a seam may wander from where it was meant. */
const WANDER = 0.22;
/** How much of the first source's figure, or as much of others, must be left. */
const ENOUGH = 0.75;
/** What a step aside costs, in mean differences of two cells. */
const STEP = 0.25;

/**
 * Joins cloths of one size along seams where they differ least (Efros and Freeman, Image Quilting, 2001): of each further
 * donor the try whose seam costs least takes what lies beyond it, above and below (0) or left and right (1).
 * @returns the cloths taken, where each cell is from, and 1 for the cells near a seam
 */
export function join(
  first: Cloth,
  rest: readonly (readonly Cloth[])[],
  seams: readonly (readonly [number, number])[],
): { sources: readonly Cloth[]; origins: Origins; near: Uint8Array } {
  const { width, height } = first;
  const sources = [first];
  const owner = new Int32Array(width * height);
  const near = new Uint8Array(width * height);
  rest.forEach((tries, k) => {
    const [way, at] = seams[k]!;
    const long = way === 0 ? width : height;
    const wide = way === 0 ? height : width;
    const cell = (along: number, across: number): number =>
      way === 0 ? across * width + along : along * width + across;
    const enough = ENOUGH * figureOf(first, () => true);
    let best: { cost: number; path: readonly number[]; cloth: Cloth } | null =
      null;
    const beyond = (across: number, edge: number): boolean =>
      // The second source lies beyond its seam, the third before its own.
      k % 2 === 0 ? across >= edge : across < edge;
    for (const cloth of tries) {
      const found = cheapest(long, wide, at, (along, across) =>
        difference(sources, owner, cloth, cell(along, across)),
      );
      const taken = (i: number): boolean => {
        const [x, y] = [i % width, Math.floor(i / width)];
        const [along, across] = way === 0 ? [x, y] : [y, x];
        return beyond(across, found.path[along]!);
      };
      // A seam through empty ground costs nothing: what is joined must still show something.
      const shown = figureOf(cloth, taken) + figureOf(first, (i) => !taken(i));
      const cost = shown < enough ? found.cost + 1e12 : found.cost;
      if (!best || cost < best.cost) best = { path: found.path, cost, cloth };
    }
    sources.push(best!.cloth);
    best!.path.forEach((edge, along) => {
      for (let across = 0; across < wide; across++) {
        if (beyond(across, edge)) owner[cell(along, across)] = k + 1;
        if (Math.abs(across - edge + 0.5) < 2) near[cell(along, across)] = 1;
      }
    });
  });
  const origins = emptyOrigins(width * height);
  owner.forEach((source, i) => {
    origins.source[i] = source;
    origins.x[i] = i % width;
    origins.y[i] = (i - (i % width)) / width;
  });
  return { sources, origins, near };
}

function difference(
  sources: readonly Cloth[],
  owner: Int32Array,
  next: Cloth,
  cell: number,
): number {
  const a = sources[owner[cell]!]!.codes;
  const b = next.codes;
  let sum = 0;
  for (let j = cell * CODES; j < (cell + 1) * CODES; j++) {
    const d = a[j]! - b[j]!;
    sum += d * d;
  }
  return sum;
}

/** For each place along the seam where it crosses, by dynamic programming: neighbours differ by at most one. */
function cheapest(
  long: number,
  wide: number,
  at: number,
  cost: (along: number, across: number) => number,
): { path: readonly number[]; cost: number } {
  const least = Math.max(1, Math.floor(wide * (at - WANDER)));
  const most = Math.min(wide - 2, Math.floor(wide * (at + WANDER)));
  let mean = 0;
  for (let a = 0; a < long; a++)
    for (let c = least; c <= most; c++)
      mean += cost(a, c) / (long * (most - least + 1));
  const sums: number[][] = [];
  for (let a = 0; a < long; a++) {
    const row: number[] = [];
    for (let c = least; c <= most; c++) {
      const i = c - least;
      const before = sums[a - 1];
      let best = 0;
      if (before) {
        best = before[i]!;
        if (i > 0) best = Math.min(best, before[i - 1]! + STEP * mean);
        if (c < most) best = Math.min(best, before[i + 1]! + STEP * mean);
      }
      row.push(best + cost(a, c));
    }
    sums.push(row);
  }
  const path: number[] = [];
  const total = Math.min(...sums[long - 1]!);
  let i = sums[long - 1]!.indexOf(Math.min(...sums[long - 1]!));
  for (let a = long - 1; a >= 0; a--) {
    path[a] = i + least;
    const before = sums[a - 1];
    if (!before) break;
    let next = i;
    if (i > 0 && before[i - 1]! + STEP * mean < before[next]!) next = i - 1;
    if (
      i < before.length - 1 &&
      before[i + 1]! + STEP * mean <
        before[next]! + (next === i ? 0 : STEP * mean)
    )
      next = i + 1;
    i = next;
  }
  return { path, cost: total };
}

/** How many cells of a cloth, of those that hold, are no ground. */
function figureOf(
  { outside }: Cloth,
  holds: (cell: number) => boolean,
): number {
  let count = 0;
  outside?.forEach((ground, i) => {
    if (!ground && holds(i)) count++;
  });
  return count;
}
