import { exponential, storeSinCos } from "./arithmetic";
import { mixPalette } from "./head";
import { productLayer, waveLayer } from "./panel";

// The whole network for one tile of points before the next tile, so that activations stay in the first-level cache.
// The table is i32 words: [warpIn, warpGain, warpShift, warpFives, warpFours, warpOut, waves, waveCount, layers, layerFives, layerFours,
// head, headBias, then per layer: weights, gain, shift]. Results do not depend on the tile size.

const PLAIN_FEATURES: i32 = 20; // x, y, r, 1 and 16 harmonics

/** Bytes of scratch that `fieldForward` needs for tiles of T points. */
export function fieldScratch(T: i32, waveCount: i32, width: i32, warpWidth: i32): i32 {
  return (T * (4 + warpWidth + 4 + 2 * waveCount + PLAIN_FEATURES + 2 * width + 8)) << 2;
}

/**
 * xy[M,2] -> W[M,8], the slot weights at this temperature or, at temperature 0, the logits; and rgb[M,3] where `rgb` is not 0.
 * M a multiple of T, T of 8.
 */
export function fieldForward(
  xy: usize, W: usize, rgb: usize, palette: usize, M: i32, T: i32, table: usize, scratch: usize, temperature: f32,
): void {
  const warpFives = word(table, 3), warpFours = word(table, 4), waveCount = word(table, 7), layers = word(table, 8);
  const fives = word(table, 9), fours = word(table, 10), width = 5 * fives + 4 * fours;
  const warpWidth = 5 * warpFives + 4 * warpFours, K = 2 * waveCount + PLAIN_FEATURES, panels = T >> 3;
  const P = scratch, V = P + (T << 4), D = V + ((T * warpWidth) << 2), X = D + (T << 4);
  const h0 = X + ((T * K) << 2), h1 = h0 + ((T * width) << 2), L = h1 + ((T * width) << 2);
  for (let m = 0; m < M; m += T) {
    pointPanels(xy + (m << 3), P, panels);
    productLayer(word(table, 0), P, V, warpFives, warpFours, 4, panels);
    waveLayer(V, word(table, 1), word(table, 2), 0, warpWidth, panels);
    productLayer(word(table, 5), V, D, 0, 1, warpWidth, panels);
    featurePanels(P, D, word(table, 6), X, waveCount, panels);
    let from = h1, to = h0;
    for (let l = 0; l < layers; l++) {
      const e = 13 + 3 * l;
      productLayer(word(table, e), l ? from : X, to, fives, fours, l ? width : K, panels);
      waveLayer(to, word(table, e + 1), word(table, e + 2), l ? from : 0, width, panels);
      const swap = from;
      from = to;
      to = swap;
    }
    productLayer(word(table, 11), from, L, 0, 2, width, panels);
    const w = W + (m << 5);
    for (let p = 0; p < panels; p++) {
      const l = L + (p << 8);
      headPanel(l, word(table, 12), temperature);
      transposePanel(l, w + (p << 8));
    }
    if (rgb) mixPalette(w, palette, rgb + m * 12, T);
  }
}

// @ts-ignore: decorator
@inline
export function word(table: usize, i: i32): i32 {
  return load<i32>(table + (i << 2));
}

/** xy[M,2] -> panels of [x y r 1], what the warp network sees. */
function pointPanels(xy: usize, P: usize, panels: i32): void {
  const soft = f32x4.splat(0.0001);
  for (let p = 0; p < 2 * panels; p++) {
    // Two half panels of four points each make a panel.
    const a = v128.load(xy + (p << 5)), b = v128.load(xy + (p << 5), 16);
    const x = v128.shuffle<f32>(a, b, 0, 2, 4, 6), y = v128.shuffle<f32>(a, b, 1, 3, 5, 7);
    const o = P + ((p >> 1) << 7) + ((p & 1) << 4);
    v128.store(o, x);
    v128.store(o, y, 32);
    v128.store(o, f32x4.sqrt(f32x4.add(f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y)), soft)), 64);
    v128.store(o, f32x4.splat(1), 96);
  }
}

