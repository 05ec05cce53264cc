import { NORMAL_SIDE } from "./manifest.ts";

/** Side of the small pictures that are compared, pixels. */
export const SMALL_SIDE = 64;

const CHANNELS = 3;

/** How a picture may come back as another: mirrored or turned. */
export const TURNS = [
  "mirrored",
  "upside down",
  "turned by 180 degrees",
  "turned by 90 degrees",
  "turned by 270 degrees",
] as const;

/** A part of a picture that could be another one: its left, top and side in pixels. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** Small crops: the middle at four sizes, and the corners at one. */
export const WINDOWS: readonly Window[] = [
  ...[244, 232, 220, 204].map((side) => {
    const edge = (NORMAL_SIDE - side) / 2;
    return { left: edge, top: edge, side };
  }),
  ...[0, 24].flatMap((top) =>
    [0, 24].map((left) => ({ left, top, side: NORMAL_SIDE - 24 })),
  ),
];

/** Draws windows of one normalised picture, averaged down to 64 pixels a side; the whole when none is given. */
export function createShrinker(
  rgb: Uint8Array,
): (window?: Window) => Uint8Array {
  const sums = cornerSums(rgb);
  const row = (NORMAL_SIDE + 1) * CHANNELS;
  return ({ left, top, side } = { left: 0, top: 0, side: NORMAL_SIDE }) => {
    const out = new Uint8Array(SMALL_SIDE * SMALL_SIDE * CHANNELS);
    const edges = Array.from({ length: SMALL_SIDE + 1 }, (_, i) =>
      Math.floor((i * side) / SMALL_SIDE),
    );
    for (let y = 0; y < SMALL_SIDE; y++) {
      const high = (top + (edges[y] ?? 0)) * row;
      const low = (top + (edges[y + 1] ?? 0)) * row;
      for (let x = 0; x < SMALL_SIDE; x++) {
        const near = (left + (edges[x] ?? 0)) * CHANNELS;
        const far = (left + (edges[x + 1] ?? 0)) * CHANNELS;
        const count = ((low - high) / row) * ((far - near) / CHANNELS);
        for (let c = 0; c < CHANNELS; c++) {
          const sum =
            (sums[low + far + c] ?? 0) -
            (sums[low + near + c] ?? 0) -
            (sums[high + far + c] ?? 0) +
            (sums[high + near + c] ?? 0);
          out[(y * SMALL_SIDE + x) * CHANNELS + c] = Math.floor(sum / count);
        }
      }
    }
    return out;
  };
}

/** At each corner of a pixel the sum of all above and left of it, so that any window's sum is four of them. */
function cornerSums(rgb: Uint8Array): Uint32Array {
  const row = (NORMAL_SIDE + 1) * CHANNELS;
  const sums = new Uint32Array((NORMAL_SIDE + 1) * row);
  for (let y = 0; y < NORMAL_SIDE; y++) {
    for (let i = 0; i < NORMAL_SIDE * CHANNELS; i++) {
      const at = (y + 1) * row + CHANNELS + i;
      sums[at] =
        (rgb[y * NORMAL_SIDE * CHANNELS + i] ?? 0) +
        (sums[at - CHANNELS] ?? 0) +
        (sums[at - row] ?? 0) -
        (sums[at - row - CHANNELS] ?? 0);
    }
  }
  return sums;
}

const LAST = SMALL_SIDE - 1;

/** Where the pixel at a place of the turned picture comes from, [column, row]. */
const SOURCES: Readonly<
  Record<
    (typeof TURNS)[number],
    (x: number, y: number) => readonly [number, number]
  >
> = {
  mirrored: (x, y) => [LAST - x, y],
  "upside down": (x, y) => [x, LAST - y],
  "turned by 180 degrees": (x, y) => [LAST - x, LAST - y],
  "turned by 90 degrees": (x, y) => [y, LAST - x],
  "turned by 270 degrees": (x, y) => [LAST - y, x],
};

/** A small picture, mirrored or turned. */
export function turned(
  small: Uint8Array,
  turn: (typeof TURNS)[number],
): Uint8Array {
  const out = new Uint8Array(small.length);
  const source = SOURCES[turn];
  for (let y = 0; y < SMALL_SIDE; y++) {
    for (let x = 0; x < SMALL_SIDE; x++) {
      const [column, row] = source(x, y);
      const from = (row * SMALL_SIDE + column) * CHANNELS;
      const to = (y * SMALL_SIDE + x) * CHANNELS;
      for (let c = 0; c < CHANNELS; c++) out[to + c] = small[from + c] ?? 0;
    }
  }
  return out;
}

/** What a change of exposure may move a channel by, levels. */
const EXPOSURE = 20;

/** Contrast below which a picture is flat, hundredths of a level: two flat ones are told apart by their colour alone. */
const FLAT = 400;

/**
 * How far two small pictures are apart: the mean difference of their channels, a change of exposure aside, in hundredths of their own
 * contrast. So thin lines on white count as much as a painting does. 0 for equal ones; unrelated ones are at about 100.
 */
export function apart(a: Uint8Array, b: Uint8Array): number {
  let difference = 0;
  let contrast = 0;
  for (let c = 0; c < CHANNELS; c++) {
    const [meanA, meanB] = [channelMean(a, c), channelMean(b, c)];
    const shift = Math.abs(meanA - meanB) > EXPOSURE ? 0 : meanA - meanB;
    for (let i = c; i < a.length; i += CHANNELS) {
      const [p, q] = [a[i] ?? 0, b[i] ?? 0];
      difference += Math.abs(p - q - shift);
      contrast += Math.abs(p - meanA) + Math.abs(q - meanB);
    }
  }
  const own = Math.max(contrast / 2, (FLAT * a.length) / 100);
  return Math.round((100 * difference) / own);
}

function channelMean(rgb: Uint8Array, channel: number): number {
  let sum = 0;
  for (let i = channel; i < rgb.length; i += CHANNELS) sum += rgb[i] ?? 0;
  return (sum * CHANNELS) / rgb.length;
}
