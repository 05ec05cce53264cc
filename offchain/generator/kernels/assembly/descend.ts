/**
 * One Adam step on n weights (a multiple of 4) with a decay of its own (Loshchilov and Hutter, 2019): w -= rate m / (sqrt v + epsilon) +
 * decay w. The gradient is cleared behind it. Bias correction is left to the caller's rate.
 */
export function descend(
  w: usize, g: usize, m: usize, v: usize, n: i32, rate: f32, beta1: f32, beta2: f32, epsilon: f32, decay: f32,
): void {
  const R = f32x4.splat(rate), E = f32x4.splat(epsilon), D = f32x4.splat(decay), zero = f32x4.splat(0);
  const B1 = f32x4.splat(beta1), A1 = f32x4.splat(<f32>1 - beta1), B2 = f32x4.splat(beta2), A2 = f32x4.splat(<f32>1 - beta2);
  for (let i = 0; i < n; i += 4) {
    const o = i << 2;
    const gi = v128.load(g + o), wi = v128.load(w + o);
    const mi = f32x4.add(f32x4.mul(v128.load(m + o), B1), f32x4.mul(gi, A1));
    const vi = f32x4.add(f32x4.mul(v128.load(v + o), B2), f32x4.mul(f32x4.mul(gi, gi), A2));
    const move = f32x4.add(f32x4.div(f32x4.mul(R, mi), f32x4.add(f32x4.sqrt(vi), E)), f32x4.mul(D, wi));
    v128.store(m + o, mi);
    v128.store(v + o, vi);
    v128.store(w + o, f32x4.sub(wi, move));
    v128.store(g + o, zero);
  }
}
