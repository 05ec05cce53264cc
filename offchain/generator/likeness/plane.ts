import { FatalError } from "../../kernel/errors.ts";

/** Side of the pictures that are compared, pixels. */
export const LIKENESS_SIDE = 64;

/** A square of `side` x `side` points with `depth` numbers each, row by row from the top left. */
export type Plane = Readonly<{
  side: number;
  depth: number;
  values: Float64Array;
}>;

/**
 * A picture of 64 x 64 x 3 bytes as luma and two opponent colours, each about -0.5..1: (R + 2G + B) / 4, R - G and
 * B - (R + G) / 2. Brightness and hue part, so that a filter over one is not a filter over the other.
 * @throws FatalError `generator/bad-likeness` if the picture has another size.
 */
export function opponentColours(rgb: Uint8Array): Plane {
  const points = LIKENESS_SIDE * LIKENESS_SIDE;
  if (rgb.length !== points * 3) {
    throw new FatalError(
      "generator/bad-likeness",
      `A picture of \`${rgb.length}\` bytes was given to compare; render it at ${LIKENESS_SIDE} pixels, ${points * 3} bytes.`,
    );
  }
  const values = new Float64Array(points * 3);
  for (let i = 0; i < values.length; i += 3) {
    const [r, g, b] = [rgb[i]! / 255, rgb[i + 1]! / 255, rgb[i + 2]! / 255];
    values[i] = (r + 2 * g + b) / 4;
    values[i + 1] = r - g;
    values[i + 2] = b - (r + g) / 2;
  }
  return { side: LIKENESS_SIDE, depth: 3, values };
}

/**
 * A square picture made small enough to compare: 64 x 64 x 3 bytes, each the rounded mean of the pixels it stands for.
 * @throws FatalError `generator/bad-likeness` if its side is not 64 or a multiple of it.
 */
export function reduced(rgb: Uint8Array): Uint8Array {
  const side = Math.round(Math.sqrt(rgb.length / 3));
  const block = side / LIKENESS_SIDE;
  if (!Number.isInteger(block) || side * side * 3 !== rgb.length) {
    throw new FatalError(
      "generator/bad-likeness",
      `A picture of \`${rgb.length}\` bytes was given to compare; its side must be a multiple of ${LIKENESS_SIDE} pixels.`,
    );
  }
  const out = new Uint8Array(LIKENESS_SIDE * LIKENESS_SIDE * 3);
  for (let i = 0; i < out.length; i++) {
    const x = Math.floor(i / 3) % LIKENESS_SIDE;
    const y = Math.floor(i / (3 * LIKENESS_SIDE));
    let sum = 0;
    for (let v = 0; v < block; v++)
      for (let u = 0; u < block; u++)
        sum += rgb[((y * block + v) * side + x * block + u) * 3 + (i % 3)]!;
    out[i] = Math.round(sum / (block * block));
  }
  return out;
}

/** The plane at half its side: means of 2 x 2 points. */
export function halved({ side, depth, values }: Plane): Plane {
  const half = side / 2;
  const out = new Float64Array(half * half * depth);
  for (let y = 0; y < half; y++)
    for (let x = 0; x < half; x++)
      for (let c = 0; c < depth; c++) {
        const at = (2 * y * side + 2 * x) * depth + c;
        out[(y * half + x) * depth + c] =
          (values[at]! +
            values[at + depth]! +
            values[at + side * depth]! +
            values[at + (side + 1) * depth]!) /
          4;
      }
  return { side: half, depth, values: out };
}

/** Mean and deviation of numbers. */
export function moments(values: ArrayLike<number>): [number, number] {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    squares += values[i]! * values[i]!;
  }
  const mean = sum / values.length;
  return [mean, Math.sqrt(Math.max(0, squares / values.length - mean * mean))];
}

/** One channel of a plane. */
export function channel(
  { side, depth, values }: Plane,
  index: number,
): Float64Array {
  return Float64Array.from(
    { length: side * side },
    (_, i) => values[i * depth + index]!,
  );
}
