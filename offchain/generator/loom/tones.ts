import { blend, type Colour } from "../work/colours.ts";

import type { Donor } from "./donors.ts";

/** Slots that win less of a picture than this are the mixtures at its edges, not colours of their own. */
const MAIN = 0.025;

/** Lightness of a colour, 0..255. */
export function greyOf([r, g, b]: Colour): number {
  return (r * 299 + g * 587 + b * 114) / 1000;
}

type Tone = Readonly<{ slot: number; grey: number; at: number; part: number }>;

/** A donor's main slots from dark to light, each with the part of the picture that is darker than its middle. */
function tonesOf({ palette, parts }: Donor): readonly Tone[] {
  const most = Math.max(...parts);
  const slots = parts
    .map((part, slot) => ({ slot, part, grey: greyOf(palette[slot]!) }))
    .filter(({ part }) => part >= Math.min(MAIN, most))
    .sort((a, b) => a.grey - b.grey || a.slot - b.slot);
  const all = slots.reduce((sum, { part }) => sum + part, 0);
  let before = 0;
  return slots.map((tone) => {
    const at = (before + tone.part / 2) / all;
    before += tone.part;
    return { ...tone, at };
  });
}

/**
 * The colours of `to` for the slots of `from`: each main slot of the one takes a main slot of the other, in order of
 * lightness, at the least distance in rank and in lightness; no two take the same while there are enough.
 */
export function transport(from: Donor, to: Donor): readonly Colour[] {
  if (from === to) return from.palette;
  const wanted = tonesOf(from);
  const given = tonesOf(to);
  const again = given.length < wanted.length;
  const cost = (i: number, j: number): number => {
    const a = wanted[i]!;
    const b = given[j]!;
    const grey = (a.grey - b.grey) / 255;
    const rank = a.at - b.at;
    return (0.05 + a.part) * (rank * rank + 1.5 * grey * grey);
  };
  // best[i][j]: least cost of the first i + 1 when the last of them takes j.
  const best: number[][] = [];
  const back: number[][] = [];
  wanted.forEach((_, i) => {
    const row: number[] = [];
    const trail: number[] = [];
    given.forEach((__, j) => {
      let least = i === 0 ? 0 : 1e30;
      let from_ = -1;
      if (i > 0)
        for (let k = 0; k <= (again ? j : j - 1); k++) {
          const sum = best[i - 1]![k]! + (k === j ? 0.02 : 0);
          if (sum < least) {
            least = sum;
            from_ = k;
          }
        }
      row.push(least + cost(i, j));
      trail.push(from_);
    });
    best.push(row);
    back.push(trail);
  });
  const last = best[wanted.length - 1]!;
  let j = last.indexOf(Math.min(...last));
  const taken = wanted.map(() => 0);
  for (let i = wanted.length - 1; i >= 0; i--) {
    taken[i] = j;
    j = back[i]![j]!;
  }
  const colours = [...from.palette];
  wanted.forEach(({ slot }, i) => {
    const own = to.palette[given[taken[i]!]!.slot]!;
    const twin = i > 0 && taken[i] === taken[i - 1];
    // Two slots in one colour would lose the form between them: the lighter one leans to the next colour.
    const next = given[Math.min(given.length - 1, taken[i]! + 1)]!;
    colours[slot] = twin ? blend(own, to.palette[next.slot]!, 350) : own;
  });
  // What is no main slot is a mixture of two: it stays one.
  from.palette.forEach((colour, slot) => {
    if (wanted.some((tone) => tone.slot === slot)) return;
    const grey = greyOf(colour);
    let i = 0;
    while (i < wanted.length && wanted[i]!.grey < grey) i++;
    const low = wanted[Math.max(0, i - 1)]!;
    const high = wanted[Math.min(wanted.length - 1, i)]!;
    const span = high.grey - low.grey;
    const share =
      span <= 0 ? 500 : Math.floor(((grey - low.grey) * 1000) / span);
    colours[slot] = blend(
      colours[low.slot]!,
      colours[high.slot]!,
      Math.min(1000, Math.max(0, share)),
    );
  });
  return colours;
}

/** A palette as dark goes to light and light to dark, in the same colours. */
export function reversed(donor: Donor, palette: readonly Colour[]): Colour[] {
  const tones = tonesOf(donor);
  const colours = [...palette];
  tones.forEach(({ slot }, i) => {
    colours[slot] = palette[tones[tones.length - 1 - i]!.slot]!;
  });
  if (tones.length > 0)
    palette.forEach((_, slot) => {
      if (!tones.some((tone) => tone.slot === slot))
        colours[slot] = colours[tones[tones.length >> 1]!.slot]!;
    });
  return colours;
}

/** The mean colour of a donor printed in a palette. */
export function meanOf({ parts }: Donor, palette: readonly Colour[]): Colour {
  const channel = (c: 0 | 1 | 2): number =>
    Math.floor(
      parts.reduce((sum, part, slot) => sum + part * palette[slot]![c], 0) +
        0.5,
    );
  return [channel(0), channel(1), channel(2)];
}

/** A palette drawn towards one colour: `share` thousandths of it in each. */
export function muted(
  palette: readonly Colour[],
  towards: Colour,
  share: number,
): Colour[] {
  return palette.map((colour) => blend(colour, towards, share));
}
