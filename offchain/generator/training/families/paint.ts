/**
 * The brushes every family paints with. Families only teach the network, off the exact path, so `Math.sin` and its kin are
 * welcome here and nowhere else in the generator.
 */

import type { Teacher } from "../teacher.ts";

/** Palette slots: a ground, a ramp from dark to light, one accent and the ink of shadows. */
export const GROUND = 0;
export const DEEP = 1;
export const LOW = 2;
export const MID = 3;
export const HIGH = 4;
export const LIGHT = 5;
export const ACCENT = 6;
export const INK = 7;

/** A way of painting: its name, and a painter for each style (eight numbers in [-1, 1] are used) and order (3..8). */
export type Family = Omit<Teacher, "index">;

/** Half the width of a drawn edge: wide enough for the network to follow, sharpened again when a work is rendered. */
const EDGE = 0.012;

export const clamp = (t: number): number => (t < 0 ? 0 : t > 1 ? 1 : t);

/** Smooth step from 0 at `a` to 1 at `b` (a may exceed b). */
export function ramp(a: number, b: number, x: number): number {
  const t = clamp((x - a) / (b - a));
  return t * t * (3 - 2 * t);
}

/** 1 inside (distance below 0), 0 outside, with a drawn edge. */
export const inside = (distance: number): number => ramp(EDGE, -EDGE, distance);

/** 1 within `half` of zero, 0 beyond, with drawn edges. */
export const stroke = (distance: number, half: number): number =>
  inside(Math.abs(distance) - half);

/** Fills the whole picture with one slot. */
export function fill(weights: Float32Array, slot: number): void {
  weights.fill(0);
  weights[slot] = 1;
}

/**
 * Lays a shape over what is there. `tone` (at most 0.45) shades it towards a second slot: a hard finish drops the tone, a
 * soft or grained finish shows it.
 */
export function lay(
  weights: Float32Array,
  cover: number,
  slot: number,
  shade = slot,
  tone = 0,
): void {
  if (cover <= 0) return;
  const t = 0.45 * clamp(tone);
  if (cover >= 1) weights.fill(0);
  else for (let i = 0; i < 8; i++) weights[i]! *= 1 - cover;
  weights[slot]! += cover * (1 - t);
  weights[shade]! += cover * t;
}

/** A fixed number in [0, 1) for each pair: the layouts that `order` chooses between. */
export function hash(a: number, b: number): number {
  const s = Math.sin(a * 127.1 + b * 311.7) * 43758.5453;
  return s - Math.floor(s);
}

/** The same in [-1, 1). */
export const spread = (a: number, b: number): number => 2 * hash(a, b) - 1;

/** A slow hand-drawn wander, about -1..1. */
export const wander = (x: number, y: number, phase: number): number =>
  0.5 * Math.sin(1.7 * x + 1.1 * y + phase) +
  0.3 * Math.sin(-1.3 * x + 2.3 * y + 1.7 * phase + 1) +
  0.2 * Math.sin(3.1 * x - 1.9 * y + 2.3 * phase + 2);

/** Signed distance (to first order) to an ellipse. */
export function ellipse(x: number, y: number, rx: number, ry: number): number {
  const k = Math.hypot(x / rx, y / ry);
  const slope = Math.hypot(x / (rx * rx), y / (ry * ry));
  return slope < 1e-6 ? -Math.min(rx, ry) : (k * (k - 1)) / slope;
}

/** Signed distance to a leaf of length `long` and half-width `wide` that grows from (0, 0) along +x. */
export function leaf(
  x: number,
  y: number,
  long: number,
  wide: number,
  tip = 1,
): number {
  const s = clamp(x / long);
  const half = wide * Math.sin(Math.PI * Math.pow(s, 0.5 + 0.5 * tip));
  const along = Math.max(-x, x - long);
  return Math.max(Math.abs(y) - half, along);
}

/** Turns (x, y) by `angle` about the origin: the point as seen in a frame that points that way. */
export function turn(x: number, y: number, angle: number): [number, number] {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  return [x * c + y * s, y * c - x * s];
}
