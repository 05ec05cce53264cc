import { CODES } from "../adapter/adapter.ts";

import { cellAt, emptyCloth, type Cloth } from "./cloth.ts";

/** For each cell of a cloth the place it was taken from: which source, and the column and row there. */
export type Origins = Readonly<{
  source: Int32Array;
  x: Int32Array;
  y: Int32Array;
}>;

export function emptyOrigins(cells: number): Origins {
  return {
    source: new Int32Array(cells),
    x: new Int32Array(cells),
    y: new Int32Array(cells),
  };
}

/** What falls off with the distance from a patch's middle when its neighbours vote. */
const voteOf = (u: number, v: number): number =>
  1 / (1 + 0.6 * (u * u + v * v));
/** Origins on a grid twice as fine: each cell's four children continue from its place. */
export function finer(
  origins: Origins,
  width: number,
  height: number,
): Origins {
  const fine = emptyOrigins(4 * width * height);
  for (let y = 0; y < 2 * height; y++)
    for (let x = 0; x < 2 * width; x++) {
      const from = (y >> 1) * width + (x >> 1);
      const to = y * 2 * width + x;
      fine.source[to] = origins.source[from]!;
      fine.x[to] = 2 * origins.x[from]! + (x & 1);
      fine.y[to] = 2 * origins.y[from]! + (y & 1);
    }
  return fine;
}

/** Lays the patch of every cell's origin down around it, and takes the weighted mean where they overlap. */
export function vote(
  { width, height, edge, donors }: Cloth,
  sources: readonly Cloth[],
  origins: Origins,
  half: number,
): Cloth {
  const out = emptyCloth(width, height, edge, donors);
  const weights = new Float64Array(width * height);
  const codes = new Float64Array(width * height * CODES);
  const shares = new Float64Array(width * height * donors);
  for (let i = 0; i < width * height; i++) {
    const x = i % width;
    const y = (i - x) / width;
    const source = sources[origins.source[i]!]!;
    for (let v = -half; v <= half; v++)
      for (let u = -half; u <= half; u++) {
        const fromX = origins.x[i]! + u;
        const fromY = origins.y[i]! + v;
        if (fromX < 0 || fromY < 0) continue;
        if (fromX >= source.width || fromY >= source.height) continue;
        const turned = isTurned(out, x + u, y + v);
        if (turned) continue;
        const to = cellAt(out, x + u, y + v);
        const from = fromY * source.width + fromX;
        const weight = voteOf(u, v);
        for (let j = 0; j < CODES; j++)
          codes[to * CODES + j] =
            codes[to * CODES + j]! + weight * source.codes[from * CODES + j]!;
        for (let d = 0; d < donors; d++)
          shares[to * donors + d] =
            shares[to * donors + d]! +
            weight * source.shares[from * donors + d]!;
        weights[to] = weights[to]! + weight;
      }
  }
  for (let i = 0; i < width * height; i++) {
    const share = 1 / weights[i]!;
    for (let j = 0; j < CODES; j++)
      out.codes[i * CODES + j] = codes[i * CODES + j]! * share;
    for (let d = 0; d < donors; d++)
      out.shares[i * donors + d] = shares[i * donors + d]! * share;
  }
  return out;
}

/** Whether a place beyond the edge shows cells the wrong way round, or none of its own. */
export function isTurned(
  { width, height, edge }: Cloth,
  x: number,
  y: number,
): boolean {
  const outX = x < 0 || x >= width;
  const outY = y < 0 || y >= height;
  if (edge === "clamp" || edge === "quarter") return outX || outY;
  return edge === "mirror" && outX;
}
