import { sinHalfTurns } from "./arithmetic";

// Layers at render time. Points come in panels of eight: a layer's values are [panel][channel][8 points], so a panel is a small matrix
// whose rows are two vectors. Weights come in blocks of five channels (then of four): [block][k][channel in block]. A block times a
// panel is 10 sums in registers fed by two running pointers: the most that 15 registers hold, and 30 instructions per 20 operations.
// Every sum still runs over k in rising order, so the bits are those of `gemm` and `modulate` in training.

const ROW: i32 = 32; // bytes of one channel's eight points

/** out = W X, for `fives` blocks of five channels, then `fours` of four. */
export function productLayer(W: usize, X: usize, out: usize, fives: i32, fours: i32, K: i32, panels: i32): void {
  const stride = (5 * fives + 4 * fours) * ROW;
  for (let b = 0; b < fives; b++) {
    for (let p = 0; p < panels; p++) five(W, X + p * K * ROW, K, out + p * stride);
    out += 5 * ROW;
    W += 20 * K;
  }
  for (let b = 0; b < fours; b++) {
    for (let p = 0; p < panels; p++) four(W, X + p * K * ROW, K, out + p * stride);
    out += 4 * ROW;
    W += 16 * K;
  }
}

// @ts-ignore: decorator
@inline
function five(W: usize, X: usize, K: i32, o: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0, e0 = a0, e1 = a0;
  const end = X + K * ROW;
  while (X < end) {
    const x0 = v128.load(X), x1 = v128.load(X, 16);
    let w = v128.load32_splat(W);
    a0 = f32x4.add(a0, f32x4.mul(w, x0)); a1 = f32x4.add(a1, f32x4.mul(w, x1));
    w = v128.load32_splat(W, 4);
    b0 = f32x4.add(b0, f32x4.mul(w, x0)); b1 = f32x4.add(b1, f32x4.mul(w, x1));
    w = v128.load32_splat(W, 8);
    c0 = f32x4.add(c0, f32x4.mul(w, x0)); c1 = f32x4.add(c1, f32x4.mul(w, x1));
    w = v128.load32_splat(W, 12);
    d0 = f32x4.add(d0, f32x4.mul(w, x0)); d1 = f32x4.add(d1, f32x4.mul(w, x1));
    w = v128.load32_splat(W, 16);
    e0 = f32x4.add(e0, f32x4.mul(w, x0)); e1 = f32x4.add(e1, f32x4.mul(w, x1));
    X += ROW; W += 20;
  }
  v128.store(o, a0); v128.store(o, a1, 16); v128.store(o, b0, 32); v128.store(o, b1, 48);
  v128.store(o, c0, 64); v128.store(o, c1, 80); v128.store(o, d0, 96); v128.store(o, d1, 112);
  v128.store(o, e0, 128); v128.store(o, e1, 144);
}

// @ts-ignore: decorator
@inline
function four(W: usize, X: usize, K: i32, o: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  const end = X + K * ROW;
  while (X < end) {
    const x0 = v128.load(X), x1 = v128.load(X, 16);
    let w = v128.load32_splat(W);
    a0 = f32x4.add(a0, f32x4.mul(w, x0)); a1 = f32x4.add(a1, f32x4.mul(w, x1));
    w = v128.load32_splat(W, 4);
    b0 = f32x4.add(b0, f32x4.mul(w, x0)); b1 = f32x4.add(b1, f32x4.mul(w, x1));
    w = v128.load32_splat(W, 8);
    c0 = f32x4.add(c0, f32x4.mul(w, x0)); c1 = f32x4.add(c1, f32x4.mul(w, x1));
    w = v128.load32_splat(W, 12);
    d0 = f32x4.add(d0, f32x4.mul(w, x0)); d1 = f32x4.add(d1, f32x4.mul(w, x1));
    X += ROW; W += 16;
  }
  v128.store(o, a0); v128.store(o, a1, 16); v128.store(o, b0, 32); v128.store(o, b1, 48);
  v128.store(o, c0, 64); v128.store(o, c1, 80); v128.store(o, d0, 96); v128.store(o, d1, 112);
}

/**
 * U = skip + sin(pi (U gain + shift)), in place; `skip` may be 0. A pass of its own, because behind each block of products the
 * sine's long chain of dependent operations would stand idle.
 */
export function waveLayer(U: usize, gain: usize, shift: usize, skip: usize, channels: i32, panels: i32): void {
  for (let p = 0; p < panels; p++) {
    for (let c = 0; c < channels; c++) {
      const g = v128.load32_splat(gain + (c << 2)), s = v128.load32_splat(shift + (c << 2));
      let h0 = sinHalfTurns(f32x4.add(f32x4.mul(v128.load(U), g), s));
      let h1 = sinHalfTurns(f32x4.add(f32x4.mul(v128.load(U, 16), g), s));
      if (skip) {
        h0 = f32x4.add(h0, v128.load(skip));
        h1 = f32x4.add(h1, v128.load(skip, 16));
        skip += ROW;
      }
      v128.store(U, h0);
      v128.store(U, h1, 16);
      U += ROW;
    }
  }
}
