import { exponential, largestLane, sumLanes } from "./arithmetic";

// The head: eight logits -> softmax -> a mix of the palette's eight slots. The palette stays outside of the network.

/** L[M,8] <- softmax((L + bias) temperature), in place. */
export function softmax(L: usize, bias: usize, temperature: f32, M: i32): void {
  const t = f32x4.splat(temperature), b0 = v128.load(bias), b1 = v128.load(bias, 16);
  for (let m = 0; m < M; m++) {
    const q = L + (m << 5);
    let a = f32x4.mul(f32x4.add(v128.load(q), b0), t), b = f32x4.mul(f32x4.add(v128.load(q, 16), b1), t);
    const top = f32x4.splat(largestLane(f32x4.max(a, b)));
    a = exponential(f32x4.sub(a, top));
    b = exponential(f32x4.sub(b, top));
    const sum = f32x4.splat(sumLanes(f32x4.add(a, b)));
    v128.store(q, f32x4.div(a, sum));
    v128.store(q, f32x4.div(b, sum), 16);
  }
}

/** rgb[M,3] = W[M,8] palette[3][8]. */
export function mixPalette(W: usize, palette: usize, rgb: usize, M: i32): void {
  for (let m = 0; m < M; m++) {
    const a = v128.load(W + (m << 5)), b = v128.load(W + (m << 5), 16);
    for (let c = 0; c < 3; c++) {
      const p = palette + (c << 5);
      const sum = sumLanes(f32x4.add(f32x4.mul(a, v128.load(p)), f32x4.mul(b, v128.load(p, 16))));
      store<f32>(rgb + ((m * 3 + c) << 2), sum);
    }
  }
}

/**
 * Cross-entropy of the softmax W[M,8] against the teacher's slot weights T[M,8].
 * W becomes the gradient of the logits, scale * temperature * (W - T); dbias += its columns.
 * Returns the sum of squared differences, the figure that training reports.
 */
export function crossEntropyBackward(W: usize, T: usize, dbias: usize, temperature: f32, scale: f32, M: i32): f64 {
  const k = f32x4.splat(temperature * scale);
  let d0 = v128.load(dbias), d1 = v128.load(dbias, 16);
  let loss: f64 = 0;
  for (let m = 0; m < M; m++) {
    const q = W + (m << 5), t = T + (m << 5);
    const a = f32x4.sub(v128.load(q), v128.load(t)), b = f32x4.sub(v128.load(q, 16), v128.load(t, 16));
    loss += <f64>sumLanes(f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b)));
    const ga = f32x4.mul(a, k), gb = f32x4.mul(b, k);
    v128.store(q, ga);
    v128.store(q, gb, 16);
    d0 = f32x4.add(d0, ga);
    d1 = f32x4.add(d1, gb);
  }
  v128.store(dbias, d0);
  v128.store(dbias, d1, 16);
  return loss;
}

/** Eight bits a channel: clamped, then floor(x 255 + 0.5). */
export function quantize(rgb: usize, out: usize, n: i32): void {
  for (let i = 0; i < n; i++) {
    const x = max<f32>(0, min<f32>(1, load<f32>(rgb + (i << 2))));
    store<u8>(out + i, <u8>floor<f32>(x * 255 + 0.5));
  }
}
