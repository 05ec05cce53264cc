import {
  at,
  channelsOf,
  colourStep,
  eachNeighbour,
  PIXELS,
  scatter,
  SIDE,
  type Picture,
} from "../picture.ts";

/**
 * Share of all variation that rows alone, or columns alone, explain, bps: near 10000 for stripes that run straight
 * across, 0 for a blank.
 */
export function banding(picture: Picture): number {
  let total = 0;
  let byRows = 0;
  let byColumns = 0;
  for (const plane of channelsOf(picture)) {
    const rows = new Float64Array(SIDE);
    const columns = new Float64Array(SIDE);
    for (let i = 0; i < PIXELS; i++) {
      const [row, column] = [i >> 6, i % SIDE];
      rows[row] = at(rows, row) + at(plane, i);
      columns[column] = at(columns, column) + at(plane, i);
    }
    total += scatter(plane);
    byRows += scatter(rows);
    byColumns += scatter(columns);
  }
  return total === 0
    ? 0
    : Math.floor((Math.max(byRows, byColumns) * 10_000) / total);
}

/** Mean step between neighbours (largest channel), hundredths: low for empty pictures, high for busy ones. */
export function detail(picture: Picture): number {
  return Math.floor((steps(picture).sum * 100) / PAIRS);
}

/**
 * How steep the edges are, hundredths of a level: the mean step weighted by itself. A blurred edge has the same detail
 * as a sharp one, spread over more steps, each smaller; so it is low here. 0 for a blank.
 */
export function crispness(picture: Picture): number {
  const { sum, squares } = steps(picture);
  return sum === 0 ? 0 : Math.floor((squares * 100) / sum);
}

/** Pairs of pixels that touch. */
const PAIRS = 2 * SIDE * (SIDE - 1);

function steps(picture: Picture): { sum: number; squares: number } {
  let sum = 0;
  let squares = 0;
  eachNeighbour((a, b) => {
    const step = colourStep(picture, a, b);
    sum += step;
    squares += step * step;
  });
  return { sum, squares };
}

/**
 * Mean size of the mask [1 -2 1; -2 4 -2; 1 -2 1] over luma (Immerkaer's noise estimate), hundredths: blind to straight
 * edges along the grid and to ramps, wide awake to grain.
 */
export function grain({ luma }: Picture): number {
  let sum = 0;
  for (let y = 1; y + 1 < SIDE; y++) {
    for (let x = 1; x + 1 < SIDE; x++) {
      const i = y * SIDE + x;
      const cross =
        at(luma, i - 1) +
        at(luma, i + 1) +
        at(luma, i - SIDE) +
        at(luma, i + SIDE);
      const corners =
        at(luma, i - SIDE - 1) +
        at(luma, i - SIDE + 1) +
        at(luma, i + SIDE - 1) +
        at(luma, i + SIDE + 1);
      sum += Math.abs(4 * at(luma, i) - 2 * cross + corners);
    }
  }
  return Math.floor((sum * 100) / ((SIDE - 2) * (SIDE - 2)));
}

/** Share of 8 x 8 blocks in which no pixel differs from the first by more than 12 levels, bps: bare ground. */
export function bareness(picture: Picture): number {
  let bare = 0;
  for (let block = 0; block < 64; block++) {
    const corner = (block >> 3) * 8 * SIDE + (block % 8) * 8;
    let flat = true;
    for (let k = 0; k < 64 && flat; k++)
      flat =
        colourStep(picture, corner, corner + (k >> 3) * SIDE + (k % 8)) <= 12;
    if (flat) bare++;
  }
  return Math.floor((bare * 10_000) / 64);
}

/** Detail of the poorest quadrant against that of the richest, bps: low where one corner is bald. 10000 for a blank. */
export function balance(picture: Picture): number {
  const sums = [0, 0, 0, 0];
  eachNeighbour((a, b) => {
    const quadrant = quadrantOf(a);
    // A step across the middle belongs to neither side.
    if (quadrant === quadrantOf(b))
      sums[quadrant] = at(sums, quadrant) + colourStep(picture, a, b);
  });
  const most = Math.max(...sums);
  return most === 0 ? 10_000 : Math.floor((Math.min(...sums) * 10_000) / most);
}

function quadrantOf(index: number): number {
  return (index >> 11) * 2 + ((index % SIDE) >> 5);
}
