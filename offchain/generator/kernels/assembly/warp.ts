// The points before and after their displacement, in training's layout: one row a point.

/** xy[M,2] -> P[M,4] = [x y r 1], what the warp network sees. */
export function expandPoints(xy: usize, P: usize, M: i32): void {
  for (let m = 0; m < M; m++) {
    const x = load<f32>(xy + (m << 3)), y = load<f32>(xy + (m << 3), 4), p = P + (m << 4);
    store<f32>(p, x);
    store<f32>(p, y, 4);
    store<f32>(p, sqrt<f32>(x * x + y * y + <f32>0.0001), 8);
    store<f32>(p, 1, 12);
  }
}

/** Q[M,2] = the points P[M,4] moved by the first two columns of D[M,8]. */
export function displace(P: usize, D: usize, Q: usize, M: i32): void {
  for (let m = 0; m < M; m++) {
    const p = P + (m << 4), d = D + (m << 5), q = Q + (m << 3);
    store<f32>(q, load<f32>(p) + load<f32>(d));
    store<f32>(q, load<f32>(p, 4) + load<f32>(d, 4), 4);
  }
}

/** dD[M,8] = [dQ | 0 ...]. */
export function displaceBackward(dQ: usize, dD: usize, M: i32): void {
  for (let m = 0; m < M; m++) {
    const q = dQ + (m << 3), d = dD + (m << 5);
    v128.store(d, f32x4.splat(0));
    v128.store(d, f32x4.splat(0), 16);
    store<f32>(d, load<f32>(q));
    store<f32>(d, load<f32>(q, 4), 4);
  }
}
