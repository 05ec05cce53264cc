import { wave } from "../work/view.ts";

/** A region of the sheet, told by numbers; what they mean depends on the kind. */
export type Shape = Readonly<{ kind: ShapeKind; at: readonly number[] }>;

/** cos and sin of pi / n for stars of n points, n = 4..8. */
const POINTS: readonly (readonly [number, number])[] = [
  [0.7071067811865476, 0.7071067811865476],
  [0.8090169943749475, 0.5877852522924731],
  [0.8660254037844386, 0.5],
  [0.9009688679024191, 0.4338837391175581],
  [0.9238795325112867, 0.3826834323650898],
];
const SQRT_HALF = 0.7071067811865476;

/** How far inside a shape the sheet point (x, y) lies; negative outside. Sheet units, nearly exact near the edge. */
const KINDS = {
  /** Beyond the line with normal (0, 1) at distance 2. */
  half: ([nx, ny, d], x, y) => x * nx! + y * ny! - d!,
  /** Within half a width (3) of that line. */
  band: ([nx, ny, d, w], x, y) => w! - Math.abs(x * nx! + y * ny! - d!),
  disc: ([cx, cy, r], x, y) => r! - length(x - cx!, y - cy!),
  ring: ([cx, cy, r, w], x, y) => w! - Math.abs(length(x - cx!, y - cy!) - r!),
  lozenge: ([cx, cy, rx, ry], x, y) => {
    const d = 1 - Math.abs(x - cx!) / rx! - Math.abs(y - cy!) / ry!;
    return d / length(1 / rx!, 1 / ry!);
  },
  box: ([x0, y0, x1, y1], x, y) => Math.min(x - x0!, x1! - x, y - y0!, y1! - y),
  /** Between the sheet's rim and a frame at distance 0. */
  frame: ([r], x, y) => Math.max(Math.abs(x), Math.abs(y)) - r!,
  /** The triangle from one side towards the other: base half 0, apex at 1; 2 turns it by quarters. */
  pile: ([base, apex, turn], px, py) => {
    const [x, y] = quarter(px, py, turn!);
    const slope = base! / (apex! + 1);
    return (base! - (x + 1) * slope - Math.abs(y)) / length(1, slope);
  },
  /** Below a roof with its ridge at height 0 and slope 1; 2 turns it. */
  chevron: ([top, slope, turn], px, py) => {
    const [x, y] = quarter(px, py, turn!);
    return (y - top! - slope! * Math.abs(x)) / length(1, slope!);
  },
  /** Within a width (2) of that roof. */
  rafter: ([top, slope, w, turn], px, py) => {
    const [x, y] = quarter(px, py, turn!);
    return w! - Math.abs(y - top! - slope! * Math.abs(x)) / length(1, slope!);
  },
  saltire: ([w], x, y) =>
    w! - Math.min(Math.abs(x - y), Math.abs(x + y)) * SQRT_HALF,
  cross: ([cx, cy, w], x, y) =>
    w! - Math.min(Math.abs(x - cx!), Math.abs(y - cy!)),
  /** Two opposite quarters about a middle. */
  quarters: ([cx, cy], px, py) => {
    const x = px - cx!;
    const y = py - cy!;
    const d = Math.min(Math.abs(x), Math.abs(y));
    return x * y > 0 ? d : -d;
  },
  /** Every other one of eight wedges. */
  gyron: ([cx, cy], px, py) => {
    const x = px - cx!;
    const y = py - cy!;
    const a = Math.min(Math.abs(x), Math.abs(y));
    const b = Math.abs(Math.abs(x) - Math.abs(y)) * SQRT_HALF;
    return x * y * (x * x - y * y) > 0 ? Math.min(a, b) : -Math.min(a, b);
  },
  /** Every other one of 2 squares a side. */
  checks: ([n], x, y) => {
    const u = ((x + 1) * n!) / 2;
    const v = ((y + 1) * n!) / 2;
    const i = Math.floor(u);
    const j = Math.floor(v);
    const d = Math.min(u - i, i + 1 - u, v - j, j + 1 - v) * (2 / n!);
    return (i + j) % 2 === 0 ? d : -d;
  },
  /** Every other one of stripes across the normal (0, 1), 2 of them from rim to rim. */
  stripes: ([nx, ny, n, phase], x, y) => {
    const t = ((x * nx! + y * ny! + 1) * n!) / 2 + phase!;
    const i = Math.floor(t);
    const d = Math.min(t - i, i + 1 - t) * (2 / n!);
    return i % 2 === 0 ? d : -d;
  },
  /** Stripes that swing: height 3 and waves 4 along them. */
  waves: ([n, phase, swing, waves], x, y) => {
    const t =
      ((y + 1 + swing! * wave(((x + 1) * waves!) / 2 + phase!)) * n!) / 2;
    const i = Math.floor(t);
    const steep = length(1, 2 * swing! * waves!);
    const d = (Math.min(t - i, i + 1 - t) * (2 / n!)) / steep;
    return i % 2 === 0 ? d : -d;
  },
  /** A star of 3 points about (0, 1) with outer radius 2 and inner part 4; 5 turns it upside down. */
  star: ([cx, cy, r, n, inner, down], px, py) => {
    const [c, s] = POINTS[n! - 4]!;
    // Folded so that one point lies along +x: (cos, sin) of a whole wedge is the square of the half's.
    const [wc, ws] = [c * c - s * s, 2 * c * s];
    let x = (down ? 1 : -1) * (py - cy!);
    let y = Math.abs(px - cx!);
    for (let k = 0; k < n! && y * c > x * s; k++) {
      const turned = x * wc + y * ws;
      y = Math.abs(y * wc - x * ws);
      x = turned;
    }
    // The edge from the tip (r, 0) to the notch at half a wedge.
    const [bx, by] = [r! * inner! * c - r!, r! * inner! * s];
    return (-(bx * y) + by * (x - r!)) / -length(bx, by);
  },
  /** Pointed ovals in half drop, 0 across a sheet, 1 down it. */
  ogee: ([n, m, width, cx], px, py) => {
    const u = ((px + 1) * n!) / 2 + cx!;
    const v = ((py + 1) * m!) / 2;
    const a = oval(u, v, width!);
    const b = oval(u + 0.5, v + 0.5, width!);
    return Math.max(a, b) * (2 / n!);
  },
  /** Rows of discs, each row hanging over the next; every other row. */
  scales: ([n, r], px, py) => {
    const u = ((px + 1) * n!) / 2;
    const v = (py + 1) * n!;
    const row = Math.floor(v);
    let best = -1;
    for (let k = 0; k < 2; k++) {
      const j = row - k;
      const x = u + (j % 2 === 0 ? 0 : 0.5);
      const d = r! - length(x - Math.floor(x) - 0.5, (v - j) / 2);
      best = d;
      if (d > 0) return (j % 2 === 0 ? d : -d) * (2 / n!);
    }
    return best * (2 / n!);
  },
  /** A window with a round head: half width 0, springing at 1, foot at 2. */
  arch: ([w, spring, foot], x, y) =>
    y < spring!
      ? w! - length(x, y - spring!)
      : Math.min(w! - Math.abs(x), foot! - y),
  /** Two arcs that meet above and below: half width 0, half height 1. */
  mandorla: ([w, h], x, y) => {
    const r = (w! * w! + h! * h!) / (2 * w!);
    return r - length(Math.abs(x) + r - w!, y);
  },
  /** Rays from (0, 1), 2 of them round. */
  rays: ([cx, cy, turn], px, py) => {
    let x = px - cx!;
    let y = py - cy!;
    if (turn! > 0)
      [x, y] = [
        x * 0.9238795325112867 - y * 0.3826834323650898,
        x * 0.3826834323650898 + y * 0.9238795325112867,
      ];
    let sign = 1;
    // Three folds of an eighth each: sixteen wedges, every other one.
    let a = Math.abs(x);
    let b = Math.abs(y);
    if (x * y < 0) sign = -sign;
    if (b > a) {
      [a, b] = [b, a];
      sign = -sign;
    }
    // Now 0..45 degrees: halved at 22.5.
    const mid = b * 0.9238795325112867 - a * 0.3826834323650898;
    if (mid > 0) sign = -sign;
    const d = Math.min(Math.abs(mid), b, Math.abs(a - b) * SQRT_HALF);
    return sign * d;
  },
} satisfies Record<
  string,
  (at: readonly number[], x: number, y: number) => number
>;

export type ShapeKind = keyof typeof KINDS;

/** How far inside a shape a point of the sheet lies; negative outside. */
export function inside({ kind, at }: Shape, x: number, y: number): number {
  return (
    KINDS[kind] as (at: readonly number[], x: number, y: number) => number
  )(at, x, y);
}

function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

/** A point turned by so many quarters. */
function quarter(x: number, y: number, turns: number): [number, number] {
  if (turns === 1) return [y, -x];
  if (turns === 2) return [-x, -y];
  if (turns === 3) return [-y, x];
  return [x, y];
}

/** Inside of a pointed oval about the middle of each unit cell, in parts of the cell. */
function oval(u: number, v: number, width: number): number {
  const x = Math.abs(u - Math.floor(u) - 0.5);
  const y = Math.abs(v - Math.floor(v) - 0.5) * 2;
  // A parabola that becomes pointed towards the tips: ogee arcs.
  const edge = width * (1 - y * y * (1.5 - 0.5 * y));
  return (edge - x) * 0.8;
}
