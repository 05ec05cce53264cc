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

/** How fine a lattice (an even number, so that mirrors fall on nodes) a window of so many pixels is drawn from. */
export function cellsFor(pixels: number): number {
  const wanted = Math.min(pixels, Math.max(LEAST_CELLS, pixels / CELL_PIXELS));
  return 2 * Math.ceil(Math.min(wanted, MOST_CELLS) / 2);
}

/** The nodes for which `holds`, asked with their place in the window; cheap to leave out what no pixel will show. */
export function nodesWhere(
  cells: number,
  holds: (x: number, y: number) => boolean,
): Uint32Array {
  const wanted = new Uint32Array((cells + 1) * (cells + 1));
  let count = 0;
  for (let row = 0; row <= cells; row++)
    for (let column = 0; column <= cells; column++)
      if (holds((2 * column) / cells - 1, (2 * row) / cells - 1))
        wanted[count++] = row * (cells + 1) + column;
  return wanted.subarray(0, count);
}

/** Asks the field at the `wanted` nodes; the others stay zero. */
export function askGrid(
  field: LogitField,
  layer: Layer,
  cells: number,
  wanted: Uint32Array,
): Grid {
  const logits = new Float32Array((cells + 1) * (cells + 1) * 8);
  const batch = Math.min(wanted.length, ROWS_AT_ONCE * (cells + 1));
  const points = new Float32Array(batch * 2);
  const answers = new Float32Array(batch * 8);
  for (let from = 0; from < wanted.length; from += batch) {
    const count = Math.min(batch, wanted.length - from);
    for (let k = 0; k < count; k++)
      place(layer, cells, wanted[from + k]!, points, 2 * k);
    field(layer, points.subarray(0, 2 * count), answers.subarray(0, 8 * count));
    for (let k = 0; k < count; k++) {
      const at = wanted[from + k]! * 8;
      for (let i = 0; i < 8; i++) logits[at + i] = answers[8 * k + i]!;
    }
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
    // A node that was never asked holds zeros only.
    if (logits[8 * k] === 0 && logits[8 * k + 1] === 0) continue;
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
