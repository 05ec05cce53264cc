import { storeSinCos } from "./arithmetic";

// The network's one non-linearity: h = skip + sin(pi (U gain + shift)). Gain and shift come per picture from the mapping network
// and are already divided by pi, so that the reduction is exact and needs no constants.

/** h[M,N] = skip + sin(pi (U gain + shift)), keeping cos for the way back. `skip` may be 0. N a multiple of 4. */
export function modulate(U: usize, gain: usize, shift: usize, skip: usize, h: usize, cos: usize, M: i32, N: i32): void {
  for (let m = 0; m < M; m++) {
    const row = (m * N) << 2;
    for (let j = 0; j < N; j += 4) {
      const q = row + (j << 2);
      const u = f32x4.add(f32x4.mul(v128.load(U + q), v128.load(gain + (j << 2))), v128.load(shift + (j << 2)));
      storeSinCos(u, h + q, cos + q);
      if (skip) v128.store(h + q, f32x4.add(v128.load(h + q), v128.load(skip + q)));
    }
  }
}

/** h = skip + sin(pi u) and cos(pi u) for n numbers, a multiple of 4. `skip` may be 0. */
export function waves(u: usize, skip: usize, h: usize, cos: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const q = i << 2;
    storeSinCos(v128.load(u + q), h + q, cos + q);
    if (skip) v128.store(h + q, f32x4.add(v128.load(h + q), v128.load(skip + q)));
  }
}

/**
 * Backward of h = sin(x), x = U gain + shift (gain and shift in radians here):
 * dshift += dx, dgain += dx U, and dU = dx gain overwrites `cos`.
 */
export function modulateBackward(
  dh: usize, U: usize, gain: usize, cos: usize, dgain: usize, dshift: usize, M: i32, N: i32,
): void {
  for (let j = 0; j < N; j += 4) {
    let ds = v128.load(dshift + (j << 2)), dg = v128.load(dgain + (j << 2));
    const g = v128.load(gain + (j << 2));
    for (let m = 0; m < M; m++) {
      const q = (m * N + j) << 2;
      const dx = f32x4.mul(v128.load(dh + q), v128.load(cos + q));
      ds = f32x4.add(ds, dx);
      dg = f32x4.add(dg, f32x4.mul(dx, v128.load(U + q)));
      v128.store(cos + q, f32x4.mul(dx, g));
    }
    v128.store(dshift + (j << 2), ds);
    v128.store(dgain + (j << 2), dg);
  }
}

/** y = x * y, element by element; n a multiple of 4. */
export function multiplyInto(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) v128.store(y + (i << 2), f32x4.mul(v128.load(x + (i << 2)), v128.load(y + (i << 2))));
}

/** y = x * s; n a multiple of 4. */
export function scaleInto(x: usize, y: usize, s: f32, n: i32): void {
  const k = f32x4.splat(s);
  for (let i = 0; i < n; i += 4) v128.store(y + (i << 2), f32x4.mul(v128.load(x + (i << 2)), k));
}

/** y += x s; n a multiple of 4. */
export function addScaled(x: usize, y: usize, s: f32, n: i32): void {
  const k = f32x4.splat(s);
  for (let i = 0; i < n; i += 4) {
    v128.store(y + (i << 2), f32x4.add(v128.load(y + (i << 2)), f32x4.mul(v128.load(x + (i << 2)), k)));
  }
}

/** Each row of X[M,N] += bias[N]. N a multiple of 4. */
export function addBias(X: usize, bias: usize, M: i32, N: i32): void {
  for (let m = 0; m < M; m++) {
    for (let j = 0; j < N; j += 4) {
      const q = X + ((m * N + j) << 2);
      v128.store(q, f32x4.add(v128.load(q), v128.load(bias + (j << 2))));
    }
  }
}

/** bias[N] += the sum of X's rows. N a multiple of 4. */
export function addBiasBackward(X: usize, bias: usize, M: i32, N: i32): void {
  for (let m = 0; m < M; m++) {
    for (let j = 0; j < N; j += 4) {
      const q = bias + (j << 2);
      v128.store(q, f32x4.add(v128.load(q), v128.load(X + ((m * N + j) << 2))));
    }
  }
}
