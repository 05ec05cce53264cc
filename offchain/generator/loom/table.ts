import type { Adapter, Decoder } from "../adapter/adapter.ts";

import { isPattern } from "./character.ts";
import { surveyOf } from "./donors.ts";
import { COMMON, ODDS, type Kind } from "./odds.ts";
import {
  OWN_PALETTE,
  weaveVocabulary,
  type WeaveTraits,
} from "./vocabulary.ts";

type Value = Readonly<{ name: string; weight: number }>;
/** A trait table as JSON, version 1: what rarity reads. */
export type WeaveTable = Readonly<{
  version: 1;
  traits: readonly Readonly<{ name: string; values: readonly Value[] }>[];
  rules: readonly Readonly<{
    when: Readonly<{ trait: string; values: readonly string[] }>;
    trait: string;
    only?: readonly string[];
    not?: readonly string[];
  }>[];
}>;

/** Datasets whose winning slots take at least so much are flat shapes. */
const FLAT = 0.88;
/** Datasets whose donors lie inside their ground with at most so much of them show figures. */
const FIGURE = 0.25;

/** What kind of pictures an adapter learned from; without its decoder only patterns are told from pictures. */
export function kindOf(adapter: Adapter, decoder?: Decoder): Kind {
  if (isPattern(adapter)) return "patterns";
  if (!decoder) return "scenes";
  const { flatness, donors } = surveyOf({ adapter, decoder });
  if (flatness > FLAT) return "emblems";
  const figures = donors.map(({ figure }) => figure).sort((a, b) => a - b);
  return figures[figures.length >> 1]! < FIGURE ? "figures" : "scenes";
}

/**
 * Odds to begin with for a recipe of this adapter: donors and palettes all alike, the rest by the kind of its pictures.
 * Calibration may change the weights.
 */
export function defaultTable(adapter: Adapter, decoder?: Decoder): WeaveTable {
  const odds = { ...COMMON, ...ODDS[kindOf(adapter, decoder)] };
  const traits = Object.entries(weaveVocabulary(adapter)).map(
    ([name, values]) => {
      const own = odds[name as keyof WeaveTraits];
      return {
        name,
        values: values.map((value) => ({
          name: value,
          weight: own ? (own[value] ?? 0) : 100,
        })),
      };
    },
  );
  const palette = (colours: string, rule: object) => ({
    when: { trait: "colours", values: [colours] },
    trait: "palette",
    ...rule,
  });
  return {
    version: 1,
    traits,
    rules: [
      palette("own", { only: [OWN_PALETTE] }),
      palette("borrowed", { not: [OWN_PALETTE] }),
    ],
  };
}
