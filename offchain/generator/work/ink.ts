import type { Colour } from "./colours.ts";
import { frameAt, PAPER, RULE, windowScale } from "./frame.ts";
import type { Grid } from "./grid.ts";
import type { WorkPlan } from "./plan.ts";
import { createProbe, type Reading } from "./probe.ts";
import { SLOT } from "./vocabulary.ts";

/** One sample of the sheet: its colour, and an id that differs wherever an edge lies between two samples. */
export type Sample = { colour: Colour; id: number };

/** Half widths of the drawn lines, in window units. */
const KEYLINE = 0.0068;
const GILT = 0.0052;
const ECHO = 0.0034;
/** A slope below this is a tone that turns over slowly, not an edge: no line is drawn there. */
const FLAT_SLOPE = 14;
/** Logit gap from one echo line to the next, and hatch lines per window unit. */
const ECHO_STEP = 2.4;
const HATCH_PITCH = 34;
/** Grain cells per side of the sheet. */
export const GRAIN = 640;

/** Makes the function that prints any point of the sheet, [-1, 1] squared; `speck` numbers the grain cell. */
export function createInk(
  plan: WorkPlan,
  main: Grid,
  inner: Grid | null,
): (x: number, y: number, speck: number) => Sample {
  const { frame, finish, line, inlay, hardness, hatch, grain } = plan;
  const { slots, paper, gold } = plan.colours;
  const scale = 1 / windowScale(frame);
  const probe = createProbe(main);
  const probeInner = inner ? createProbe(inner) : null;
  const sample: Sample = { colour: paper, id: 0 };

  const put = (colour: Colour, id: number): Sample => {
    sample.colour = colour;
    sample.id = id;
    return sample;
  };

  /** Share of the second colour, 0..0.5: the logistic of the gap, its exponential as (1 + g/8)^8. */
  const tone = (gap: number): number => {
    let e = 1 + gap * 0.125;
    e *= e;
    e *= e;
    return 1 / (1 + e * e);
  };

  const printed = (
    r: Reading,
    of: readonly Colour[],
    x: number,
    y: number,
    speck: number,
    id: number,
  ): Sample => {
    const own = id + r.best;
    if (finish === "flat") return put(of[r.best]!, own);
    if (finish === "satin")
      return put(
        mix(of[r.best]!, of[r.second]!, tone(r.gap * 2.6 * hardness)),
        own,
      );
    const t = tone(r.gap * hardness);
    if (finish === "grain")
      return put(
        of[t > 0.05 && t > noise(speck, grain) ? r.second : r.best]!,
        own,
      );
    if (t < 0.08) return put(of[r.best]!, own);
    const s = (x * hatch[0] + y * hatch[1]) * HATCH_PITCH;
    const f = Math.abs(s - Math.floor(s) - 0.5) * 2;
    return f < t * 1.25 ? put(of[r.second]!, own + 64) : put(of[r.best]!, own);
  };

  return (sx, sy, speck) => {
    const where = frameAt(frame, sx, sy);
    if (where === PAPER) return put(paper, 1024);
    if (where === RULE) return put(slots[SLOT.ink]!, 1025);
    const x = sx * scale;
    const y = sy * scale;
    const r = probe(x, y);
    if (line === "keyline" && onEdge(r, KEYLINE))
      return put(slots[SLOT.ink]!, 512);
    if (line === "gilt" && onEdge(r, GILT)) return put(gold, 513);
    if (line === "echo" && onEcho(r))
      return put(
        slots[
          r.best === SLOT.ink || r.best === SLOT.deep ? SLOT.high : SLOT.ink
        ]!,
        514,
      );
    if (inlay && probeInner) {
      const k = inlay.slots.indexOf(r.best);
      if (k >= 0)
        return printed(
          probeInner(x, y),
          inlay.tones[k]!,
          x,
          y,
          speck,
          128 * (k + 1) + 16,
        );
    }
    return printed(r, slots, x, y, speck, 0);
  };
}

const onEdge = (r: Reading, half: number): boolean =>
  r.slope > FLAT_SLOPE && r.gap < half * r.slope;

function onEcho(r: Reading): boolean {
  if (r.slope < 4 || r.gap < ECHO_STEP * 0.5) return false;
  const k = r.gap / ECHO_STEP;
  return (
    Math.abs(k - Math.floor(k) - 0.5) * ECHO_STEP < ECHO * r.slope &&
    r.slope * 0.03 < ECHO_STEP
  );
}

function mix(a: Colour, b: Colour, t: number): Colour {
  return [
    a[0] + (b[0] - a[0]) * t,
    a[1] + (b[1] - a[1]) * t,
    a[2] + (b[2] - a[2]) * t,
  ];
}

/** An even hash of a grain cell, in [0, 1). */
function noise(cell: number, seed: number): number {
  let h = Math.imul(cell ^ seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
  h ^= h >>> 13;
  return (h >>> 8) / 16777216;
}
