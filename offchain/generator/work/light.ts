import { blend, type Colour, type Colours } from "./colours.ts";
import { lean, type Drive } from "./drive.ts";
import { SLOT } from "./vocabulary.ts";

/**
 * Colour washed over the ground from its edge, as a printer of woodblocks wipes a sky: `rim` at the top (or around, where
 * the picture has no top), `glow` at the other end, each with its greatest share, 0..1.
 */
export type Wash = Readonly<{
  upright: boolean;
  rim: Colour;
  rimShare: number;
  glow: Colour;
  glowShare: number;
}>;

/** What white becomes as the light goes: day, evening, dusk, night, dead of night; thousandths of red, green and blue. */
export const DAYLIGHT: Colour = [1000, 1000, 1000];
const LIGHTS: readonly Colour[] = [
  DAYLIGHT,
  [965, 885, 845],
  [775, 650, 740],
  [530, 497, 728],
  [345, 380, 680],
];
/** Lights that eight steps down go through. */
const NIGHTFALL = 3.2;
/** And what white would become eight steps up, if paper could be brighter than white: morning gold. */
const MORNING: Colour = [1180, 1105, 985];
/** How much of the fading light a slot escapes, thousandths: lamps, suns and foam keep burning. */
const EMBER: readonly number[] = [0, 0, 0, 0, 80, 400, 880, 0];
/** What glows below a warm, a cold and a bright sky. */
const SMOULDER: Colour = [242, 122, 62];
const FROST: Colour = [150, 192, 228];
const DAWN: Colour = [255, 224, 160];
const SKY: Colour = [164, 204, 236];

/** A palette in the light, the heat and the weather of a state: the same objects if nothing pulls. */
export function relight(colours: Colours, drive: Drive): Colours {
  const { unrest, warmth, light } = drive;
  if (unrest === 0 && warmth === 0 && light === 0) return colours;
  // What is dark already has less far to fall.
  const ground = greyOf(colours.slots[SLOT.ground]!);
  const depth = 0.5 + 0.5 * Math.min(1, ground / 180);
  const shine = shineOf(lean(light, 1, depth));
  const saturation = Math.floor(
    1_000 +
      lean(warmth, 280, 220) +
      lean(unrest, 200, 260) +
      lean(light, 160, -160),
  );
  // Night is blue enough: cold adds less to it.
  const chill = warmth * (1 - 0.3 * Math.min(1, Math.max(0, -light)));
  const put = (colour: Colour, ember: number): Colour => {
    // Embers keep their own colour too: the colder the night, the more they are worth.
    const own = blend(saturated(colour, saturation), colour, ember);
    const felt = warmth < 0 ? (chill * (1_000 - ember)) / 1_000 : warmth;
    return blend(lit(own, felt, shine), lit(own, felt, DAYLIGHT), ember);
  };
  return {
    slots: colours.slots.map((colour, slot) => put(colour, EMBER[slot] ?? 0)),
    // The sheet itself lies in the room, not in the picture: it takes a breath of the light only.
    paper: blend(colours.paper, put(colours.paper, 0), 140),
    gold: put(colours.gold, 400),
  };
}

/** What a state washes over the ground; null if nothing. */
export function washOf(
  { slots }: Colours,
  { unrest, warmth, light }: Drive,
  upright: boolean,
): Wash | null {
  const up = (value: number): number => Math.max(0, value);
  const rim = mixture([
    [blend(slots[SLOT.deep]!, slots[SLOT.ink]!, 300), 0.6 * up(unrest)],
    [slots[SLOT.deep]!, 0.7 * up(-light)],
    [slots[SLOT.high]!, 0.38 * up(-unrest)],
    [blend(SKY, slots[SLOT.high]!, 250), 0.5 * up(light)],
  ]);
  const glow = mixture([
    [blend(SMOULDER, slots[SLOT.accent]!, 350), 0.6 * up(warmth)],
    [blend(FROST, slots[SLOT.mid]!, 350), 0.45 * up(-warmth)],
    [blend(DAWN, slots[SLOT.high]!, 350), 0.7 * up(light)],
    [slots[SLOT.accent]!, 0.3 * up(-light)],
  ]);
  if (rim.share === 0 && glow.share === 0) return null;
  return {
    upright,
    rim: rim.colour,
    rimShare: rim.share,
    glow: glow.colour,
    glowShare: glow.share,
  };
}

/** Colours by weight, and the share that all of them take: never more than 0.8, however much weighs in. */
function mixture(parts: readonly (readonly [Colour, number])[]): {
  colour: Colour;
  share: number;
} {
  const weight = parts.reduce((sum, [, part]) => sum + part, 0);
  const channel = (c: 0 | 1 | 2): number =>
    weight === 0
      ? 0
      : Math.floor(
          parts.reduce((sum, [colour, part]) => sum + colour[c] * part, 0) /
            weight +
            0.5,
        );
  return {
    colour: [channel(0), channel(1), channel(2)],
    share: (0.8 * 1.6 * weight) / (0.8 + 1.6 * weight),
  };
}

/** The illuminant of a light, thousandths. */
export function shineOf(light: number): Colour {
  if (light > 0) return blend(DAYLIGHT, MORNING, Math.floor(light * 1_000));
  const at = Math.min(LIGHTS.length - 1, Math.max(0, -light * NIGHTFALL));
  const step = Math.min(LIGHTS.length - 2, Math.floor(at));
  return blend(
    LIGHTS[step]!,
    LIGHTS[step + 1]!,
    Math.floor((at - step) * 1_000),
  );
}

/**
 * A colour in a heat and under an illuminant. Warm lifts red and takes blue, cold the other way about: by share, so that dark
 * stays dark; and what would be brighter than paper is drawn in whole, so that gold never turns to lemon.
 */
export function lit([r, g, b]: Colour, warmth: number, shine: Colour): Colour {
  const red = ((r + (r * warmth) / 8 + 5 * warmth) * shine[0]) / 1_000;
  const green = ((g + (g * warmth) / 60) * shine[1]) / 1_000;
  const blue = ((b - (b * warmth) / 5.5 - 5 * warmth) * shine[2]) / 1_000;
  const over = 255 / Math.max(255, red, green, blue);
  return [clamp(red * over), clamp(green * over), clamp(blue * over)];
}

function greyOf([r, g, b]: Colour): number {
  return (r * 299 + g * 587 + b * 114) / 1_000;
}

export function saturated(colour: Colour, share: number): Colour {
  const grey = greyOf(colour);
  const [r, g, b] = colour;
  const put = (x: number): number => clamp(grey + ((x - grey) * share) / 1_000);
  return [put(r), put(g), put(b)];
}

function clamp(x: number): number {
  return Math.min(255, Math.max(0, Math.floor(x + 0.5)));
}
