import type { Grid } from "./grid.ts";

/** How one slot leads another at a point: the gap of their logits (at least 0 towards a loser), and the gap's slope. */
export type Lead = {
  gap: number;
  slopeX: number;
  slopeY: number;
  slope: number;
};

/** What a grid says at one point: the two best slots, how the first leads the second, and how it leads any other. */
export type Reading = Lead & {
  /** The eight logits. */
  values: Float64Array;
  best: number;
  second: number;
  over: (slot: number) => Lead;
};

/** Reads a grid anywhere in the window by bilinear interpolation. The same object is returned each time. */
export function createProbe({
  cells,
  logits,
}: Grid): (x: number, y: number) => Reading {
  const row = (cells + 1) * 8;
  const values = new Float64Array(8);
  let at = 0;
  /** How far into the current cell, 0..1 each way: an array, because a number that a closure keeps is made anew each time. */
  const part = new Float64Array(2);

  /** Fills `lead` with how slot i leads slot j in the current cell. */
  const compare = (lead: Lead, i: number, j: number): Lead => {
    const p = at + i;
    const q = at + j;
    const d00 = logits[p]! - logits[q]!;
    const d10 = logits[p + 8]! - logits[q + 8]!;
    const d01 = logits[p + row]! - logits[q + row]!;
    const d11 = logits[p + row + 8]! - logits[q + row + 8]!;
    const u = part[0]!;
    const v = part[1]!;
    const sx = 0.5 * cells * ((d10 - d00) * (1 - v) + (d11 - d01) * v);
    const sy = 0.5 * cells * ((d01 - d00) * (1 - u) + (d11 - d10) * u);
    lead.gap = values[i]! - values[j]!;
    lead.slopeX = sx;
    lead.slopeY = sy;
    lead.slope = Math.sqrt(sx * sx + sy * sy);
    return lead;
  };
  const none = { gap: 0, slopeX: 0, slopeY: 0, slope: 0 };
  const other: Lead = { ...none };
  const reading: Reading = {
    ...none,
    best: 0,
    second: 0,
    values,
    over: (slot) => compare(other, reading.best, slot),
  };

  return (x, y) => {
    const gx = Math.min(cells, Math.max(0, (x + 1) * 0.5 * cells));
    const gy = Math.min(cells, Math.max(0, (y + 1) * 0.5 * cells));
    const cx = Math.min(cells - 1, Math.floor(gx));
    const cy = Math.min(cells - 1, Math.floor(gy));
    const u = gx - cx;
    const v = gy - cy;
    part[0] = u;
    part[1] = v;
    at = cy * row + cx * 8;
    const a = (1 - u) * (1 - v);
    const b = u * (1 - v);
    const c = (1 - u) * v;
    const d = u * v;
    let first = -1e30;
    let next = -1e30;
    for (let i = 0; i < 8; i++) {
      const k = at + i;
      const l =
        a * logits[k]! +
        b * logits[k + 8]! +
        c * logits[k + row]! +
        d * logits[k + row + 8]!;
      values[i] = l;
      if (l > first) {
        next = first;
        reading.second = reading.best;
        first = l;
        reading.best = i;
      } else if (l > next) {
        next = l;
        reading.second = i;
      }
    }
    compare(reading, reading.best, reading.second);
    return reading;
  };
}
