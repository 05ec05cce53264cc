/** Rounds of k-means; colours hardly move after ten. */
const ROUNDS = 14;
/** Pixels that are looked at, evenly spread over the picture. */
const SAMPLES = 2048;
const SLOTS = 8;

/**
 * Eight colours of a picture [n][3] of bytes, from dark to light, each 0..1: k-means from the colours farthest apart. [8][3].
 * Slots of the same place mean the same lightness in all pictures, so that a decoder can share them.
 */
export function findPalette(rgb: Uint8Array): Float32Array {
  const count = rgb.length / 3;
  const stride = Math.max(1, Math.floor(count / SAMPLES)) | 1;
  const pixels: (readonly number[])[] = [];
  for (let i = 0; i < count; i += stride)
    pixels.push([0, 1, 2].map((c) => rgb[3 * i + c]! / 255));
  let centres = farthest(pixels);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = centres.map(() => [0, 0, 0, 0]);
    for (const pixel of pixels) {
      const sum = sums[nearest(centres, pixel)]!;
      pixel.forEach((x, c) => (sum[c]! += x));
      sum[3]!++;
    }
    centres = centres.map((centre, i) => {
      const [r, g, b, n] = sums[i] as [number, number, number, number];
      return n > 0 ? [r / n, g / n, b / n] : centre;
    });
  }
  const sorted = centres.toSorted((a, b) => lightness(a) - lightness(b));
  return Float32Array.from(sorted.flat());
}

/** Place of the colour nearest to a pixel. */
export function nearest(
  colours: readonly (readonly number[])[],
  pixel: readonly number[],
): number {
  let [best, place] = [Infinity, 0];
  colours.forEach((colour, i) => {
    const d = distance(colour, pixel);
    if (d < best) [best, place] = [d, i];
  });
  return place;
}

function farthest(
  pixels: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const centres = [pixels[0]!];
  const gaps = pixels.map((pixel) => distance(pixel, centres[0]!));
  while (centres.length < SLOTS) {
    const place = gaps.reduce((best, x, i) => (x > gaps[best]! ? i : best), 0);
    const next = pixels[place]!;
    centres.push(next);
    pixels.forEach((pixel, i) => {
      gaps[i] = Math.min(gaps[i]!, distance(pixel, next));
    });
  }
  return centres;
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, c) => sum + (x - b[c]!) * (x - b[c]!), 0);
}

function lightness(colour: readonly number[]): number {
  return colour[0]! * 0.3 + colour[1]! * 0.59 + colour[2]! * 0.11;
}
