import type { Layer } from "./plan.ts";
import { project } from "./view.ts";

/** The logits of one layer on a square lattice over the window: (cells + 1) squared nodes, 8 logits each. */
export type Grid = Readonly<{ cells: number; logits: Float32Array }>;

/** Writes the eight logits of each of the plane points `xy` (pairs) to `out`. */
export type LogitField = (
  layer: Layer,
  xy: Float32Array,
  out: Float32Array,
) => void;

/** Cells per side: no more than the contours need, because logits are smooth and are interpolated in between. */
const MOST_CELLS = 1024;
const CELL_PIXELS = 2;
const LEAST_CELLS = 512;
const ROWS_AT_ONCE = 16;

/** How fine a lattice a picture of `size` pixels is drawn from. */
export const cellsFor = (size: number): number =>
  Math.min(
    size,
    Math.max(LEAST_CELLS, Math.min(MOST_CELLS, size / CELL_PIXELS)),
  );

/** Asks the field at every node. */
export function fullGrid(field: LogitField, layer: Layer, cells: number): Grid {
  const nodes = cells + 1;
  const logits = new Float32Array(nodes * nodes * 8);
  for (let from = 0; from < nodes; from += ROWS_AT_ONCE) {
    const rows = Math.min(ROWS_AT_ONCE, nodes - from);
    const xy = new Float32Array(rows * nodes * 2);
    for (let k = 0; k < rows * nodes; k++)
      place(layer, cells, from * nodes + k, xy, 2 * k);
    field(
      layer,
      xy,
      logits.subarray(from * nodes * 8, (from + rows) * nodes * 8),
    );
  }
  return { cells, logits };
}

/** Asks the field only at the `wanted` nodes; the others stay zero. */
export function partialGrid(
  field: LogitField,
  layer: Layer,
  cells: number,
  wanted: readonly number[] | Uint32Array,
): Grid {
  const logits = new Float32Array((cells + 1) * (cells + 1) * 8);
  const batch = ROWS_AT_ONCE * (cells + 1);
  for (let from = 0; from < wanted.length; from += batch) {
    const count = Math.min(batch, wanted.length - from);
    const xy = new Float32Array(count * 2);
    const answers = new Float32Array(count * 8);
    for (let k = 0; k < count; k++)
      place(layer, cells, wanted[from + k]!, xy, 2 * k);
    field(layer, xy, answers);
    for (let k = 0; k < count; k++)
      logits.set(answers.subarray(8 * k, 8 * k + 8), wanted[from + k]! * 8);
  }
  return { cells, logits };
}

/** The nodes of every cell that touches a node where one of `slots` wins. */
export function nodesOf(
  { cells, logits }: Grid,
  slots: readonly number[],
): Uint32Array {
  const nodes = cells + 1;
  const near = new Uint8Array(nodes * nodes);
  for (let k = 0; k < nodes * nodes; k++) {
    if (!slots.includes(winner(logits, 8 * k))) continue;
    const x = k % nodes;
    const y = (k - x) / nodes;
    for (let v = Math.max(0, y - 1); v <= Math.min(cells, y + 1); v++)
      near.fill(
        1,
        v * nodes + Math.max(0, x - 1),
        v * nodes + Math.min(cells, x + 1) + 1,
      );
  }
  let count = 0;
  const wanted = new Uint32Array(nodes * nodes);
  for (let k = 0; k < near.length; k++) if (near[k]) wanted[count++] = k;
  return wanted.slice(0, count);
}

function winner(logits: Float32Array, at: number): number {
  let best = 0;
  for (let i = 1; i < 8; i++)
    if (logits[at + i]! > logits[at + best]!) best = i;
  return best;
}

function place(
  layer: Layer,
  cells: number,
  node: number,
  xy: Float32Array,
  at: number,
): void {
  const column = node % (cells + 1);
  const row = (node - column) / (cells + 1);
  project(layer.view, (2 * column) / cells - 1, (2 * row) / cells - 1, xy, at);
}
