import type { WeaveTraits } from "./vocabulary.ts";

/** What kind of pictures a dataset holds, as far as weaving minds. */
export type Kind = "patterns" | "emblems" | "figures" | "scenes";

type Odds = Readonly<
  Partial<Record<keyof WeaveTraits, Readonly<Record<string, number>>>>
>;

/** Relative weights by kind; a value that is not named is never drawn. */
export const ODDS: Readonly<Record<Kind, Odds>> = {
  /** All-over patterns: woven anew and repeated, or pieced together. */
  patterns: {
    composition: { whole: 44, recoloured: 10, patchwork: 40, counterchange: 6 },
    division: {
      ogee: 30,
      border: 24,
      lozenge: 10,
      roundel: 12,
      scales: 14,
      waves: 12,
      arch: 8,
      mandorla: 10,
      pale: 8,
      quarterly: 4,
      stripes: 4,
    },
    liberty: { kept: 18, joined: 6, woven: 76 },
    repeat: { plain: 14, drop: 36, brick: 20, mirror: 20, quarter: 10 },
    line: { none: 15, rule: 50, shadow: 35 },
    light: { day: 84, morning: 10, dusk: 6 },
  },
  /** Flat shapes with a layout: divided, counterchanged, charged. */
  emblems: {
    composition: {
      counterchange: 18,
      recoloured: 16,
      patchwork: 26,
      charged: 28,
      gathered: 5,
    },
    division: {
      pale: 8,
      fess: 9,
      bend: 9,
      chevron: 9,
      saltire: 8,
      cross: 8,
      quarterly: 8,
      pile: 9,
      lozenge: 8,
      roundel: 8,
      annulet: 4,
      canton: 6,
      border: 7,
      stripes: 5,
      gyronny: 4,
      waves: 3,
      rays: 4,
      arch: 3,
      mandorla: 4,
    },
    liberty: { kept: 100 },
    repeat: { plain: 93, mirror: 3, quarter: 4 },
    line: { none: 35, rule: 60, shadow: 5 },
    light: { day: 94, morning: 6 },
  },
  /** Figures on an even ground: gathered, set before a field, grown together. */
  figures: {
    composition: { gathered: 54, charged: 18, whole: 24, recoloured: 4 },
    division: { arch: 12, roundel: 12, mandorla: 8, border: 12, lozenge: 5 },
    liberty: { joined: 100 },
    repeat: { plain: 100 },
    line: { none: 60, rule: 40 },
    light: { day: 88, morning: 6, dusk: 6 },
  },
  /** Whole pictures: joined along seams, or seen through windows. */
  scenes: {
    composition: { whole: 58, recoloured: 12, counterchange: 8, patchwork: 22 },
    division: {
      pale: 6,
      fess: 9,
      bend: 8,
      chevron: 8,
      roundel: 12,
      arch: 12,
      mandorla: 9,
      lozenge: 7,
      border: 10,
      pile: 5,
      quarterly: 3,
      stripes: 3,
      waves: 5,
    },
    liberty: { kept: 40, joined: 60 },
    repeat: { plain: 100 },
    line: { none: 50, rule: 30, shadow: 20 },
    light: { day: 84, morning: 8, dusk: 8 },
  },
};

/** What every kind has alike. */
export const COMMON: Odds = {
  colours: { own: 65, borrowed: 35 },
  finish: { true: 100 },
  frame: { bleed: 100 },
};
