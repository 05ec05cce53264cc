import { patchDistance, quotable, type Quotable } from "./quotation/patches.ts";
import {
  explainable,
  explaining,
  recolouredDistance,
  UNLIKE,
  type Explaining,
} from "./quotation/recoloured.ts";
import { tileOf } from "./quotation/tile.ts";
import { middles, wholeDistance, windows } from "./quotation/whole.ts";

/** A picture that a work must not repeat, made ready once: comparing is then quick. */
interface Reference {
  readonly windows: readonly Float64Array[];
  readonly explaining: Explaining;
  readonly quotable: Quotable;
}

/** The pictures that a work must not repeat, in their order. */
export type References = readonly Reference[];

/** How near a picture comes to its references. Integers; the less, the nearer. */
export interface Quotation {
  /** Nearest whole picture, turned and shifted: root mean square in hundredths of a level. */
  readonly whole: number;
  /** Lower octile over its patches of 3/8 side: root mean square in hundredths of a level. */
  readonly patch: number;
  /** What is left when the nearest reference is given other colours: ten-thousandths. */
  readonly recoloured: number;
}

/** Why a picture that is too near is rejected, by measure. */
export const QUOTATION_REASONS = {
  whole: "copy",
  patch: "copied-part",
  recoloured: "recoloured-copy",
} as const satisfies Record<keyof Quotation, string>;

/** The measures, in the order of their reasons. */
export const QUOTATION_MEASURES = ["whole", "patch", "recoloured"] as const;

/**
 * Makes references ready, of 64 x 64 x 3 bytes each.
 * @throws FatalError `guard/bad-preview` if one has another size.
 */
export function prepareReferences(pictures: readonly Uint8Array[]): References {
  return pictures.map((picture) => {
    const tile = tileOf(picture);
    return {
      windows: windows(tile),
      explaining: explaining(tile),
      quotable: quotable(tile),
    };
  });
}

/** Where a measure has no bound it is told up to here: no two pictures are further apart. */
const MOST: Quotation = { whole: 25_500, patch: 25_500, recoloured: UNLIKE };

/**
 * Measures how near a render of 64 x 64 x 3 bytes comes to the references. Exact: sums of integers and square roots, and in
 * `recoloured` quotients of doubles in a fixed order, so that anyone gets the same numbers.
 * @param most A distance beyond this is told as this, which is much quicker to find: give the bounds.
 * @throws FatalError `guard/bad-preview` if the render has another size.
 */
export function quotationOf(
  rgb64: Uint8Array,
  references: References,
  most: Partial<Quotation> = {},
): Quotation {
  const tile = tileOf(rgb64);
  const ends = { ...MOST, ...most };
  return {
    whole: wholeDistance(
      middles(tile),
      references.flatMap((reference) => reference.windows),
      ends.whole,
    ),
    patch: patchDistance(
      tile,
      references.map((reference) => reference.quotable),
      ends.patch,
    ),
    recoloured: recolouredDistance(
      explainable(tile),
      references.map((reference) => reference.explaining),
      ends.recoloured,
    ),
  };
}
