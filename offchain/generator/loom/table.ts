import type { Adapter } from "../adapter/adapter.ts";

import { isPattern } from "./character.ts";
import { weaveVocabulary, type WeaveTraits } from "./vocabulary.ts";

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

type Weights = Readonly<Record<string, number>>;

/** Odds for datasets of patterns: woven anew and repeated. */
const PATTERNS: Readonly<Partial<Record<keyof WeaveTraits, Weights>>> = {
  composition: {
    whole: 40,
    gathered: 10,
    counterchange: 4,
    recoloured: 10,
    patchwork: 26,
    charged: 0,
  },
  division: {
    ogee: 30,
    border: 20,
    lozenge: 10,
    roundel: 12,
    scales: 12,
    stripes: 10,
    waves: 10,
    arch: 8,
    mandorla: 10,
    quarterly: 6,
    checks: 6,
    pale: 6,
    star: 4,
    chevron: 4,
  },
  liberty: { kept: 15, joined: 15, woven: 70 },
  repeat: { plain: 20, drop: 25, brick: 15, mirror: 22, quarter: 18 },
  line: { none: 20, rule: 50, shadow: 30 },
  light: { day: 80, morning: 10, dusk: 10 },
  finish: { true: 100, poster: 0 },
  frame: { bleed: 100, mat: 0 },
};
/** Odds for datasets of pictures: joined or cut, upright. */
const PICTURES: Readonly<Partial<Record<keyof WeaveTraits, Weights>>> = {
  composition: {
    whole: 22,
    gathered: 10,
    counterchange: 14,
    recoloured: 16,
    patchwork: 20,
    charged: 14,
  },
  division: {
    pale: 8,
    fess: 8,
    bend: 8,
    chevron: 8,
    saltire: 6,
    cross: 6,
    quarterly: 8,
    pile: 8,
    lozenge: 8,
    roundel: 10,
    annulet: 5,
    canton: 6,
    border: 8,
    stripes: 4,
    checks: 2,
    gyronny: 2,
    star: 4,
    waves: 4,
    rays: 4,
    arch: 6,
    mandorla: 5,
  },
  liberty: { kept: 60, joined: 40, woven: 0 },
  repeat: { plain: 85, drop: 0, brick: 0, mirror: 8, quarter: 7 },
  line: { none: 45, rule: 40, shadow: 15 },
  light: { day: 80, morning: 10, dusk: 10 },
  finish: { true: 100, poster: 0 },
  frame: { bleed: 100, mat: 0 },
};

/**
 * Odds to begin with for a recipe of this adapter: donors and palettes all alike, the rest by whether its pictures are patterns
 * or have a layout. Calibration may change the weights.
 */
export function defaultTable(adapter: Adapter): WeaveTable {
  const odds = isPattern(adapter) ? PATTERNS : PICTURES;
  const traits = Object.entries(weaveVocabulary(adapter)).map(
    ([name, values]) => ({
      name,
      values: values.map((value) => ({
        name: value,
        weight: odds[name as keyof WeaveTraits]
          ? (odds[name as keyof WeaveTraits]![value] ?? 0)
          : 100,
      })),
    }),
  );
  const divided = ["counterchange", "recoloured", "patchwork", "charged"];
  return {
    version: 1,
    traits,
    rules: [
      {
        when: { trait: "composition", values: divided },
        trait: "division",
        not: ["undivided"],
      },
    ],
  };
}
