import type { Colour } from "./colours.ts";
import type { WorkPlan } from "./plan.ts";
import type { Reading } from "./probe.ts";

/** What a finish prints at a point: the slot's own colour, its shade's, or so many parts of the shade in one. */
export type Printed = Readonly<{ colour: Colour; shaded: boolean }>;

/**
 * Prints a reading in eight colours at window point (x, y); `cell` numbers the grain cell, `around` is the reading of the
 * picture that an inlay lies in.
 */
export type Finish = (
  r: Reading,
  of: readonly Colour[],
  x: number,
  y: number,
  cell: number,
  around?: Reading,
) => Printed;

/** Grain cells per side of the sheet. Where a pixel covers several, grain looks like an even tone, and is printed so. */
export const GRAIN = 640;
const COARSEST = 250;
/** Below this share a tone is left out: paper-white stays white. */
const LEAST_TONE = 0.05;
/** Hatch lines per window unit, and the part of its pitch that a line of full tone takes. */
const HATCH_PITCH = 34;
const HATCH_WIDTH = 1.25;
/** Steeper than this (logits per window unit) is an edge: the tone is drawn in towards it, so that edges stay crisp. */
const EDGE_SLOPE = 16;

const BLACK: Colour = [0, 0, 0];
/** Which slot lies above which in a cut-out, and how wide (window units) and dark the shadow below an edge may be. */
const HEIGHT = [0, 4, 3, 2, 1, 6, 7, 5];
const SHADOW_WIDTH = 0.055;
const SHADOW_DEPTH = 0.42;
/** Slots that trail by more logits than this cast no shadow here: no edge is so steep. */
const SHADOW_REACH = 12;

/** Makes the finish of a plan at a size in pixels. What it returns holds until it is called again. */
export function createFinish(
  { finish, hardness, hatch, grain }: WorkPlan,
  size: number,
): Finish {
  const mixed: [number, number, number] = [0, 0, 0];
  const printed = { colour: mixed as Colour, shaded: false };
  const put = (colour: Colour, shaded = false): Printed => {
    printed.colour = colour;
    printed.shaded = shaded;
    return printed;
  };
  /** `a` with the share `t` of `b`. */
  const mix = (a: Colour, b: Colour, t: number): Printed => {
    if (t === 0) return put(a);
    for (let c = 0; c < 3; c++) mixed[c] = a[c]! + (b[c]! - a[c]!) * t;
    return put(mixed);
  };
  const tone = (r: Reading, sharp: number): number =>
    logistic(r.gap * sharp * hardness * Math.max(1, r.slope / EDGE_SLOPE));
  const soft =
    (sharp: number): Finish =>
    (r, of) =>
      mix(of[r.best]!, of[r.second]!, tone(r, sharp));

  if (finish === "cutout")
    return (r, of, _x, _y, _cell, around) =>
      mix(of[r.best]!, BLACK, Math.max(shadow(r), around ? shadow(around) : 0));
  if (finish === "flat") return (r, of) => put(of[r.best]!);
  if (finish === "satin") return soft(1.4);
  if (finish === "grain") {
    if (size < COARSEST) return soft(1);
    return (r, of, _x, _y, cell) => {
      const t = tone(r, 1);
      return put(
        of[t > LEAST_TONE && t > noise(cell, grain) ? r.second : r.best]!,
      );
    };
  }
  return (r, of, x, y) => {
    const t = tone(r, 1);
    if (t < LEAST_TONE) return put(of[r.best]!);
    const s = (x * hatch[0] + y * hatch[1]) * HATCH_PITCH;
    const line = Math.abs(s - Math.floor(s) - 0.5) * 2 < t * HATCH_WIDTH;
    return line ? put(of[r.second]!, true) : put(of[r.best]!);
  };
}

/** How much of the light the higher sheets keep from this point: most where an edge lies up and to the left. */
function shadow(r: Reading): number {
  if (r.gap > SHADOW_REACH) return 0;
  let deepest = 0;
  for (let slot = 0; slot < 8; slot++) {
    if (HEIGHT[slot]! <= HEIGHT[r.best]!) continue;
    if (r.values[r.best]! - r.values[slot]! > SHADOW_REACH) continue;
    const { gap, slopeX, slopeY, slope } = r.over(slot);
    const near = 1 - gap / (Math.max(slope, EDGE_SLOPE) * SHADOW_WIDTH);
    if (near <= 0) continue;
    const facing =
      0.5 + (0.25 * (slopeX + 1.6 * slopeY)) / Math.max(slope, EDGE_SLOPE);
    deepest = Math.max(deepest, near * near * Math.max(0.2, facing));
  }
  return SHADOW_DEPTH * deepest;
}

/** Share of the second colour, 0..0.5, for a gap of at least 0: 1 / (1 + e^gap), with (1 + gap/8)^8 for the exponential. */
function logistic(gap: number): number {
  let e = 1 + gap * 0.125;
  e *= e;
  e *= e;
  e *= e;
  return 1 / (1 + e);
}

/** An even hash of a grain cell, in [0, 1). */
function noise(cell: number, seed: number): number {
  let h = Math.imul(cell ^ seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
  h ^= h >>> 13;
  return (h >>> 8) / 16777216;
}
