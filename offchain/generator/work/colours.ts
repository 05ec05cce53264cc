import { PALETTES } from "./palettes/palettes.ts";
import { SLOT, type LightName } from "./vocabulary.ts";

/** Integer sRGB, 0..255. */
export type Colour = readonly [number, number, number];

/** The colours a work is printed in: eight slots, the paper, and the gold of gilt lines. */
export type Colours = Readonly<{
  slots: readonly Colour[];
  paper: Colour;
  gold: Colour;
}>;

/** How the market tints a palette, thousandths: warmth -1000..1000, and the share of saturation, 1000 as it is. */
export type Heat = Readonly<{ warmth: number; saturation: number }>;

const PAPER: Colour = [250, 247, 240];
const GOLD: Colour = [204, 164, 86];

/** `a` with `share` thousandths of `b`. */
export function blend(a: Colour, b: Colour, share: number): Colour {
  const mix = (x: number, y: number): number =>
    Math.floor((x * (1000 - share) + y * share + 500) / 1000);
  return [mix(a[0], b[0]), mix(a[1], b[1]), mix(a[2], b[2])];
}

/** The colours of a palette in an hour's light, tinted by the market. Integers throughout. */
export function colours(palette: string, hour: LightName, heat: Heat): Colours {
  const inks = (PALETTES[palette] ?? "").split(" ").map(parse);
  const night = inks.pop()!;
  const slots = [...inks];
  const day = inks[SLOT.ground]!;
  if (hour === "night") {
    slots[SLOT.ground] = night;
    slots[SLOT.deep] = blend(inks[SLOT.deep]!, inks[SLOT.low]!, 450);
  }
  if (hour === "dusk") {
    slots[SLOT.ground] = inks[SLOT.high]!;
    slots[SLOT.high] = blend(day, inks[SLOT.light]!, 300);
  }
  return {
    slots: slots.map((colour) => tint(colour, heat)),
    paper: blend(PAPER, day, hour === "dusk" ? 250 : 120),
    gold: tint(GOLD, heat),
  };
}

function parse(hex: string): Colour {
  const value = Number.parseInt(hex, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Warmth lifts red and drops blue by at most 14 steps; saturation stretches the distance from grey. */
function tint([r, g, b]: Colour, { warmth, saturation }: Heat): Colour {
  const grey = Math.floor((r * 299 + g * 587 + b * 114) / 1000);
  const put = (x: number, shift: number): number =>
    Math.min(
      255,
      Math.max(
        0,
        grey +
          Math.floor(
            ((x - grey) * saturation + shift * warmth * 14 + 500) / 1000,
          ),
      ),
    );
  return [put(r, 1), put(g, 0), put(b, -1)];
}
