import type { Adapter } from "../adapter/adapter.ts";

/** How a work is put together. */
export const COMPOSITION_NAMES = [
  /** One cloth from rim to rim. */
  "whole",
  /** One cloth, its lights and darks changed over in the parts of a division. */
  "counterchange",
  /** One cloth, in another donor's colours in the parts of a division. */
  "recoloured",
  /** Another cloth in each part of a division. */
  "patchwork",
  /** A division in two plain colours, and the motif's figure over both. */
  "charged",
  /** The figures of all donors beside one another on plain ground. */
  "gathered",
] as const;

/** How the sheet is divided. */
export const DIVISION_NAMES = [
  "undivided",
  "pale",
  "fess",
  "bend",
  "chevron",
  "saltire",
  "cross",
  "quarterly",
  "pile",
  "lozenge",
  "roundel",
  "annulet",
  "canton",
  "border",
  "stripes",
  "checks",
  "gyronny",
  "star",
  "waves",
  "rays",
  "ogee",
  "scales",
  "arch",
  "mandorla",
] as const;

/** How far a cloth goes from its donors: cut from one, joined of several along seams, or woven anew from patches. */
export const LIBERTY_NAMES = ["kept", "joined", "woven"] as const;

/** Whose colours a work takes: its motif's, or those of a donor of its own. */
export const COLOUR_NAMES = ["own", "borrowed"] as const;
/** The palette of a work in its own colours. No picture has this name: those begin with a capital or a digit. */
export const OWN_PALETTE = "own";

/** How a cloth goes on beyond its edge. */
export const REPEAT_NAMES = [
  "plain",
  "drop",
  "brick",
  "mirror",
  "quarter",
] as const;

/** What is drawn along a division. */
export const LINE_NAMES = ["none", "rule", "shadow"] as const;

/** The hour whose light falls on the palette. */
export const LIGHT_NAMES = ["day", "morning", "dusk"] as const;

/** How tones are printed: as the dataset has them, or as flat shapes. */
export const FINISH_NAMES = ["true", "poster"] as const;

export const FRAME_NAMES = ["bleed", "mat"] as const;

export type CompositionName = (typeof COMPOSITION_NAMES)[number];
export type DivisionName = (typeof DIVISION_NAMES)[number];
export type LibertyName = (typeof LIBERTY_NAMES)[number];
export type RepeatName = (typeof REPEAT_NAMES)[number];
export type ColourName = (typeof COLOUR_NAMES)[number];
export type LineName = (typeof LINE_NAMES)[number];
export type LightName = (typeof LIGHT_NAMES)[number];
export type FinishName = (typeof FINISH_NAMES)[number];
export type WeaveFrameName = (typeof FRAME_NAMES)[number];

/** Traits as the loom understands them. Donors by their place in the adapter. */
export type WeaveTraits = Readonly<{
  composition: CompositionName;
  division: DivisionName;
  motif: number;
  second: number;
  third: number;
  colours: ColourName;
  palette: number;
  liberty: LibertyName;
  repeat: RepeatName;
  line: LineName;
  light: LightName;
  finish: FinishName;
  frame: WeaveFrameName;
}>;

/** Every trait with every value that it may take: what the trait table of a recipe of this adapter chooses from. */
export function weaveVocabulary({
  pictures,
}: Adapter): Readonly<Record<keyof WeaveTraits, readonly string[]>> {
  return {
    composition: COMPOSITION_NAMES,
    division: DIVISION_NAMES,
    motif: pictures,
    second: pictures,
    third: pictures,
    colours: COLOUR_NAMES,
    palette: [OWN_PALETTE, ...pictures],
    liberty: LIBERTY_NAMES,
    repeat: REPEAT_NAMES,
    line: LINE_NAMES,
    light: LIGHT_NAMES,
    finish: FINISH_NAMES,
    frame: FRAME_NAMES,
  };
}
