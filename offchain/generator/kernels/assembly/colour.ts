import { sumLanes } from "./arithmetic";

/**
 * Squared error of mixed colours, back to slots and palette: rgb[M,3] = W[M,8] palette[3][8] against target[M,3].
 * W becomes the gradient of the logits before temperature (1) of scale/2 times the sum of squares; dbias += its columns, and
 * dpalette[3][8] += the palette's. Returns the sum of squares.
 */
export function colourBackward(
  W: usize, palette: usize, rgb: usize, target: usize, dpalette: usize, dbias: usize, scale: f32, M: i32,
): f64 {
  let loss: f64 = 0;
  let b0 = v128.load(dbias), b1 = v128.load(dbias, 16);
  for (let m = 0; m < M; m++) {
    const q = W + (m << 5), a = v128.load(q), b = v128.load(q, 16);
    let g0 = f32x4.splat(0), g1 = g0;
    for (let c = 0; c < 3; c++) {
      const o = (m * 3 + c) << 2, p = palette + (c << 5), d = dpalette + (c << 5);
      const error = load<f32>(rgb + o) - load<f32>(target + o);
      loss += <f64>(error * error);
      const e = f32x4.splat(error * scale);
      g0 = f32x4.add(g0, f32x4.mul(e, v128.load(p)));
      g1 = f32x4.add(g1, f32x4.mul(e, v128.load(p, 16)));
      v128.store(d, f32x4.add(v128.load(d), f32x4.mul(e, a)));
      v128.store(d, f32x4.add(v128.load(d, 16), f32x4.mul(e, b)), 16);
    }
    const mean = f32x4.splat(sumLanes(f32x4.add(f32x4.mul(a, g0), f32x4.mul(b, g1))));
    const l0 = f32x4.mul(a, f32x4.sub(g0, mean)), l1 = f32x4.mul(b, f32x4.sub(g1, mean));
    v128.store(q, l0);
    v128.store(q, l1, 16);
    b0 = f32x4.add(b0, l0);
    b1 = f32x4.add(b1, l1);
  }
  v128.store(dbias, b0);
  v128.store(dbias, b1, 16);
  return loss;
}
