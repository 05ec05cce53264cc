import { at, deviation, PIXELS, SIDE, type Picture } from "../picture.ts";

/** Deviation of luma, hundredths, 0..12750: low means low contrast. */
export function contrast({ luma }: Picture): number {
  return deviation(luma);
}

/** Mean luma, hundredths, 0..25500. */
export function brightness({ luma }: Picture): number {
  let sum = 0;
  for (let i = 0; i < PIXELS; i++) sum += at(luma, i);
  return Math.floor((sum * 100) / PIXELS);
}

/** Share of pixels that are as good as black or white (luma at most 8 or at least 247), bps. */
export function clipped({ luma }: Picture): number {
  let count = 0;
  for (let i = 0; i < PIXELS; i++)
    if (at(luma, i) <= 8 || at(luma, i) >= 247) count++;
  return Math.floor((count * 10_000) / PIXELS);
}

/** Deviation of the mean luma of 8 x 8 blocks, hundredths: the contrast that is left when one steps back. */
export function massing({ luma }: Picture): number {
  const sums = new Float64Array(64);
  for (let i = 0; i < PIXELS; i++) {
    const block = (i >> 9) * 8 + ((i % SIDE) >> 3);
    sums[block] = at(sums, block) + at(luma, i);
  }
  // Sums of 64 pixels instead of means keep the fraction; the deviation is divided afterwards.
  return Math.floor(deviation(sums) / 64);
}
