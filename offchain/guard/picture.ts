import { FatalError } from "../kernel/errors.ts";

/** Side of the render that the guard looks at, pixels. */
export const SIDE = 64;

/** Pixels of that render. */
export const PIXELS = SIDE * SIDE;

/** A 64-pixel render made ready for measuring. */
export interface Picture {
  /** Red, green and blue, 0..255, row by row from the top left. */
  readonly rgb: Uint8Array;
  /** Luma 0..255, one a pixel: (77 R + 150 G + 29 B) / 256, the weights of BT.601 in eighths of a byte. */
  readonly luma: Uint8Array;
}

/**
 * Prepares a render of 64 x 64 x 3 bytes.
 * @throws FatalError `guard/bad-preview` if it has another size.
 */
export function createPicture(rgb: Uint8Array): Picture {
  if (rgb.length !== PIXELS * 3) {
    throw new FatalError(
      "guard/bad-preview",
      `A preview of \`${rgb.length}\` bytes was given; render it at ${SIDE} pixels, ${PIXELS * 3} bytes.`,
    );
  }
  const luma = new Uint8Array(PIXELS);
  for (let i = 0; i < PIXELS; i++)
    luma[i] =
      (77 * at(rgb, 3 * i) +
        150 * at(rgb, 3 * i + 1) +
        29 * at(rgb, 3 * i + 2)) >>
      8;
  return { rgb, luma };
}

/** An element of an array that the index is known to lie in. */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}

/** The three channels of a render as arrays of their own. */
export function channelsOf({ rgb }: Picture): Uint8Array[] {
  return [0, 1, 2].map((channel) => {
    const plane = new Uint8Array(PIXELS);
    for (let i = 0; i < PIXELS; i++) plane[i] = at(rgb, 3 * i + channel);
    return plane;
  });
}

/**
 * n * sum of squares - square of the sum: the squared deviation times n * n, exact. At most 2.8e11 for 4096 bytes.
 */
export function scatter(values: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    sum += value;
    squares += value * value;
  }
  return values.length * squares - sum * sum;
}

/** Standard deviation in hundredths, rounded down. */
export function deviation(values: ArrayLike<number>): number {
  return Math.floor(Math.sqrt(scatter(values) * 10_000) / values.length);
}

/** Largest difference of the channels of two pixels, 0..255. */
export function colourStep({ rgb }: Picture, a: number, b: number): number {
  return Math.max(
    Math.abs(at(rgb, 3 * a) - at(rgb, 3 * b)),
    Math.abs(at(rgb, 3 * a + 1) - at(rgb, 3 * b + 1)),
    Math.abs(at(rgb, 3 * a + 2) - at(rgb, 3 * b + 2)),
  );
}

/** Calls back with every pair of pixels that touch: first those side by side, then those one above the other. */
export function eachNeighbour(visit: (a: number, b: number) => void): void {
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x + 1 < SIDE; x++) visit(y * SIDE + x, y * SIDE + x + 1);
  for (let i = 0; i + SIDE < PIXELS; i++) visit(i, i + SIDE);
}
