import { CODES, type Adapter, type Decoder } from "../adapter/adapter.ts";

import type { WeaveSteer } from "./steer.ts";

/** What is done to every code before it is decoded: drawn to the mean of all pictures' codes, then moved. Exact. */
export type Bend = Readonly<{
  mean: readonly number[];
  keep: number;
  move: readonly number[];
}>;

/** The directions in which the codes of a dataset differ most, the widest first, each as long as their spread along it. */
type Directions = Readonly<{
  mean: readonly number[];
  axes: readonly (readonly number[])[];
}>;

/** How far a dial goes along a direction at its end, in spreads. */
const REACH = 0.8;
/** How much of a code's own is left at full truncation: at nothing every cloth would be one plain colour. */
const LEAST = 0.25;
/** Most codes that are looked at; of more, evenly spaced ones. */
const LOOKED_AT = 20_000;
const SWEEPS = 12;

const known = new WeakMap<Adapter, Directions>();

/** What the style dials of a steer do to an adapter's codes; null if none is turned. */
export function bendOf(adapter: Adapter, steer: WeaveSteer): Bend | null {
  const dials = Array.from(
    { length: CODES },
    (_, i) => (steer[`style${i + 1}` as keyof WeaveSteer] ?? 0) / 1000,
  );
  const truncation = (steer.truncation ?? 0) / 1000;
  if (truncation === 0 && dials.every((dial) => dial === 0)) return null;
  let found = known.get(adapter);
  if (!found) known.set(adapter, (found = directionsOf(adapter)));
  const { mean, axes } = found;
  return {
    mean,
    keep: truncation < 0 ? 1 - 0.4 * truncation : 1 - (1 - LEAST) * truncation,
    move: mean.map((_, c) =>
      axes.reduce((sum, axis, i) => sum + REACH * dials[i]! * axis[c]!, 0),
    ),
  };
}

/** A decoder that bends codes first. */
export function bentDecoder(decoder: Decoder, bend: Bend | null): Decoder {
  if (!bend) return decoder;
  const { mean, keep, move } = bend;
  const from = mean.map((m, c) => m * (1 - keep) + move[c]!);
  return {
    logits(codes, out) {
      const bent = new Float32Array(codes.length);
      for (let i = 0; i < codes.length; i++)
        bent[i] = codes[i]! * keep + from[i % CODES]!;
      decoder.logits(bent, out);
    },
  };
}

function directionsOf({ codes }: Adapter): Directions {
  const count = codes.length / CODES;
  const step = Math.max(1, Math.floor(count / LOOKED_AT));
  const mean = Array.from({ length: CODES }, () => 0);
  const spread = mean.map(() => mean.map(() => 0));
  let looked = 0;
  for (let k = 0; k < count; k += step, looked++)
    for (let c = 0; c < CODES; c++) mean[c]! += codes[k * CODES + c]!;
  for (let c = 0; c < CODES; c++) mean[c]! /= looked;
  for (let k = 0; k < count; k += step)
    for (let a = 0; a < CODES; a++)
      for (let b = 0; b < CODES; b++)
        spread[a]![b]! +=
          ((codes[k * CODES + a]! - mean[a]!) *
            (codes[k * CODES + b]! - mean[b]!)) /
          looked;
  const { values, vectors } = jacobi(spread);
  const order = values
    .map((value, i) => ({ value, i }))
    .toSorted((a, b) => b.value - a.value || a.i - b.i);
  return {
    mean,
    axes: order.map(({ value, i }) => {
      const length = Math.sqrt(Math.max(0, value));
      const axis = vectors.map((row) => row[i]! * length);
      // Either way along an axis is as good: its largest part points upwards.
      const largest = axis.reduce((a, b) =>
        Math.abs(b) > Math.abs(a) ? b : a,
      );
      return largest < 0 ? axis.map((x) => -x) : axis;
    }),
  };
}

/** Eigenvalues and vectors (columns) of a symmetric matrix by Jacobi's rotations in a fixed order: + - * / and square roots. */
function jacobi(matrix: readonly (readonly number[])[]): {
  values: readonly number[];
  vectors: readonly (readonly number[])[];
} {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  const turn = (
    rows: number[][],
    [i, j, k, l]: readonly [number, number, number, number],
    c: number,
    s: number,
  ): void => {
    const [x, y] = [rows[i]![j]!, rows[k]![l]!];
    rows[i]![j] = c * x - s * y;
    rows[k]![l] = s * x + c * y;
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (a[p]![q] === 0) continue;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
        const root = Math.abs(theta) + Math.sqrt(theta * theta + 1);
        const t = theta < 0 ? -1 / root : 1 / root;
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k++) turn(a, [k, p, k, q], c, s);
        for (let k = 0; k < n; k++) turn(a, [p, k, q, k], c, s);
        for (let k = 0; k < n; k++) turn(v, [k, p, k, q], c, s);
      }
  return { values: a.map((row, i) => row[i]!), vectors: v };
}
