// Elementary functions from exact operations only: + - * / sqrt min max and bit moves. No FMA, no relaxed SIMD, no libm.

// 1.5 * 2^23: adding it rounds to the nearest integer and leaves that integer in the low bits of the sum.
const ROUND: f32 = 12582912.0;
// sin(pi r) on [-1/2, 1/2], minimax: error 6e-7.
const SIN_1: f32 = 3.1415820121765137;
const SIN_3: f32 = -5.167142868041992;
const SIN_5: f32 = 2.5418989658355713;
const SIN_7: f32 = -0.5546361804008484;
// cos(pi r) on the same interval: error 5e-8.
const COS_0: f32 = 0.9999999403953552;
const COS_2: f32 = -4.934792995452881;
const COS_4: f32 = 4.058412075042725;
const COS_6: f32 = -1.3318802118301392;
const COS_8: f32 = 0.21969681978225708;
const INVERSE_PI: f32 = 0.31830987334251404;

// Constants are read from memory: as literals the engine would build each anew, with several instructions, at every use.
const CONSTANTS = memory.data<f32>(
  [ROUND, SIN_1, SIN_3, SIN_5, SIN_7, COS_0, COS_2, COS_4, COS_6, COS_8], 16,
);

// @ts-ignore: decorator
@inline
function constant(i: i32): v128 {
  return v128.load32_splat(CONSTANTS + (i << 2));
}

/** sin(pi u). Phases are in half turns, so the reduction u - nearest(u) is exact. Error under 1e-6 for |u| < 2^21. */
// @ts-ignore: decorator
@inline
export function sinHalfTurns(u: v128): v128 {
  const round = constant(0);
  const t = f32x4.add(u, round);
  const r = f32x4.sub(u, f32x4.sub(t, round));
  return v128.xor(sinPolynomial(r, f32x4.mul(r, r)), i32x4.shl(t, 31));
}

// @ts-ignore: decorator
@inline
function sinPolynomial(r: v128, r2: v128): v128 {
  let p = f32x4.add(f32x4.mul(r2, constant(4)), constant(3));
  p = f32x4.add(f32x4.mul(p, r2), constant(2));
  p = f32x4.add(f32x4.mul(p, r2), constant(1));
  return f32x4.mul(p, r);
}

// @ts-ignore: decorator
@inline
function cosPolynomial(r2: v128): v128 {
  let p = f32x4.add(f32x4.mul(r2, constant(9)), constant(8));
  p = f32x4.add(f32x4.mul(p, r2), constant(7));
  p = f32x4.add(f32x4.mul(p, r2), constant(6));
  return f32x4.add(f32x4.mul(p, r2), constant(5));
}

/** Stores sin(pi u) and cos(pi u); they share one reduction. */
// @ts-ignore: decorator
@inline
export function storeSinCos(u: v128, sin: usize, cos: usize): void {
  const round = constant(0);
  const t = f32x4.add(u, round);
  const r = f32x4.sub(u, f32x4.sub(t, round));
  const r2 = f32x4.mul(r, r);
  const sign = i32x4.shl(t, 31);
  v128.store(sin, v128.xor(sinPolynomial(r, r2), sign));
  v128.store(cos, v128.xor(cosPolynomial(r2), sign));
}

/** exp(x), x clamped to [-87, 88]. */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, f32x4.splat(-87.0)), f32x4.splat(88.0));
  const t = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504)), f32x4.splat(ROUND));
  const k = f32x4.sub(t, f32x4.splat(ROUND));
  let r = f32x4.sub(x, f32x4.mul(k, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(k, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.add(f32x4.mul(r, f32x4.splat(1.98756915e-4)), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1.0));
  // The low bits of t hold k: shifting (k + 127) into the exponent field makes 2^k.
  return f32x4.mul(p, i32x4.shl(i32x4.add(t, i32x4.splat(127)), 23));
}

// @ts-ignore: decorator
@inline
export function largestLane(a: v128): f32 {
  return max(
    max(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1)),
    max(f32x4.extract_lane(a, 2), f32x4.extract_lane(a, 3)),
  );
}

// @ts-ignore: decorator
@inline
export function sumLanes(a: v128): f32 {
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
}

// Vector forms for the composition of works: radians, n a multiple of 4.

export function sinInto(x: usize, y: usize, n: i32): void {
  const scale = f32x4.splat(INVERSE_PI);
  for (let i = 0; i < n; i += 4) v128.store(y + (i << 2), sinHalfTurns(f32x4.mul(v128.load(x + (i << 2)), scale)));
}

export function cosInto(x: usize, y: usize, n: i32): void {
  const scale = f32x4.splat(INVERSE_PI);
  const quarter = f32x4.splat(0.5);
  for (let i = 0; i < n; i += 4) {
    v128.store(y + (i << 2), sinHalfTurns(f32x4.add(f32x4.mul(v128.load(x + (i << 2)), scale), quarter)));
  }
}

export function expInto(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) v128.store(y + (i << 2), exponential(v128.load(x + (i << 2))));
}
