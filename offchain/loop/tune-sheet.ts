import { encodePng } from "../generator/png.ts";

/** Side of one picture, the gap in a pair, and the gap around pairs, pixels. */
const SIDE = 128;
const SEAM = 4;
const GAP = 20;

/** Most pairs on a sheet; of more, evenly spaced ones are shown. */
export const MOST_PAIRS = 20;

/** Colour of the wall they hang on. */
const WALL = [24, 24, 26] as const;

/** Side at which the tuned network draws for a sheet. */
export const SHEET_SIDE = SIDE;

/** Which of so many pictures a sheet shows. */
export function shownPairs(count: number): readonly number[] {
  const shown = Math.min(MOST_PAIRS, count);
  return Array.from({ length: shown }, (_, i) =>
    Math.floor((i * count) / shown),
  );
}

/** Each picture beside what the network makes of it: `targets` of any size that is a multiple of 128, `drawn` of 128. PNG bytes. */
export function pairSheet(
  targets: readonly Uint8Array[],
  drawn: readonly Uint8Array[],
): Uint8Array {
  const columns = targets.length <= 3 ? 1 : targets.length <= 10 ? 2 : 4;
  const rows = Math.ceil(targets.length / columns);
  const pair = 2 * SIDE + SEAM;
  const width = columns * (pair + GAP) + GAP;
  const height = rows * (SIDE + GAP) + GAP;
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = WALL[i % 3] ?? 0;
  const hang = (picture: Uint8Array, left: number, top: number): void => {
    for (let y = 0; y < SIDE; y++)
      rgb.set(
        picture.subarray(y * SIDE * 3, (y + 1) * SIDE * 3),
        ((top + y) * width + left) * 3,
      );
  };
  targets.forEach((target, place) => {
    const left = GAP + (place % columns) * (pair + GAP);
    const top = GAP + Math.floor(place / columns) * (SIDE + GAP);
    hang(shrunkTo(target, SIDE), left, top);
    const picture = drawn[place];
    if (picture !== undefined) hang(picture, left + SIDE + SEAM, top);
  });
  return encodePng(rgb, { width, height });
}

/** A picture at a smaller side that divides its own: the mean of the pixels under each. */
export function shrunkTo(rgb: Uint8Array, side: number): Uint8Array {
  const from = Math.round(Math.sqrt(rgb.length / 3));
  const times = from / side;
  const out = new Uint8Array(side * side * 3);
  for (let i = 0; i < out.length; i++) {
    const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side)];
    let sum = 0;
    for (let dy = 0; dy < times; dy++)
      for (let dx = 0; dx < times; dx++)
        sum +=
          rgb[((y * times + dy) * from + x * times + dx) * 3 + (i % 3)] ?? 0;
    out[i] = Math.round(sum / times / times);
  }
  return out;
}
