import { sinHalfTurns } from "./arithmetic";

// Layers at render time. Points come in panels of eight: a layer's values are [panel][channel][8 points], so a panel is a small matrix
// whose rows are two vectors. Weights come in blocks of five channels (then of four): [block][k][channel in block]. A block times a
// panel is 10 sums in registers fed by two running pointers: the most that 15 registers hold, and 30 instructions per 20 operations.
// Every sum still runs over k in rising order, so the bits are those of `gemm` and `modulate` in training.

const POINTS: i32 = 8;
const ROW: i32 = 32; // bytes of one channel's eight points

/** out = skip + sin(pi ((W X) gain + shift)); `skip` may be 0. `fives` blocks of five channels, then `fours` of four. */
export function waveLayer(
  W: usize, X: usize, gain: usize, shift: usize, skip: usize, out: usize, fives: i32, fours: i32, K: i32, panels: i32,
): void {
  const channels = 5 * fives + 4 * fours;
  let at = 0;
  for (let b = 0; b < fives + fours; b++) {
    const size = b < fives ? 5 : 4;
    for (let p = 0; p < panels; p++) {
      const o = (p * channels + at) * ROW;
      if (size == 5) five(W, X + p * K * ROW, K, gain + (at << 2), shift + (at << 2), skip, out, o);
      else four(W, X + p * K * ROW, K, gain + (at << 2), shift + (at << 2), skip, out, o);
    }
    at += size;
    W += (size * K) << 2;
  }
}

// @ts-ignore: decorator
@inline
function five(W: usize, X: usize, K: i32, gain: usize, shift: usize, skip: usize, out: usize, o: usize): void {
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
  wave(a0, a1, gain, shift, skip, out, o);
  wave(b0, b1, gain + 4, shift + 4, skip, out, o + 32);
  wave(c0, c1, gain + 8, shift + 8, skip, out, o + 64);
  wave(d0, d1, gain + 12, shift + 12, skip, out, o + 96);
  wave(e0, e1, gain + 16, shift + 16, skip, out, o + 128);
}

// @ts-ignore: decorator
@inline
function four(W: usize, X: usize, K: i32, gain: usize, shift: usize, skip: usize, out: usize, o: usize): void {
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
  wave(a0, a1, gain, shift, skip, out, o);
  wave(b0, b1, gain + 4, shift + 4, skip, out, o + 32);
  wave(c0, c1, gain + 8, shift + 8, skip, out, o + 64);
  wave(d0, d1, gain + 12, shift + 12, skip, out, o + 96);
}

// @ts-ignore: decorator
@inline
function wave(u0: v128, u1: v128, gain: usize, shift: usize, skip: usize, out: usize, o: usize): void {
  const g = v128.load32_splat(gain), s = v128.load32_splat(shift);
  let h0 = sinHalfTurns(f32x4.add(f32x4.mul(u0, g), s)), h1 = sinHalfTurns(f32x4.add(f32x4.mul(u1, g), s));
  if (skip) {
    h0 = f32x4.add(h0, v128.load(skip + o));
    h1 = f32x4.add(h1, v128.load(skip + o, 16));
  }
  v128.store(out + o, h0);
  v128.store(out + o, h1, 16);
}

/** out = W X for blocks of four channels. */
export function linearLayer(W: usize, X: usize, out: usize, fours: i32, K: i32, panels: i32): void {
  for (let b = 0; b < fours; b++) {
    for (let p = 0; p < panels; p++) {
      let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
      let x = X + p * K * ROW, w = W + ((b * 4 * K) << 2);
      const end = x + K * ROW;
      while (x < end) {
        const x0 = v128.load(x), x1 = v128.load(x, 16);
        let t = v128.load32_splat(w);
        a0 = f32x4.add(a0, f32x4.mul(t, x0)); a1 = f32x4.add(a1, f32x4.mul(t, x1));
        t = v128.load32_splat(w, 4);
        b0 = f32x4.add(b0, f32x4.mul(t, x0)); b1 = f32x4.add(b1, f32x4.mul(t, x1));
        t = v128.load32_splat(w, 8);
        c0 = f32x4.add(c0, f32x4.mul(t, x0)); c1 = f32x4.add(c1, f32x4.mul(t, x1));
        t = v128.load32_splat(w, 12);
        d0 = f32x4.add(d0, f32x4.mul(t, x0)); d1 = f32x4.add(d1, f32x4.mul(t, x1));
        x += ROW; w += 16;
      }
      const o = out + (p * 4 * fours + 4 * b) * ROW;
      v128.store(o, a0); v128.store(o, a1, 16); v128.store(o, b0, 32); v128.store(o, b1, 48);
      v128.store(o, c0, 64); v128.store(o, c1, 80); v128.store(o, d0, 96); v128.store(o, d1, 112);
    }
  }
}
