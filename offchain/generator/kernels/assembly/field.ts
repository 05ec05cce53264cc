import { features } from "./features";
import { gemm } from "./gemm";
import { mixPalette, softmax } from "./head";
import { addBias, gemmModulate } from "./modulate";

// The whole network for one tile of points before the next tile, so that activations stay in the first-level cache.
// The table is i32 words: [warpIn, warpGain, warpShift, warpOut, waves, waveCount, featureCount, width, layers, head, headBias, warpWidth,
// then per layer: weights, gain, shift]. Results do not depend on the tile size.

/** Bytes of scratch that `fieldForward` needs for tiles of T points. */
export function fieldScratch(T: i32, featureCount: i32, width: i32, warpWidth: i32): i32 {
  return (T * (4 + warpWidth + 8 + 2 + featureCount + 2 * width)) << 2;
}

/**
 * xy[M,2] -> W[M,8], the slot weights at this temperature or, at temperature 0, the logits; and rgb[M,3] where `rgb` is not 0. M a multiple of T, T of 4.
 * `codes` [M,8] may be 0.
 */
export function fieldForward(
  xy: usize, codes: usize, W: usize, rgb: usize, palette: usize, M: i32, T: i32, table: usize, scratch: usize, temperature: f32,
): void {
  const warpIn = <usize>load<i32>(table), warpGain = <usize>load<i32>(table, 4), warpShift = <usize>load<i32>(table, 8);
  const warpOut = <usize>load<i32>(table, 12), waves = <usize>load<i32>(table, 16), waveCount = load<i32>(table, 20);
  const featureCount = load<i32>(table, 24), width = load<i32>(table, 28), layers = load<i32>(table, 32);
  const head = <usize>load<i32>(table, 36), bias = <usize>load<i32>(table, 40), warpWidth = load<i32>(table, 44);
  const P = scratch, V = P + (T << 4), D = V + ((T * warpWidth) << 2), Q = D + (T << 5), X = Q + (T << 3);
  const h0 = X + ((T * featureCount) << 2), h1 = h0 + ((T * width) << 2);
  for (let m = 0; m < M; m += T) {
    expandPoints(xy + (m << 3), P, T);
    gemmModulate(P, warpIn, warpGain, warpShift, 0, V, T, 4, warpWidth);
    gemm(V, warpOut, D, T, warpWidth, 8, 0);
    displace(P, D, Q, T);
    for (let k = 0; k < T; k++) {
      const q = X + ((k * featureCount + 2 * waveCount + 4) << 2), c = codes + ((m + k) << 5);
      v128.store(q, codes ? v128.load(c) : f32x4.splat(0));
      v128.store(q, codes ? v128.load(c, 16) : f32x4.splat(0), 16);
    }
    features(Q, waves, X, T, waveCount, featureCount);
    let from = h1, to = h0;
    for (let l = 0; l < layers; l++) {
      const e = table + 48 + l * 12;
      const weights = <usize>load<i32>(e), gain = <usize>load<i32>(e, 4), shift = <usize>load<i32>(e, 8);
      gemmModulate(l ? from : X, weights, gain, shift, l ? from : 0, to, T, l ? width : featureCount, width);
      const swap = from;
      from = to;
      to = swap;
    }
    const w = W + (m << 5);
    gemm(from, head, w, T, width, 8, 0);
    if (temperature == 0) addBias(w, bias, T, 8);
    else softmax(w, bias, temperature, T);
    if (rgb) mixPalette(w, palette, rgb + m * 12, T);
  }
}

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
