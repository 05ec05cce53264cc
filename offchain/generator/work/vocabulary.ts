/** The words a work is made of. The trait table of a recipe may weigh them as it likes, but can use no others. */

/** Families, in the order of the network's inputs. */
export const FAMILY_NAMES = [
  "dunes",
  "tide",
  "grove",
  "agate",
  "ribbons",
  "canyon",
  "bloom",
  "whirl",
  "sprig",
  "vase",
  "cairn",
  "arches",
  "braid",
  "palmette",
  "meadow",
  "scales",
] as const;

/** Rotational order or layout, 3 to 8. */
export const ORDER_NAMES = [
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
] as const;

/** Which light falls on the palette: its own ground, its warm half-tone, or its night. */
export const LIGHT_NAMES = ["day", "dusk", "night"] as const;

/** How the plane is folded before the field is asked. */
export const SYMMETRY_NAMES = [
  "single",
  "mirror",
  "quarter",
  "rosette",
] as const;

/** How tones inside a shape are printed. */
export const FINISH_NAMES = [
  "flat",
  "cutout",
  "grain",
  "hatch",
  "satin",
] as const;

/** Lines drawn along or inside the shapes. */
export const LINE_NAMES = ["none", "keyline", "gilt", "echo"] as const;

/** What the sheet shows of the picture. */
export const FRAME_NAMES = [
  "bleed",
  "mat",
  "arch",
  "roundel",
  "triptych",
  "panes",
] as const;

/** The family whose field fills a region of the first, in tones of that region. */
export const INLAY_NAMES = ["none", "ribbons", "scales", "agate"] as const;

export type FamilyName = (typeof FAMILY_NAMES)[number];
export type SymmetryName = (typeof SYMMETRY_NAMES)[number];
export type FinishName = (typeof FINISH_NAMES)[number];
export type InlayName = (typeof INLAY_NAMES)[number];
export type LineName = (typeof LINE_NAMES)[number];
export type FrameName = (typeof FRAME_NAMES)[number];
export type LightName = (typeof LIGHT_NAMES)[number];

/** Palette slots, as the families were taught: a ground, a ramp from dark to light, an accent, the ink of shadows. */
export const SLOT = {
  ground: 0,
  deep: 1,
  low: 2,
  mid: 3,
  high: 4,
  light: 5,
  accent: 6,
  ink: 7,
} as const;
