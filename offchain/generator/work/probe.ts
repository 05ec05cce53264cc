import type { Grid } from "./grid.ts";

/** What a grid says at one point: the best and second slots, the gap of their logits, its slope, and the slope's length. */
export type Reading = {
  best: number;
  second: number;
  gap: number;
  slopeX: number;
  slopeY: number;
  slope: number;
};

/** Reads a grid anywhere in the window by bilinear interpolation. The same object is returned each time. */
export function createProbe({
  cells,
  logits,
}: Grid): (x: number, y: number) => Reading {
  const reading: Reading = {
    best: 0,
    second: 0,
    gap: 0,
    slopeX: 0,
    slopeY: 0,
    slope: 0,
  };
  const nodes = cells + 1;
  const row = nodes * 8;
  return (x, y) => {
    const gx = Math.min(cells, Math.max(0, (x + 1) * 0.5 * cells));
    const gy = Math.min(cells, Math.max(0, (y + 1) * 0.5 * cells));
    const cx = Math.min(cells - 1, Math.floor(gx));
    const cy = Math.min(cells - 1, Math.floor(gy));
    const u = gx - cx;
    const v = gy - cy;
    const at = (cy * nodes + cx) * 8;
    const a = (1 - u) * (1 - v);
    const b = u * (1 - v);
    const c = (1 - u) * v;
    const d = u * v;
    let first = -1e30;
    let next = -1e30;
    let best = 0;
    let second = 0;
    for (let i = 0; i < 8; i++) {
      const k = at + i;
      const l =
        a * logits[k]! +
        b * logits[k + 8]! +
        c * logits[k + row]! +
        d * logits[k + row + 8]!;
      if (l > first) {
        next = first;
        second = best;
        first = l;
        best = i;
      } else if (l > next) {
        next = l;
        second = i;
      }
    }
    const p = at + best;
    const q = at + second;
    const d00 = logits[p]! - logits[q]!;
    const d10 = logits[p + 8]! - logits[q + 8]!;
    const d01 = logits[p + row]! - logits[q + row]!;
    const d11 = logits[p + row + 8]! - logits[q + row + 8]!;
    const sx = 0.5 * cells * ((d10 - d00) * (1 - v) + (d11 - d01) * v);
    const sy = 0.5 * cells * ((d01 - d00) * (1 - u) + (d11 - d10) * u);
    reading.best = best;
    reading.second = second;
    reading.gap = first - next;
    reading.slopeX = sx;
    reading.slopeY = sy;
    reading.slope = Math.sqrt(sx * sx + sy * sy);
    return reading;
  };
}
