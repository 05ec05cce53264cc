import { createRng, type Rng } from "../../../offchain/kernel/rng.ts";
import { keccak256 } from "../../../offchain/kernel/digest.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { SIDE } from "../../../offchain/guard/picture.ts";

export type Colour = readonly [red: number, green: number, blue: number];

/** A 64-pixel render whose every pixel is a function of its place, x to the right and y down, 0..63. */
export function paint(colour: (x: number, y: number) => Colour): Uint8Array {
  const rgb = new Uint8Array(SIDE * SIDE * 3);
  for (let i = 0; i < SIDE * SIDE; i++)
    rgb.set(colour(i % SIDE, i >> 6), 3 * i);
  return rgb;
}

/** A fixed random stream for a test, by name. */
export function stream(name: string): Rng {
  return createRng(keccak256(utf8(name)));
}

/** Whether a place lies within r of a centre. */
export function inDisc(
  x: number,
  y: number,
  cx: number,
  cy: number,
  r: number,
): boolean {
  return (x - cx) ** 2 + (y - cy) ** 2 <= r * r;
}

/** The same picture with its pixels taken from elsewhere. */
export function moved(
  rgb: Uint8Array,
  from: (x: number, y: number) => readonly [number, number],
): Uint8Array {
  return paint((x, y) => {
    const [u, v] = from(x, y);
    const i = 3 * (v * SIDE + u);
    return [rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0];
  });
}

/** Means over squares of 2 reach + 1 pixels, cut off at the border. */
export function blurred(rgb: Uint8Array, reach: number): Uint8Array {
  return paint((x, y) => {
    const sums = [0, 0, 0];
    let count = 0;
    for (
      let v = Math.max(0, y - reach);
      v <= Math.min(SIDE - 1, y + reach);
      v++
    ) {
      for (
        let u = Math.max(0, x - reach);
        u <= Math.min(SIDE - 1, x + reach);
        u++
      ) {
        for (let c = 0; c < 3; c++)
          sums[c] = (sums[c] ?? 0) + (rgb[3 * (v * SIDE + u) + c] ?? 0);
        count++;
      }
    }
    return [0, 1, 2].map((c) =>
      Math.floor((sums[c] ?? 0) / count),
    ) as unknown as Colour;
  });
}

const NAVY: Colour = [28, 34, 84];
const CREAM: Colour = [244, 232, 205];
const CORAL: Colour = [233, 92, 71];
const GOLD: Colour = [243, 183, 52];
const TEAL: Colour = [38, 140, 140];

/** A round wave of a period, from -height to height, in integers: parabolas instead of a sine, the same everywhere. */
export function wave(t: number, period: number, height: number): number {
  const half = period / 2;
  const u = t % half;
  const bow = Math.floor((4 * height * u * (half - u)) / (half * half));
  return Math.floor(t / half) % 2 === 0 ? bow : -bow;
}

/** A picture that deserves to hang: rolling bands of five colours, a sun, clear edges, something in every corner. */
export const GOOD = paint((x, y) => {
  if (inDisc(x, y, 44, 15, 9)) return CORAL;
  if (inDisc(x, y, 44, 15, 12)) return CREAM;
  const band = Math.floor((y + wave(x, 50, 7) + wave(x + 6, 24, 5)) / 8);
  return [GOLD, TEAL, NAVY, CREAM, CORAL][((band % 5) + 5) % 5] ?? GOLD;
});

/** Two dark eyes and a mouth on a light ground, mirrored as a generator with mirror symmetry would. */
export const FACE = paint((x, y) => {
  const u = Math.min(x, SIDE - 1 - x);
  if (inDisc(u, y, 18, 24, 5)) return NAVY;
  if (y >= 42 && y <= 47 && u >= 20) return CORAL;
  return y < 14 ? TEAL : CREAM;
});

/** As mirrored as the face, but an ornament: many equal spots. */
export const ORNAMENT = paint((x, y) => {
  const u = Math.min(x, SIDE - 1 - x);
  return inDisc(u % 11, y % 11, 5, 5, 3) ? NAVY : y % 22 < 11 ? GOLD : CREAM;
});
