import { CODES, type Adapter } from "../adapter/adapter.ts";

/** Blocks per side among which a picture's regions are compared. */
const BLOCKS = 4;
/** Datasets whose pictures vary more than this from region to region are pictures; the others are patterns. */
const PICTURE = 0.06;

/**
 * How far the pictures of a dataset vary from region to region rather than inside regions, the median of them: about 0.01
 * for patterns, 0.2 and more for pictures with a layout.
 */
export function layoutOf({ codes, grid, pictures }: Adapter): number {
  const size = grid * grid * CODES;
  const parts = pictures
    .map((_, i) =>
      betweenBlocks(codes.subarray(i * size, (i + 1) * size), grid),
    )
    .sort((a, b) => a - b);
  return parts[parts.length >> 1] ?? 0;
}

/** Whether the pictures of a dataset are patterns, that may be woven and repeated freely. */
export const isPattern = (adapter: Adapter): boolean =>
  characterOf(adapter).pattern;

/** Whether pictures are layered from top to bottom, so that two are joined one above the other and not side by side. */
export const isLevel = (adapter: Adapter): boolean =>
  characterOf(adapter).level;

type Character = Readonly<{ pattern: boolean; level: boolean }>;
const known = new WeakMap<Adapter, Character>();

/** Measured once for an adapter. */
function characterOf(adapter: Adapter): Character {
  let own = known.get(adapter);
  if (!own) {
    own = { pattern: layoutOf(adapter) < PICTURE, level: layered(adapter) };
    known.set(adapter, own);
  }
  return own;
}

/** Rows that differ so many times as much as columns do are sky, land and water. */
const LEVEL = 1.4;

/** Whether the means of rows differ much more than those of columns. */
function layered({ codes, grid, pictures }: Adapter): boolean {
  const size = grid * grid * CODES;
  let [rows, columns] = [0, 0];
  pictures.forEach((_, i) => {
    const own = codes.subarray(i * size, (i + 1) * size);
    rows += betweenLines(own, grid, 0);
    columns += betweenLines(own, grid, 1);
  });
  return rows > LEVEL * columns;
}

/** Sum of squares of the rows' (0) or columns' (1) means about the picture's. */
function betweenLines(codes: Float32Array, grid: number, way: 0 | 1): number {
  let sum = 0;
  for (let j = 0; j < CODES; j++) {
    const means = new Float64Array(grid);
    for (let k = 0; k < grid * grid; k++) {
      const line = way === 0 ? Math.floor(k / grid) : k % grid;
      means[line] = means[line]! + codes[k * CODES + j]! / grid;
    }
    const mean = means.reduce((all, x) => all + x / grid, 0);
    means.forEach((x) => (sum += (x - mean) * (x - mean)));
  }
  return sum;
}

/** Part of the codes' variance that lies between blocks of the picture. */
function betweenBlocks(codes: Float32Array, grid: number): number {
  let total = 0;
  let between = 0;
  for (let j = 0; j < CODES; j++) {
    let mean = 0;
    for (let k = 0; k < grid * grid; k++)
      mean += codes[k * CODES + j]! / (grid * grid);
    const sums = new Float64Array(BLOCKS * BLOCKS);
    const counts = new Float64Array(BLOCKS * BLOCKS);
    for (let k = 0; k < grid * grid; k++) {
      const d = codes[k * CODES + j]! - mean;
      total += d * d;
      const x = Math.floor(((k % grid) * BLOCKS) / grid);
      const y = Math.floor((Math.floor(k / grid) * BLOCKS) / grid);
      sums[y * BLOCKS + x] = sums[y * BLOCKS + x]! + d;
      counts[y * BLOCKS + x] = counts[y * BLOCKS + x]! + 1;
    }
    sums.forEach((sum, b) => (between += (sum * sum) / counts[b]!));
  }
  // Noise alone leaves one part in the cells of a block between the blocks.
  const noise = (BLOCKS * BLOCKS) / (grid * grid);
  return total === 0 ? 0 : Math.max(0, (between / total - noise) / (1 - noise));
}
