import type { Colour } from "../work/colours.ts";

import type { Donor } from "./donors.ts";
import { inLight } from "./palettes.ts";
import type { WeavePlan } from "./plan.ts";
import { apart, greyOf, tonesOf } from "./tones.ts";

/** What rules are drawn in: the lightest main colour of a palette. */
export function ruleColour({ palette, parts }: Donor, plan: WeavePlan): Colour {
  let best = 0;
  palette.forEach((colour, slot) => {
    if (parts[slot]! < 0.03) return;
    if (parts[best]! < 0.03 || greyOf(colour) > greyOf(palette[best]!))
      best = slot;
  });
  return inLight(palette[best]!, plan);
}

/** A figure that is seen at least so far (mean square) from its ground. */
const SEEN = 5_000;

/** The colour of a donor that is the largest but `place` others among those that every figure stands out from. */
export function groundColour(
  donor: Donor,
  colours: readonly Colour[],
  place: number,
  figures: readonly { own: Donor; colours: readonly Colour[] }[],
): Colour {
  const ranked = [...tonesOf(donor)]
    .sort((a, b) => b.part - a.part)
    .map(({ slots }) => mixedOf(donor, colours, slots[0]!))
    .map((colour) => ({
      colour,
      seen: Math.min(
        1e9,
        ...figures.map(({ own, colours: inks }) => seenOn(own, inks, colour)),
      ),
    }));
  const good = ranked.filter(({ seen }) => seen >= SEEN);
  if (good.length > place) return good[place]!.colour;
  if (place > 0 && good.length > 0) {
    const other = ranked.filter(({ colour }) => colour !== good[0]!.colour);
    if (other.length > 0) return best(other);
  }
  return best(ranked);
}

const best = (ranked: readonly { colour: Colour; seen: number }[]): Colour => {
  let top = ranked[0]!;
  for (const one of ranked) if (one.seen > top.seen) top = one;
  return top.colour;
};

/** Mean squared distance of a figure's own colours, its ground left out, to a ground. */
function seenOn(
  { parts, ground }: Donor,
  inks: readonly Colour[],
  colour: Colour,
): number {
  let sum = 0;
  let all = 1e-9;
  parts.forEach((part, slot) => {
    if (ground[slot]) return;
    all += part;
    sum += part * Math.min(20_000, apart(inks[slot]!, colour));
  });
  return sum / all;
}

/** What is seen where a slot wins: painted grounds are mixtures. */
function mixedOf(
  { mixes }: Donor,
  colours: readonly Colour[],
  slot: number,
): Colour {
  const channel = (c: 0 | 1 | 2): number =>
    Math.floor(
      mixes[slot]!.reduce((sum, share, s) => sum + share * colours[s]![c], 0) +
        0.5,
    );
  return [channel(0), channel(1), channel(2)];
}
