import type { Colour, Colours } from "./colours.ts";
import { createFinish, type Printed } from "./finish.ts";
import { ART, RULE, type Sheet } from "./frame.ts";
import type { Grid } from "./grid.ts";
import {
  INLAY_ID,
  LINE_ID,
  lineInk,
  OFF_PRINT_ID,
  onLine,
  PARTS,
  SHADE_ID,
  type Ink,
  type Sample,
} from "./ink.ts";
import type { WorkPlan } from "./plan.ts";
import { createProbe, type Reading } from "./probe.ts";
import type { LineName } from "./vocabulary.ts";
import { createWash } from "./wash.ts";

/** A textile on the way: how much of it is seen, in 0..1, and in which tones. */
export type MorphInlay = Readonly<{
  slots: readonly number[];
  tones: readonly (readonly Colour[])[];
  share: number;
  grid: Grid;
}>;

/** What a picture on the way is printed from; `t` in 0..1. */
export type Morph = Readonly<{
  from: WorkPlan;
  to: WorkPlan;
  t: number;
  sheet: Sheet;
  main: Grid;
  inlay: MorphInlay | null;
  colours: Colours;
  size: number;
}>;

/** Prints at a point in eight colours; `around` is the reading of the picture that an inlay lies in. */
type Tone = (
  r: Reading,
  of: readonly Colour[],
  x: number,
  y: number,
  cell: number,
  around?: Reading,
) => Printed;

/** Makes the ink of a picture on the way: {@link createInk} with all that differs between its ends gone over from one to the other. */
export function createMorphInk(morph: Morph): Ink {
  const { from, to, t, sheet, inlay, colours, size } = morph;
  const step = 2 / size;
  const scale = 1 / sheet.scale;
  const probe = createProbe(morph.main);
  const probeInner = inlay ? createProbe(inlay.grid) : null;
  const [plain, woven] = [toneBetween(morph), toneBetween(morph)];
  const washes = [washOf(from, 1 - t), washOf(to, t)] as const;
  const [line, weight] = lineBetween(from, to, t);
  const sample: Sample = { colour: colours.paper, id: 0 };
  const put = (colour: Colour, id: number): Sample => {
    sample.colour = colour;
    sample.id = id;
    return sample;
  };
  const mixed: [number, number, number] = [0, 0, 0];

  return (across, down, cell) => {
    const sx = (across / PARTS) * step - 1;
    const sy = (down / PARTS) * step - 1;
    const where = sheet.at(sx, sy);
    if (where === RULE)
      return put(lineInk("keyline", colours, 0), OFF_PRINT_ID + where);
    if (where !== ART) return put(colours.paper, OFF_PRINT_ID + where);
    const x = sx * scale;
    const y = sy * scale;
    const r = probe(x, y);
    if (onLine(line, r, weight))
      return put(lineInk(line, colours, r.best), LINE_ID);
    const washed = (colour: Colour): Colour =>
      washes[1](washes[0](colour, r.best, x, y), r.best, x, y);
    const region = inlay && probeInner ? inlay.slots.indexOf(r.best) : -1;
    const own = plain(r, colours.slots, x, y, cell);
    if (region < 0)
      return put(washed(own.colour), r.best + (own.shaded ? SHADE_ID : 0));
    const q = probeInner!(x, y);
    const cloth = woven(q, inlay!.tones[region]!, x, y, cell, r);
    for (let c = 0; c < 3; c++)
      mixed[c] =
        own.colour[c]! + (cloth.colour[c]! - own.colour[c]!) * inlay!.share;
    const shaded = own.shaded || cloth.shaded ? SHADE_ID : 0;
    return put(washed(mixed), INLAY_ID * (region + 1) + q.best + shaded);
  };
}

/** Finishes without a pattern of their own: two of one kind are one. */
const SMOOTH: readonly string[] = ["flat", "cutout", "satin"];

function toneBetween({ from, to, t, size }: Morph): Tone {
  if (from.finish === to.finish && SMOOTH.includes(from.finish)) {
    const hardness = from.hardness + (to.hardness - from.hardness) * t;
    return createFinish({ ...from, hardness }, size);
  }
  const [a, b] = [createFinish(from, size), createFinish(to, size)];
  const mixed: [number, number, number] = [0, 0, 0];
  const printed = { colour: mixed as Colour, shaded: false };
  return (r, of, x, y, cell, around) => {
    const one = a(r, of, x, y, cell, around);
    const other = b(r, of, x, y, cell, around);
    for (let c = 0; c < 3; c++)
      mixed[c] = one.colour[c]! + (other.colour[c]! - one.colour[c]!) * t;
    printed.shaded = one.shaded || other.shaded;
    return printed;
  };
}

/** One kind of line thins out before another comes; one that is at both ends only changes its weight. */
function lineBetween(
  from: WorkPlan,
  to: WorkPlan,
  t: number,
): readonly [LineName, number] {
  if (from.line === to.line)
    return [from.line, from.weight + (to.weight - from.weight) * t];
  return t < 0.5
    ? [from.line, from.weight * (1 - 2 * t)]
    : [to.line, to.weight * (2 * t - 1)];
}

function washOf({ wash }: WorkPlan, share: number) {
  return createWash(
    wash && {
      ...wash,
      rimShare: wash.rimShare * share,
      glowShare: wash.glowShare * share,
    },
  );
}
