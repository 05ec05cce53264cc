import { LoopError } from "../../kernel/errors.ts";
import type { Traits } from "../../kernel/traits.ts";
import { PALETTE_NAMES } from "./palettes/palettes.ts";
import {
  FAMILY_NAMES,
  FINISH_NAMES,
  FRAME_NAMES,
  INLAY_NAMES,
  LIGHT_NAMES,
  LINE_NAMES,
  ORDER_NAMES,
  SYMMETRY_NAMES,
  type FamilyName,
  type FinishName,
  type FrameName,
  type InlayName,
  type LightName,
  type LineName,
  type SymmetryName,
} from "./vocabulary.ts";

/** Traits as the generator understands them. */
export type WorkTraits = Readonly<{
  family: FamilyName;
  order: number;
  palette: string;
  light: LightName;
  symmetry: SymmetryName;
  inlay: InlayName;
  finish: FinishName;
  line: LineName;
  frame: FrameName;
}>;

/** Every trait with every value it may take: what a recipe's trait table chooses from. */
export const VOCABULARY: Readonly<Record<keyof WorkTraits, readonly string[]>> =
  {
    family: FAMILY_NAMES,
    order: ORDER_NAMES,
    palette: PALETTE_NAMES,
    light: LIGHT_NAMES,
    symmetry: SYMMETRY_NAMES,
    inlay: INLAY_NAMES,
    finish: FINISH_NAMES,
    line: LINE_NAMES,
    frame: FRAME_NAMES,
  };

/**
 * Reads the traits of a work.
 * @throws LoopError `generator/unknown-trait` if one is missing or has a value outside {@link VOCABULARY}.
 */
export function readTraits(traits: Traits): WorkTraits {
  const read = (name: keyof WorkTraits): string => {
    const value = traits[name];
    if (value !== undefined && VOCABULARY[name].includes(value)) return value;
    throw new LoopError(
      "generator/unknown-trait",
      `Trait \`${name}\` is \`${value ?? "missing"}\`; it must be one of ${VOCABULARY[name].join(", ")}.`,
    );
  };
  return {
    family: read("family") as FamilyName,
    order: 3 + VOCABULARY.order.indexOf(read("order")),
    palette: read("palette"),
    light: read("light") as LightName,
    symmetry: read("symmetry") as SymmetryName,
    inlay: read("inlay") as InlayName,
    finish: read("finish") as FinishName,
    line: read("line") as LineName,
    frame: read("frame") as FrameName,
  };
}
