import { toHex, type Hex } from "../kernel/bytes.ts";
import { at, createPicture, PIXELS, SIDE, type Picture } from "./picture.ts";

/** Bits of a perceptual hash. */
export const HASH_BITS = 256;

/** Two areas differ when their means do by more than this many levels; less is grain, and must not turn bits. */
const LUMA_MARGIN = 6;
const COLOUR_MARGIN = 16;

/**
 * A 256-bit hash that pictures share when they look alike. Bits compare areas that are fixed once and for all, so one
 * altered pixel can turn only the bits of its own areas (12 at most). The grids lie on the middle 48 pixels: works in the
 * same mat, arch or roundel share their border, and would seem alike for it.
 * - 176: is a block of an 8 x 8 grid lighter than its right and its lower neighbour, and than the one four further;
 * - 48: does red lead green, green lead blue, blue lead red in each block of a 4 x 4 grid;
 * - 32: the mean of red, green, blue and luma of the whole picture on a scale of eight, as a thermometer.
 * @throws FatalError `guard/bad-preview` if the render is not 64 x 64 x 3 bytes.
 */
export function perceptualHash(rgb: Uint8Array): Hex {
  const picture = createPicture(rgb);
  const bits = [
    ...lumaBits(picture),
    ...colourBits(picture),
    ...levelBits(picture),
  ];
  const bytes = new Uint8Array(HASH_BITS / 8);
  bits.forEach((bit, i) => {
    if (bit) bytes[i >> 3] = at(bytes, i >> 3) | (128 >> (i & 7));
  });
  return toHex(bytes);
}

function lumaBits({ luma }: Picture): boolean[] {
  const blocks = blockSums(8, 6, (i) => at(luma, i));
  const bits: boolean[] = [];
  for (const reach of [1, 4]) {
    for (const [across, down] of [
      [reach, 0],
      [0, reach],
    ] as const) {
      for (let y = 0; y + down < 8; y++) {
        for (let x = 0; x + across < 8; x++) {
          const difference =
            at(blocks, y * 8 + x) - at(blocks, (y + down) * 8 + x + across);
          bits.push(difference > LUMA_MARGIN * 36);
        }
      }
    }
  }
  return bits;
}

function colourBits({ rgb }: Picture): boolean[] {
  return [0, 1, 2].flatMap((channel) => {
    const next = (channel + 1) % 3;
    const leads = blockSums(
      4,
      12,
      (i) => at(rgb, 3 * i + channel) - at(rgb, 3 * i + next),
    );
    return Array.from(leads, (lead) => lead > COLOUR_MARGIN * 144);
  });
}

function levelBits({ rgb, luma }: Picture): boolean[] {
  const means = [
    (i: number) => at(rgb, 3 * i),
    (i: number) => at(rgb, 3 * i + 1),
    (i: number) => at(rgb, 3 * i + 2),
    (i: number) => at(luma, i),
  ].map((value) => at(blockSums(1, SIDE, value), 0));
  return means.flatMap((sum) =>
    [1, 2, 3, 4, 5, 6, 7, 8].map((step) => sum > (step * 32 - 16) * PIXELS),
  );
}

/** Sums of a value over the blocks of a grid of `across` x `across` in the middle of the picture, row by row. */
function blockSums(
  across: number,
  side: number,
  value: (index: number) => number,
): Float64Array {
  const sums = new Float64Array(across * across);
  const first = (SIDE - across * side) / 2;
  for (let block = 0; block < sums.length; block++) {
    const top = first + Math.floor(block / across) * side;
    const left = first + (block % across) * side;
    let sum = 0;
    for (let y = top; y < top + side; y++)
      for (let x = left; x < left + side; x++) sum += value(y * SIDE + x);
    sums[block] = sum;
  }
  return sums;
}
