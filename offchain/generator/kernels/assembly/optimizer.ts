/** Sum of squares of n numbers, n a multiple of 4; f64 so that long gradients keep their norm. */
export function sumSquares(p: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) {
    const x = <f64>load<f32>(p + (i << 2));
    sum += x * x;
  }
  return sum;
}

/**
 * One Adam step on n weights (a multiple of 4), the gradient first scaled by `clip`, and the slow average moved towards the result:
 * mean += (w - mean) follow. Bias correction is left to the caller's learning rate.
 */
export function adam(
  w: usize, g: usize, m: usize, v: usize, mean: usize, n: i32, rate: f32, beta1: f32, beta2: f32, epsilon: f32, clip: f32, follow: f32,
): void {
  const R = f32x4.splat(rate), E = f32x4.splat(epsilon), C = f32x4.splat(clip), F = f32x4.splat(follow);
  const B1 = f32x4.splat(beta1), A1 = f32x4.splat(<f32>1 - beta1), B2 = f32x4.splat(beta2), A2 = f32x4.splat(<f32>1 - beta2);
  for (let i = 0; i < n; i += 4) {
    const o = i << 2;
    const gi = f32x4.mul(v128.load(g + o), C);
    const mi = f32x4.add(f32x4.mul(v128.load(m + o), B1), f32x4.mul(gi, A1));
    const vi = f32x4.add(f32x4.mul(v128.load(v + o), B2), f32x4.mul(f32x4.mul(gi, gi), A2));
    const wi = f32x4.sub(v128.load(w + o), f32x4.div(f32x4.mul(R, mi), f32x4.add(f32x4.sqrt(vi), E)));
    const ei = v128.load(mean + o);
    v128.store(m + o, mi);
    v128.store(v + o, vi);
    v128.store(w + o, wi);
    v128.store(mean + o, f32x4.add(ei, f32x4.mul(f32x4.sub(wi, ei), F)));
  }
}
