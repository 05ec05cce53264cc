import { blend, type Colour } from "../work/colours.ts";

import type { Donor } from "./donors.ts";
import { match } from "./match.ts";
import { apart, tonesOf, type Tone } from "./tones.ts";

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
        // Of two pairs that mix alike the nearer one.
        const far =
          apart(blend(one.colour, other.colour, part), colour) + size / 500;
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
