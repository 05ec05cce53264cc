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

/** A window of a normalised picture, averaged down to 64 pixels a side; the whole when left out. */
export function shrink(
  rgb: Uint8Array,
  { left, top, side }: Window = { left: 0, top: 0, side: NORMAL_SIDE },
): Uint8Array {
  const out = new Uint8Array(SMALL_SIDE * SMALL_SIDE * CHANNELS);
  const edge = (i: number): number => Math.floor((i * side) / SMALL_SIDE);
  for (let y = 0; y < SMALL_SIDE; y++) {
    for (let x = 0; x < SMALL_SIDE; x++) {
      for (let c = 0; c < CHANNELS; c++) {
        let sum = 0;
        let count = 0;
        for (let v = top + edge(y); v < top + edge(y + 1); v++) {
          for (let u = left + edge(x); u < left + edge(x + 1); u++) {
            sum += rgb[(v * NORMAL_SIDE + u) * CHANNELS + c] ?? 0;
            count += 1;
          }
        }
        out[(y * SMALL_SIDE + x) * CHANNELS + c] = Math.floor(sum / count);
      }
    }
  }
  return out;
}

/** A small picture, mirrored or turned. */
export function turned(
  small: Uint8Array,
  turn: (typeof TURNS)[number],
): Uint8Array {
  const out = new Uint8Array(small.length);
  const last = SMALL_SIDE - 1;
  for (let y = 0; y < SMALL_SIDE; y++) {
    for (let x = 0; x < SMALL_SIDE; x++) {
      const [column, row] = {
        mirrored: [last - x, y] as const,
        "upside down": [x, last - y] as const,
        "turned by 180 degrees": [last - x, last - y] as const,
        "turned by 90 degrees": [y, last - x] as const,
        "turned by 270 degrees": [last - y, x] as const,
      }[turn];
      const from = (row * SMALL_SIDE + column) * CHANNELS;
      out.set(
        small.subarray(from, from + CHANNELS),
        (y * SMALL_SIDE + x) * CHANNELS,
      );
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
