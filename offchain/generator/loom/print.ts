import type { Colour } from "../work/colours.ts";

import { power } from "./donors.ts";
import type { Lattice } from "./lattice.ts";

/** What a sheet prints at a point: its colour, and the slot that wins. Reused from call to call. */
export type Print = { r: number; g: number; b: number; slot: number };

/** From this flatness on a dataset is printed as flat shapes, up to the lower one as it was painted. */
const FLAT = 0.9;
const PAINTED = 0.75;
/** How much harder than it was trained a painted dataset is printed. */
const CRISP = 1.5;

/**
 * Makes the function that prints a sheet at any point of the plane ([-1, 1] squared is the sheet): all slots mixed by their
 * softmax, harder where the dataset is flat.
 */
export function createPrint(
  { cells, logits, donors, shares }: Lattice,
  colours: readonly (readonly Colour[])[],
  {
    flatness,
    hardness,
    poster,
  }: { flatness: number; hardness: number; poster: boolean },
): (x: number, y: number) => Print {
  const row = (cells + 1) * 8;
  const flat = Math.min(
    1,
    Math.max(0, (flatness - PAINTED) / (FLAT - PAINTED)),
  );
  const sharp = CRISP * hardness * (1 + 1.5 * flat + (poster ? 8 : 0));
  const inks = new Float64Array(donors * 24);
  colours.forEach((palette, d) =>
    palette.forEach((colour, s) =>
      colour.forEach((value, c) => (inks[(d * 8 + s) * 3 + c] = value)),
    ),
  );
  const values = new Float64Array(8);
  const print: Print = { r: 0, g: 0, b: 0, slot: 0 };
  return (x, y) => {
    const gx = Math.min(cells, Math.max(0, (x + 1) * 0.5 * cells));
    const gy = Math.min(cells, Math.max(0, (y + 1) * 0.5 * cells));
    const cx = Math.min(cells - 1, Math.floor(gx));
    const cy = Math.min(cells - 1, Math.floor(gy));
    const u = gx - cx;
    const v = gy - cy;
    let [a, b, c, d] = [(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v];
    let owner = 0;
    if (donors > 1) {
      // Of the four nodes only those of the donor that holds most are read: slots of two donors are not the same colours.
      const wide = (cells + 1) * donors;
      const from = cy * wide + cx * donors;
      let most = 0;
      for (let k = 0; k < donors; k++) {
        const share =
          a * shares[from + k]! +
          b * shares[from + donors + k]! +
          c * shares[from + wide + k]! +
          d * shares[from + wide + donors + k]!;
        if (share > most) {
          most = share;
          owner = k;
        }
      }
      if (most > 0) {
        a = (a * shares[from + owner]!) / most;
        b = (b * shares[from + donors + owner]!) / most;
        c = (c * shares[from + wide + owner]!) / most;
        d = (d * shares[from + wide + donors + owner]!) / most;
      }
    }
    const at = cy * row + cx * 8;
    let best = 0;
    for (let s = 0; s < 8; s++) {
      const k = at + s;
      const value =
        a * logits[k]! +
        b * logits[k + 8]! +
        c * logits[k + row]! +
        d * logits[k + row + 8]!;
      values[s] = value;
      if (value > values[best]!) best = s;
    }
    print.slot = best;
    let total = 0;
    print.r = print.g = print.b = 0;
    const top = values[best]!;
    for (let s = 0; s < 8; s++) {
      const weight = power((values[s]! - top) * sharp);
      if (weight < 0.004) continue;
      total += weight;
      const ink = (owner * 8 + s) * 3;
      print.r += weight * inks[ink]!;
      print.g += weight * inks[ink + 1]!;
      print.b += weight * inks[ink + 2]!;
    }
    print.r /= total;
    print.g /= total;
    print.b /= total;
    return print;
  };
}
