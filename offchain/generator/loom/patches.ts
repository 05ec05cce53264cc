import { CODES } from "../adapter/adapter.ts";
import type { Kernels } from "../kernels/load.ts";

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

export type PatchSettings = Readonly<{
  /** Cells per side of a patch, odd. */
  patch: number;
  rounds: number;
  /** How much patches that nothing has used yet are preferred: small is more, 0 is not at all. In variances of the codes. */
  completeness: number;
  /** Numbers beside the codes that a patch's middle should match too: where it lay, whose it is, how light it was. */
  guide?: Guide;
}>;

/** Each number counts, squared, as much as the codes of a whole patch at one standard deviation. */
export type Guide = Readonly<{
  channels: number;
  /** [cells][channels] of the cloth. */
  wanted: Float32Array;
  /** [cells][channels] of each source. */
  given: readonly Float32Array[];
}>;

/** What falls off with the distance from a patch's middle when its neighbours vote. */
const voteOf = (u: number, v: number): number =>
  1 / (1 + 0.6 * (u * u + v * v));
/** Rows of distances held at once. */
const ROWS = 200;

/**
 * Weaves a cloth anew from patches of the sources: each cell looks for the patch most like its surroundings, then all lay
 * theirs down and are averaged (Granot et al., Drop the GAN, 2022). Exhaustive: for coarse grids.
 */
export function weavePatches(
  k: Kernels,
  cloth: Cloth,
  sources: readonly Cloth[],
  { patch, rounds, completeness, guide }: PatchSettings,
): { cloth: Cloth; origins: Origins } {
  const half = patch >> 1;
  const numbers = patch * patch * CODES;
  const channels = guide?.channels ?? 0;
  const depth = numbers + channels;
  const spots: { source: number; x: number; y: number }[] = [];
  sources.forEach(({ width, height }, source) => {
    for (let y = half; y < height - half; y++)
      for (let x = half; x < width - half; x++) spots.push({ source, x, y });
  });
  const count = spots.length;
  const columns = (count + 7) & ~7;
  const cells = cloth.width * cloth.height;
  const variance = varianceOf(sources);
  const pull = Math.sqrt(variance * numbers);
  const spare = completeness * variance * numbers;
  const top = k.mark();
  const bank = k.floats(depth * columns);
  const rows = Math.min(ROWS, (cells + 3) & ~3);
  const wanted = k.floats(rows * depth);
  const products = k.floats(rows * columns);

  const norms = new Float64Array(columns);
  const pack = k.f32(bank, depth * columns);
  spots.forEach(({ source, x, y }, c) => {
    const { width, codes } = sources[source]!;
    let row = 0;
    let norm = 0;
    const put = (value: number): void => {
      pack[row++ * columns + c] = value;
      norm += value * value;
    };
    for (let v = -half; v <= half; v++)
      for (let u = -half; u <= half; u++) {
        const at = ((y + v) * width + x + u) * CODES;
        for (let j = 0; j < CODES; j++) put(codes[at + j]!);
      }
    for (let g = 0; g < channels; g++)
      put(pull * guide!.given[source]![(y * width + x) * channels + g]!);
    norms[c] = norm;
  });

  const origins = emptyOrigins(cells);
  let woven = cloth;
  const distances = new Float64Array(cells * count);
  const nearest = new Float64Array(count);
  for (let round = 0; round < rounds; round++) {
    nearest.fill(1e30);
    for (let from = 0; from < cells; from += rows) {
      const here = Math.min(rows, cells - from);
      const own = new Float64Array(here);
      const want = k.f32(wanted, rows * depth);
      for (let i = 0; i < here; i++) {
        const x = (from + i) % cloth.width;
        const y = (from + i - x) / cloth.width;
        let at = i * depth;
        let norm = 0;
        for (let v = -half; v <= half; v++)
          for (let u = -half; u <= half; u++) {
            const cell = cellAt(woven, x + u, y + v) * CODES;
            for (let j = 0; j < CODES; j++) {
              const value = woven.codes[cell + j]!;
              want[at++] = value;
              norm += value * value;
            }
          }
        for (let g = 0; g < channels; g++) {
          const value = pull * guide!.wanted[(from + i) * channels + g]!;
          want[at++] = value;
          norm += value * value;
        }
        own[i] = norm;
      }
      k.gemm(wanted, bank, products, (here + 3) & ~3, depth, columns, 0);
      const got = k.f32(products, rows * columns);
      for (let i = 0; i < here; i++)
        for (let c = 0; c < count; c++) {
          const d = own[i]! + norms[c]! - 2 * got[i * columns + c]!;
          distances[(from + i) * count + c] = d;
          if (d < nearest[c]!) nearest[c] = d;
        }
    }
    for (let c = 0; c < count; c++)
      nearest[c] = 1 / (spare + Math.max(0, nearest[c]!));
    for (let i = 0; i < cells; i++) {
      let best = 0;
      let least = 1e30;
      const row = i * count;
      for (let c = 0; c < count; c++) {
        const d =
          completeness > 0
            ? distances[row + c]! * nearest[c]!
            : distances[row + c]!;
        if (d < least) {
          least = d;
          best = c;
        }
      }
      origins.source[i] = spots[best]!.source;
      origins.x[i] = spots[best]!.x;
      origins.y[i] = spots[best]!.y;
    }
    woven = vote(woven, sources, origins, half);
  }
  k.release(top);
  return { cloth: woven, origins };
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
function isTurned(
  { width, height, edge }: Cloth,
  x: number,
  y: number,
): boolean {
  const outX = x < 0 || x >= width;
  const outY = y < 0 || y >= height;
  if (edge === "clamp" || edge === "quarter") return outX || outY;
  return edge === "mirror" && outX;
}

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

/** Mean variance of the sources' codes. */
function varianceOf(sources: readonly Cloth[]): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (const { codes } of sources) {
    for (let k = 0; k < codes.length; k++) {
      sum += codes[k]!;
      squares += codes[k]! * codes[k]!;
    }
    count += codes.length;
  }
  return Math.max(1e-9, squares / count - (sum / count) * (sum / count));
}
