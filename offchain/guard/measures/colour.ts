import { at, channelsOf, PIXELS, scatter, type Picture } from "../picture.ts";
import { contrast } from "./light.ts";

/** Deviation of all three channels together, hundredths: near 0 for a blank, whatever its colour. */
export function spread(picture: Picture): number {
  const total = channelsOf(picture).reduce(
    (sum, plane) => sum + scatter(plane),
    0,
  );
  return Math.floor(Math.sqrt(total * 10_000) / PIXELS);
}

/** Mean chroma (largest channel less smallest), hundredths, 0..25500: 0 for grey pictures. */
export function chroma({ rgb }: Picture): number {
  let sum = 0;
  for (let i = 0; i < PIXELS * 3; i += 3) {
    const [r, g, b] = [at(rgb, i), at(rgb, i + 1), at(rgb, i + 2)];
    sum += Math.max(r, g, b) - Math.min(r, g, b);
  }
  return Math.floor((sum * 100) / PIXELS);
}

/** The larger of chroma and contrast, hundredths: low only where a picture has neither, which is mud. */
export function vividness(picture: Picture): number {
  return Math.max(chroma(picture), contrast(picture));
}

/**
 * Effective number of colours, hundredths (the inverse Simpson index over 4096 cells of 16 levels a channel): 100 for
 * one colour, 400 for four in equal parts.
 */
export function colours(picture: Picture): number {
  let squares = 0;
  for (const count of histogram(picture)) squares += count * count;
  return Math.floor((100 * PIXELS * PIXELS) / squares);
}

/**
 * Share of the picture in its commonest colour, bps. A colour is a cube of 32 levels a channel at any place on a grid of
 * 16, so that a flat area on a cell's border does not fall apart.
 */
export function dominance(picture: Picture): number {
  const cells = histogram(picture);
  let most = 0;
  for (let cell = 0; cell < cells.length; cell++) {
    const [r, g, b] = [cell >> 8, (cell >> 4) & 15, cell & 15];
    if (r === 15 || g === 15 || b === 15) continue;
    let sum = 0;
    for (const step of CUBE) sum += at(cells, cell + step);
    most = Math.max(most, sum);
  }
  return Math.floor((most * 10_000) / PIXELS);
}

/** Offsets of the eight cells of a cube of two a side. */
const CUBE = [0, 1, 16, 17, 256, 257, 272, 273];

function histogram({ rgb }: Picture): Uint16Array {
  const cells = new Uint16Array(4096);
  for (let i = 0; i < PIXELS * 3; i += 3) {
    const cell =
      ((at(rgb, i) >> 4) << 8) |
      ((at(rgb, i + 1) >> 4) << 4) |
      (at(rgb, i + 2) >> 4);
    cells[cell] = at(cells, cell) + 1;
  }
  return cells;
}