/** Points P moved by the first two rows of D -> panels of [sin | cos | x y r 1 | 16 damped harmonics]; see `features`. */
function featurePanels(P: usize, D: usize, B: usize, X: usize, waves: i32, panels: i32): void {
  const rows = 2 * waves + PLAIN_FEATURES;
  for (let p = 0; p < 2 * panels; p++) {
    const i = ((p >> 1) << 7) + ((p & 1) << 4);
    const x = f32x4.add(v128.load(P + i), v128.load(D + i)), y = f32x4.add(v128.load(P + i, 32), v128.load(D + i, 32));
    let o = X + (((p >> 1) * rows) << 5) + ((p & 1) << 4);
    for (let j = 0; j < waves; j++) {
      const bx = v128.load32_splat(B + (j << 2)), by = v128.load32_splat(B + ((waves + j) << 2));
      storeSinCos(f32x4.add(f32x4.mul(x, bx), f32x4.mul(y, by)), o + (j << 5), o + ((waves + j) << 5));
    }
    o += waves << 6;
    const square = f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y));
    v128.store(o, x);
    v128.store(o, y, 32);
    v128.store(o, f32x4.sqrt(f32x4.add(square, f32x4.splat(0.01))), 64);
    v128.store(o, f32x4.splat(1), 96);
    const length = f32x4.sqrt(f32x4.add(square, f32x4.splat(0.05)));
    const c1 = f32x4.div(x, length), s1 = f32x4.div(y, length);
    let c = c1, s = s1;
    for (let k = 0; k < 8; k++) {
      o += 64;
      v128.store(o, c, 64);
      v128.store(o, s, 96);
      const next = f32x4.sub(f32x4.mul(c, c1), f32x4.mul(s, s1));
      s = f32x4.add(f32x4.mul(c, s1), f32x4.mul(s, c1));
      c = next;
    }
  }
}

/** Adds the bias to a panel's eight rows and, but for temperature 0, takes their softmax, in place. */
export function headPanel(L: usize, bias: usize, temperature: f32): void {
  for (let i = 0; i < 8; i++) {
    const q = L + (i << 5), b = v128.load32_splat(bias + (i << 2));
    v128.store(q, f32x4.add(v128.load(q), b));
    v128.store(q, f32x4.add(v128.load(q, 16), b), 16);
  }
  if (temperature == 0) return;
  const t = f32x4.splat(temperature);
  for (let half = 0; half < 2; half++) {
    const q = L + (half << 4);
    let top = f32x4.mul(v128.load(q), t);
    for (let i = 1; i < 8; i++) top = f32x4.max(top, f32x4.mul(v128.load(q + (i << 5)), t));
    for (let i = 0; i < 8; i++) {
      const r = q + (i << 5);
      v128.store(r, exponential(f32x4.sub(f32x4.mul(v128.load(r), t), top)));
    }
    // The order of this sum is the order of `softmax`.
    const s0 = f32x4.add(v128.load(q), v128.load(q, 128)), s1 = f32x4.add(v128.load(q, 32), v128.load(q, 160));
    const s2 = f32x4.add(v128.load(q, 64), v128.load(q, 192)), s3 = f32x4.add(v128.load(q, 96), v128.load(q, 224));
    const sum = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
    for (let i = 0; i < 8; i++) v128.store(q + (i << 5), f32x4.div(v128.load(q + (i << 5)), sum));
  }
}

/** A panel [8 rows][8 points] -> W[8 points][8 rows], in four blocks of 4 x 4. */
export function transposePanel(L: usize, W: usize): void {
  for (let i = 0; i < 2; i++) {
    for (let j = 0; j < 2; j++) {
      const q = L + (i << 7) + (j << 4), o = W + (j << 7) + (i << 4);
      const a = v128.load(q), b = v128.load(q, 32), c = v128.load(q, 64), d = v128.load(q, 96);
      const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(o, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
      v128.store(o, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7), 32);
      v128.store(o, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5), 64);
      v128.store(o, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7), 96);
    }
  }
}
