import { storeSinCos, sumLanes } from "./arithmetic";

// What the first layer sees of a (displaced) point, in one row of 2 waves + 32 numbers:
// [sin | cos | x y r 1 | 8 local codes, left alone | 16 damped harmonics | 4 zeros].
// Harmonics are the powers 1..8 of (x + iy) / sqrt(r^2 + 0.05): cos and sin of k times the angle outside, vanishing smoothly
// at the origin, so nothing is ever pinched there, and no arctangent is needed.

const PI: f32 = 3.1415927410125732;
const DAMPING: f32 = 0.05;
const RADIUS_SOFTENING: f32 = 0.01;

/** Q[M,2] -> X[M,stride]; B[2][waves] holds the frequencies in half turns per unit. `waves` a multiple of 4. */
export function features(Q: usize, B: usize, X: usize, M: i32, waves: i32, stride: i32): void {
  for (let m = 0; m < M; m++) {
    const x = load<f32>(Q + (m << 3)), y = load<f32>(Q + (m << 3), 4);
    const xv = f32x4.splat(x), yv = f32x4.splat(y);
    const row = X + ((m * stride) << 2);
    for (let j = 0; j < waves; j += 4) {
      const u = f32x4.add(f32x4.mul(xv, v128.load(B + (j << 2))), f32x4.mul(yv, v128.load(B + ((waves + j) << 2))));
      storeSinCos(u, row + (j << 2), row + ((waves + j) << 2));
    }
    const t = row + (waves << 3);
    const square = x * x + y * y;
    store<f32>(t, x);
    store<f32>(t, y, 4);
    store<f32>(t, sqrt<f32>(square + RADIUS_SOFTENING), 8);
    store<f32>(t, 1, 12);
    v128.store(t, f32x4.splat(0), 112);
    const length = sqrt<f32>(square + DAMPING);
    const c1 = x / length, s1 = y / length;
    let c = c1, s = s1;
    for (let k = 0; k < 8; k++) {
      store<f32>(t + 48 + (k << 3), c);
      store<f32>(t + 48 + (k << 3), s, 4);
      const next = c * c1 - s * s1;
      s = c * s1 + s * c1;
      c = next;
    }
  }
}

/** dX -> dQ, from the rows that `features` wrote. */
export function featuresBackward(dX: usize, X: usize, B: usize, dQ: usize, M: i32, waves: i32, stride: i32): void {
  for (let m = 0; m < M; m++) {
    const row = X + ((m * stride) << 2), d = dX + ((m * stride) << 2);
    let ax = f32x4.splat(0), ay = f32x4.splat(0);
    for (let j = 0; j < waves; j += 4) {
      const g = f32x4.sub(
        f32x4.mul(v128.load(d + (j << 2)), v128.load(row + ((waves + j) << 2))),
        f32x4.mul(v128.load(d + ((waves + j) << 2)), v128.load(row + (j << 2))),
      );
      ax = f32x4.add(ax, f32x4.mul(g, v128.load(B + (j << 2))));
      ay = f32x4.add(ay, f32x4.mul(g, v128.load(B + ((waves + j) << 2))));
    }
    const t = row + (waves << 3), dt = d + (waves << 3);
    const x = load<f32>(t), y = load<f32>(t, 4), r = load<f32>(t, 8), dr = load<f32>(dt, 8);
    // z^k has the derivative k z^(k-1); the conjugate carries the gradient back.
    let gc = load<f32>(dt, 48), gs = load<f32>(dt, 52);
    for (let k = 1; k < 8; k++) {
      const zc = load<f32>(t + 48 + ((k - 1) << 3)), zs = load<f32>(t + 48 + ((k - 1) << 3), 4);
      const hc = load<f32>(dt + 48 + (k << 3)), hs = load<f32>(dt + 48 + (k << 3), 4);
      const power = <f32>(k + 1);
      gc += power * (hc * zc + hs * zs);
      gs += power * (hs * zc - hc * zs);
    }
    const inverse = <f32>1 / sqrt<f32>(x * x + y * y + DAMPING);
    const c = x * inverse, s = y * inverse, dot = gc * c + gs * s;
    store<f32>(dQ + (m << 3), sumLanes(ax) * PI + load<f32>(dt) + (dr * x) / r + inverse * (gc - c * dot));
    store<f32>(dQ + (m << 3), sumLanes(ay) * PI + load<f32>(dt, 4) + (dr * y) / r + inverse * (gs - s * dot), 4);
  }
}
