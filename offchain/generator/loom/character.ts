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
  layoutOf(adapter) < PICTURE;

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
