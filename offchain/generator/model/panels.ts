/** How a layer's channels are cut for the kernels: as many fives as leave a rest of fours. */
export type Blocks = { readonly fives: number; readonly fours: number };

/** Cuts `channels`, 12 or a multiple of 4, into blocks of five and four. */
export function blocksOf(channels: number): Blocks {
  let fives = Math.floor(channels / 5);
  while ((channels - 5 * fives) % 4 !== 0) fives--;
  return { fives, fours: (channels - 5 * fives) / 4 };
}

/**
 * Lays weights [rows, columns] out for the render kernels: [block][row][channel in block], `rows` picked and ordered by the caller.
 * Writes `rows.length * channels` numbers to `out`, taking the first `channels` columns.
 */
export function packPanels(
  weights: Float32Array,
  columns: number,
  rows: readonly number[],
  channels: number,
  { fives, fours }: Blocks,
  out: Float32Array,
): void {
  let at = 0;
  let first = 0;
  for (let block = 0; block < fives + fours; block++) {
    const size = block < fives ? 5 : 4;
    for (const row of rows) {
      for (let c = first; c < first + size; c++)
        out[at++] = c < channels ? (weights[row * columns + c] ?? 0) : 0;
    }
    first += size;
  }
}
