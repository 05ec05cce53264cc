import { CODES } from "../adapter/adapter.ts";
import type { Kernels } from "../kernels/load.ts";

import { cellAt, type Cloth } from "./cloth.ts";
import { emptyOrigins, vote, type Origins } from "./origins.ts";

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
