import type { Rng } from "../../kernel/rng.ts";
import { MAX_ORDER, MIN_ORDER, STYLE_SIZE } from "../model/conditioning.ts";

import type { TeacherField } from "./teacher.ts";

/** How many style parameters the families use so far; the rest stay 0, which keeps the mapping network's input quiet. */
export const STYLES_IN_USE = 8;
/** Points are drawn from the picture, and now and then from around it: compositions turn and zoom. */
const INNER = 1.05;
const OUTER = 1.5;
const OUTER_SHARE = 0.2;
/** Edges: points found by bisection between two unlike points, and the spread of the samples around each. */
const EDGE_SHARE = 0.45;
const SAMPLES_PER_EDGE = 3;
const BISECTIONS = 6;
const EDGE_SPREADS = [0.05, 0.025, 0.01] as const;

/** Style parameters and order of a random picture. */
export function drawStyle(rng: Rng): { u: Float32Array; order: number } {
  const u = new Float32Array(STYLE_SIZE);
  for (let i = 0; i < STYLES_IN_USE; i++) u[i] = rng.signed();
  return { u, order: MIN_ORDER + rng.below(MAX_ORDER - MIN_ORDER + 1) };
}

/** A sampler that fills points [n, 2] and slot weights [n, 8] for one picture, with extra points near its edges. */
export function createSampler(
  points: number,
): (
  draw: TeacherField,
  rng: Rng,
  xy: Float32Array,
  slots: Float32Array,
) => void {
  const w = new Float32Array(8);
  const edges = Math.floor((points * EDGE_SHARE) / SAMPLES_PER_EDGE);
  const plain = points - edges * SAMPLES_PER_EDGE;
  const leading = (): number => {
    let best = 0;
    for (let i = 1; i < 8; i++) if ((w[i] ?? 0) > (w[best] ?? 0)) best = i;
    return best;
  };
  const leaders = new Uint8Array(plain);
  return (draw, rng, xy, slots) => {
    const put = (n: number, x: number, y: number): void => {
      xy[2 * n] = x;
      xy[2 * n + 1] = y;
      draw(xy[2 * n] ?? 0, xy[2 * n + 1] ?? 0, w);
      slots.set(w, 8 * n);
    };
    for (let n = 0; n < plain; n++) {
      const range = rng.unit() < OUTER_SHARE ? OUTER : INNER;
      put(n, rng.signed() * range, rng.signed() * range);
      leaders[n] = leading();
    }
    let from = 0;
    for (let n = plain; n < points;) {
      // The next pair of unlike neighbours; a picture without any gets plain points.
      let tries = 0;
      while (tries < plain && leaders[from] === leaders[(from + 1) % plain]) {
        from = (from + 1) % plain;
        tries++;
      }
      if (tries === plain) {
        put(n++, rng.signed() * INNER, rng.signed() * INNER);
        continue;
      }
      const next = (from + 1) % plain;
      let [ax, ay, bx, by] = [
        xy[2 * from]!,
        xy[2 * from + 1]!,
        xy[2 * next]!,
        xy[2 * next + 1]!,
      ];
      for (let i = 0; i < BISECTIONS; i++) {
        const [mx, my] = [(ax + bx) / 2, (ay + by) / 2];
        draw(mx, my, w);
        if (leading() === leaders[from]) [ax, ay] = [mx, my];
        else [bx, by] = [mx, my];
      }
      for (let i = 0; i < SAMPLES_PER_EDGE && n < points; i++) {
        const spread = EDGE_SPREADS[i] ?? 0;
        put(n++, ax + rng.gauss() * spread, ay + rng.gauss() * spread);
      }
      from = next;
    }
  };
}
