import { CODES } from "../adapter/adapter.ts";

import { cellAt, type Cloth } from "./cloth.ts";
import { isTurned, vote, type Origins } from "./origins.ts";

/**
 * Lets every cell take over its neighbours' origins where these fit better (Ashikhmin, 2001): strokes grow long, and it is
 * quick. Cells with `free` 0 keep theirs.
 */
export function growCoherent(
  cloth: Cloth,
  sources: readonly Cloth[],
  origins: Origins,
  { half, rounds, free }: { half: number; rounds: number; free?: Uint8Array },
): Cloth {
  const { width, height } = cloth;
  let woven = cloth;
  const around = new Int32Array((2 * half + 1) * (2 * half + 1));
  for (let round = 0; round < rounds; round++) {
    const next = {
      source: origins.source.slice(),
      x: origins.x.slice(),
      y: origins.y.slice(),
    };
    for (let i = 0; i < width * height; i++) {
      if (free && !free[i]) continue;
      const x = i % width;
      const y = (i - x) / width;
      let n = 0;
      for (let v = -half; v <= half; v++)
        for (let u = -half; u <= half; u++)
          around[n++] = cellAt(woven, x + u, y + v) * CODES;
      let least = 1e30;
      for (let v = -1; v <= 1; v++)
        for (let u = -1; u <= 1; u++) {
          if (isTurned(woven, x + u, y + v)) continue;
          const k = cellAt(woven, x + u, y + v);
          const source = sources[origins.source[k]!]!;
          const fromX = origins.x[k]! - u;
          const fromY = origins.y[k]! - v;
          if (fromX < half || fromX >= source.width - half) continue;
          if (fromY < half || fromY >= source.height - half) continue;
          const d = apart(
            woven.codes,
            around,
            source,
            fromX,
            fromY,
            half,
            least,
          );
          if (d < least) {
            least = d;
            next.source[i] = origins.source[k]!;
            next.x[i] = fromX;
            next.y[i] = fromY;
          }
        }
    }
    origins.source.set(next.source);
    origins.x.set(next.x);
    origins.y.set(next.y);
    woven = vote(woven, sources, origins, half);
  }
  return woven;
}

/** Squared distance of the codes around a cell to a patch of a source; given up above `enough`. */
function apart(
  codes: Float32Array,
  around: Int32Array,
  source: Cloth,
  x: number,
  y: number,
  half: number,
  enough: number,
): number {
  let sum = 0;
  let n = 0;
  for (let v = -half; v <= half; v++) {
    let k = ((y + v) * source.width + x - half) * CODES;
    for (let u = -half; u <= half; u++) {
      const at = around[n++]!;
      for (let j = 0; j < CODES; j++) {
        const d = codes[at + j]! - source.codes[k++]!;
        sum += d * d;
      }
    }
    if (sum > enough) return sum;
  }
  return sum;
}
