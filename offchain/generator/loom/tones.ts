import { blend, type Colour } from "../work/colours.ts";

import type { Donor } from "./donors.ts";

/** Slots that win less of a picture than this are the mixtures at its edges, not colours of their own. */
const MAIN = 0.025;

/** Lightness of a colour, 0..255. */
export function greyOf([r, g, b]: Colour): number {
  return (r * 299 + g * 587 + b * 114) / 1000;
}

type Tone = Readonly<{
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

/**
 * The colours of `to` for the slots of `from`: each main colour of the one takes a main colour of the other, in order of
 * lightness, at the least distance in rank and in lightness, no two the same. What `to` has no colour for keeps its own.
 */
export function transport(from: Donor, to: Donor): readonly Colour[] {
  if (from === to) return from.palette;
  const given = tonesOf(to);
  const all = tonesOf(from);
  // The largest are served first; the others stay as they are.
  const wanted = [...all]
    .sort((a, b) => b.part - a.part)
    .slice(0, given.length)
    .sort((a, b) => a.grey - b.grey || a.slots[0]! - b.slots[0]!);
  const taken = match(wanted, given);
  const put = new Map<Tone, Colour>();
  all.forEach((tone) => put.set(tone, tone.colour));
  wanted.forEach((tone, i) => put.set(tone, given[taken[i]!]!.colour));
  return spread(from, all, (tone) => put.get(tone)!);
}

/** Which of `given` each of `wanted` takes, no two the same, at the least cost: by dynamic programming over sets. */
function match(
  wanted: readonly Tone[],
  given: readonly Tone[],
): readonly number[] {
  const cost = (a: Tone, b: Tone): number => {
    const grey = (a.grey - b.grey) / 255;
    const rank = a.at - b.at;
    const colour = apart(a.colour, b.colour) / 195_075;
    const part = a.part - b.part;
    return (
      (0.06 + a.part) *
      (0.5 * rank * rank +
        1.5 * grey * grey +
        0.8 * colour +
        0.15 * part * part)
    );
  };
  const sets = 1 << given.length;
  let sums = new Float64Array(sets).fill(1e30);
  sums[0] = 0;
  const back: Int8Array[] = [];
  for (const tone of wanted) {
    const next = new Float64Array(sets).fill(1e30);
    const trail = new Int8Array(sets);
    for (let set = 0; set < sets; set++) {
      if (sums[set]! >= 1e30) continue;
      given.forEach((other, j) => {
        if (set & (1 << j)) return;
        const sum = sums[set]! + cost(tone, other);
        if (sum < next[set | (1 << j)]!) {
          next[set | (1 << j)] = sum;
          trail[set | (1 << j)] = j;
        }
      });
    }
    sums = next;
    back.push(trail);
  }
  let set = sums.indexOf(Math.min(...sums));
  const taken = wanted.map(() => 0);
  for (let i = wanted.length - 1; i >= 0; i--) {
    taken[i] = back[i]![set]!;
    set ^= 1 << taken[i]!;
  }
  return taken;
}

/** Eight colours from those of the main tones: what is no main slot is a mixture of two, and stays one. */
function spread(
  { palette }: Donor,
  tones: readonly Tone[],
  colourOf: (tone: Tone) => Colour,
): Colour[] {
  return palette.map((colour, slot) => {
    const main = tones.find(({ slots }) => slots.includes(slot));
    if (main) return colourOf(main);
    let [best, a, b, share] = [1e30, tones[0]!, tones[0]!, 0];
    tones.forEach((one, i) =>
      tones.slice(i).forEach((other) => {
        let dot = 0;
        let size = 0;
        for (const c of [0, 1, 2] as const) {
          const d = other.colour[c] - one.colour[c];
          dot += d * (colour[c] - one.colour[c]);
          size += d * d;
        }
        const t = size === 0 ? 0 : Math.min(1, Math.max(0, dot / size));
        const part = Math.floor(t * 1000);
        const far = apart(blend(one.colour, other.colour, part), colour);
        if (far < best) [best, a, b, share] = [far, one, other, part];
      }),
    );
    return blend(colourOf(a), colourOf(b), share);
  });
}

/** A palette as dark goes to light and light to dark, in the same colours. */
export function reversed(
  donor: Donor,
  palette: readonly Colour[],
): readonly Colour[] {
  const tones = tonesOf(donor);
  return spread(donor, tones, (tone) => {
    const other = tones[tones.length - 1 - tones.indexOf(tone)]!;
    return palette[other.slots[0]!]!;
  });
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
