import type { Colour } from "../work/colours.ts";

import type { Donor } from "./donors.ts";

/** Slots that win less of a picture than this are the mixtures at its edges, not colours of their own. */
const MAIN = 0.025;

/** Lightness of a colour, 0..255. */
export function greyOf([r, g, b]: Colour): number {
  return (r * 299 + g * 587 + b * 114) / 1000;
}

export type Tone = Readonly<{
  /** The slots of this colour, the largest first. */
  slots: readonly number[];
  colour: Colour;
  grey: number;
  /** Part of the picture that is darker than its middle, and the part that it takes. */
  at: number;
  part: number;
}>;

/** Colours nearer than this (sum of squares) are one: only noise tells their slots apart. */
const SAME = 900;

/** A donor's main colours from dark to light. */
export function tonesOf({ palette, parts }: Donor): readonly Tone[] {
  const most = Math.max(...parts);
  const order = parts
    .map((part, slot) => ({ slot, part }))
    .filter(({ part }) => part >= Math.min(MAIN, most))
    .sort((a, b) => b.part - a.part || a.slot - b.slot);
  const groups: { slots: number[]; part: number }[] = [];
  for (const { slot, part } of order) {
    const twin = groups.find(
      ({ slots }) => apart(palette[slots[0]!]!, palette[slot]!) < SAME,
    );
    if (twin) {
      twin.slots.push(slot);
      twin.part += part;
    } else groups.push({ slots: [slot], part });
  }
  const tones = groups
    .map(({ slots, part }) => {
      const colour = palette[slots[0]!]!;
      return { slots, part, colour, grey: greyOf(colour) };
    })
    .sort((a, b) => a.grey - b.grey || a.slots[0]! - b.slots[0]!);
  const all = tones.reduce((sum, { part }) => sum + part, 0);
  let before = 0;
  return tones.map((tone) => {
    const at = (before + tone.part / 2) / all;
    before += tone.part;
    return { ...tone, at };
  });
}

/** Squared distance of two colours. */
export function apart(a: Colour, b: Colour): number {
  const [r, g, l] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  return r * r + g * g + l * l;
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

/** How far the greys of a printed donor spread, 0..127. */
export function contrastOf(
  { parts }: Donor,
  palette: readonly Colour[],
): number {
  const mean = parts.reduce(
    (sum, part, slot) => sum + part * greyOf(palette[slot]!),
    0,
  );
  const variance = parts.reduce((sum, part, slot) => {
    const d = greyOf(palette[slot]!) - mean;
    return sum + part * d * d;
  }, 0);
  return Math.sqrt(variance);
}

/** A palette with its greys spread `factor` times as far about their mean. */
export function stretched(
  donor: Donor,
  palette: readonly Colour[],
  factor: number,
): readonly Colour[] {
  const mean = greyOf(meanOf(donor, palette));
  const put = (x: number, more: number): number =>
    Math.min(255, Math.max(0, Math.floor(x + more + 0.5)));
  return palette.map((colour): Colour => {
    const more = (greyOf(colour) - mean) * (factor - 1);
    return [put(colour[0], more), put(colour[1], more), put(colour[2], more)];
  });
}

/** How far two printings of a donor differ: mean squared distance of their colours. */
export function unlike(
  { parts }: Donor,
  a: readonly Colour[],
  b: readonly Colour[],
): number {
  return parts.reduce(
    (sum, part, slot) => sum + part * apart(a[slot]!, b[slot]!),
    0,
  );
}
