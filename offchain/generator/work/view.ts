import type { SymmetryName } from "./vocabulary.ts";

/** From the sheet to the network's plane: fold, then sway, then zoom, turn and pan. */
export type View = Readonly<{
  symmetry: SymmetryName;
  /** Left and right changed over, before anything else. */
  flip: boolean;
  /** Mirrors of a rosette, 3..8. */
  folds: number;
  /** Plane units per sheet unit. */
  zoom: number;
  /** Cosine and sine of the turn. */
  turn: readonly [number, number];
  pan: readonly [number, number];
  /** Height of the sway in plane units, and the phases of its four waves in turns. */
  sway: number;
  /** Height of the long wave that bends everything on top of it; none at genesis. */
  gust: number;
  /** How far the picture leans: right for each unit down. None at genesis. */
  lean: number;
  phases: readonly [number, number, number, number];
}>;

/** cos and sin of 2 pi / k and of pi / k for k = 3..8, as decimals: JavaScript's own are not the same everywhere. */
const WEDGES: readonly (readonly [number, number, number, number])[] = [
  [-0.5, 0.8660254037844386, 0.5, 0.8660254037844386],
  [0, 1, 0.7071067811865476, 0.7071067811865476],
  [
    0.30901699437494745, 0.9510565162951535, 0.8090169943749475,
    0.5877852522924731,
  ],
  [0.5, 0.8660254037844386, 0.8660254037844386, 0.5],
  [
    0.6234898018587335, 0.7818314824680298, 0.9009688679024191,
    0.4338837391175581,
  ],
  [
    0.7071067811865476, 0.7071067811865476, 0.9238795325112867,
    0.3826834323650898,
  ],
];

/** Writes the plane point of the sheet point (x, y), both about [-1, 1], to `out[at]` and `out[at + 1]`. */
export function project(
  view: View,
  x: number,
  y: number,
  out: Float32Array,
  at: number,
): void {
  let px = view.flip ? -x : x;
  let py = y;
  if (view.symmetry === "mirror" || view.symmetry === "quarter")
    px = Math.abs(px);
  if (view.symmetry === "quarter") py = Math.abs(py);
  if (view.symmetry === "rosette") {
    const wedge = WEDGES[view.folds - 3]!;
    const c = wedge[0];
    const s = wedge[1];
    const ch = wedge[2];
    const sh = wedge[3];
    py = Math.abs(py);
    for (let k = 0; k < view.folds && py * ch > px * sh; k++) {
      const turned = px * c + py * s;
      py = Math.abs(py * c - px * s);
      px = turned;
    }
  }
  px += view.lean * py;
  if (view.sway > 0) {
    const { phases } = view;
    const qx =
      px +
      view.sway *
        (wave(0.31 * py + 0.17 * px + phases[0]) +
          0.5 * wave(0.83 * py - 0.29 * px + phases[1]));
    py +=
      view.sway *
      (wave(0.29 * px - 0.19 * py + phases[2]) +
        0.5 * wave(0.79 * px + 0.37 * py + phases[3]));
    px = qx;
  }
  if (view.gust > 0) {
    const qx = px + view.gust * wave(0.37 * py + 0.13 * px + view.phases[1]);
    py += 0.5 * view.gust * wave(0.33 * px - 0.21 * py + view.phases[3]);
    px = qx;
  }
  const cos = view.turn[0];
  const sin = view.turn[1];
  out[at] = view.zoom * (px * cos - py * sin) + view.pan[0];
  out[at + 1] = view.zoom * (px * sin + py * cos) + view.pan[1];
}

/** A smooth wave of period 1 between -1 and 1, made of parabolas: a sine to the eye, and exact. */
export function wave(t: number): number {
  const u = 2 * (t - Math.floor(t)) - 1;
  return 4 * u * (1 - Math.abs(u));
}
