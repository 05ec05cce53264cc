import type { Colour, Colours } from "./colours.ts";
import { createFinish } from "./finish.ts";
import { ART, RULE, sheetOf } from "./frame.ts";
import type { Grid } from "./grid.ts";
import type { WorkPlan } from "./plan.ts";
import { createProbe, type Reading } from "./probe.ts";
import { createWash } from "./wash.ts";
import { SLOT, type LineName } from "./vocabulary.ts";

/** One sample of the sheet: its colour, and an id that differs wherever an edge lies between two samples. */
export type Sample = { colour: Colour; id: number };

/**
 * Prints any point of a sheet, given in sixteenths of a pixel from its top left; `cell` numbers the grain cell. What it returns holds
 * until it is called again.
 */
export type Ink = (across: number, down: number, cell: number) => Sample;

/** Half widths of the drawn lines, in window units. */
const KEYLINE = 0.0068;
const GILT = 0.0052;
const ECHO = 0.0034;
/** A slope below this is a tone that turns over slowly, not an edge: no line is drawn there. */
const FLAT_SLOPE = 14;
/**
 * Logit gap from one echo line to the next. They are left out where they would run together or stand still, and in the
 * accent: a curl inside a sun is a smile.
 */
const ECHO_STEP = 2.4;
const ECHO_STEEPEST = 80;
const ECHO_FLATTEST = 4;

/** Ids of what is no slot. */
export const OFF_PRINT_ID = 1024;
export const LINE_ID = 512;
export const INLAY_ID = 128;
export const SHADE_ID = 64;

/** Parts of a pixel in which places on the sheet are told: whole numbers are passed about without being made anew. */
export const PARTS = 16;

/** Makes the ink of a planned work. */
export function createInk(
  plan: WorkPlan,
  main: Grid,
  inner: Grid | null,
  size: number,
): Ink {
  const { line, inlay } = plan;
  const sheet = sheetOf(plan.frame);
  const { slots, paper } = plan.colours;
  const step = 2 / size;
  const scale = 1 / sheet.scale;
  const probe = createProbe(main);
  const probeInner = inner ? createProbe(inner) : null;
  const finish = createFinish(plan, size);
  const wash = createWash(plan.wash);
  const sample: Sample = { colour: paper, id: 0 };
  const put = (colour: Colour, id: number): Sample => {
    sample.colour = colour;
    sample.id = id;
    return sample;
  };
  return (across, down, cell) => {
    const sx = (across / PARTS) * step - 1;
    const sy = (down / PARTS) * step - 1;
    const where = sheet.at(sx, sy);
    if (where === RULE) return put(slots[SLOT.ink]!, OFF_PRINT_ID + where);
    if (where !== ART) return put(paper, OFF_PRINT_ID + where);
    const x = sx * scale;
    const y = sy * scale;
    const r = probe(x, y);
    if (onLine(line, r, plan.weight))
      return put(lineInk(line, plan.colours, r.best), LINE_ID);
    const region = inlay && probeInner ? inlay.slots.indexOf(r.best) : -1;
    if (region < 0) {
      const { colour, shaded } = finish(r, slots, x, y, cell);
      return put(wash(colour, r.best, x, y), r.best + (shaded ? SHADE_ID : 0));
    }
    const q = probeInner!(x, y);
    const { colour, shaded } = finish(q, inlay!.tones[region]!, x, y, cell, r);
    return put(
      wash(colour, r.best, x, y),
      INLAY_ID * (region + 1) + q.best + (shaded ? SHADE_ID : 0),
    );
  };
}

/** What a line is drawn in upon a slot. */
export function lineInk(
  line: LineName,
  { slots, gold }: Colours,
  slot: number,
): Colour {
  if (line === "gilt") return gold;
  const dark = slot === SLOT.ink || slot === SLOT.deep;
  return slots[line === "echo" && dark ? SLOT.high : SLOT.ink]!;
}

/** Whether a line of this weight runs through a reading. */
export function onLine(line: LineName, r: Reading, weight: number): boolean {
  if (line === "none") return false;
  if (line !== "echo")
    return (
      r.slope > FLAT_SLOPE &&
      r.gap < (line === "gilt" ? GILT : KEYLINE) * weight * r.slope
    );
  if (
    r.best === SLOT.accent ||
    r.slope < ECHO_FLATTEST ||
    r.slope > ECHO_STEEPEST ||
    r.gap < ECHO_STEP * 0.5
  )
    return false;
  const k = r.gap / ECHO_STEP;
  return (
    Math.abs(k - Math.floor(k) - 0.5) * ECHO_STEP < ECHO * weight * r.slope
  );
}
