// What a tuning step draws: points, their colours, and noise for their codes. Integers decide, so that a step repeats itself anywhere.

const HELD_STRIDE: i32 = 27;
const HELD_MASK: i32 = 63;

/** Whether a pixel is kept for validation: one in 64. */
export function heldOut(x: i32, y: i32): i32 {
  return ((x + HELD_STRIDE * y) & HELD_MASK) == 0 ? 1 : 0;
}

/**
 * uv[n,2]: points of [0, 1) squared, evenly spread (Roberts' R2 sequence) from a random first one. Points in a held-out pixel of a
 * picture with `side` pixels move to its neighbour.
 */
export function drawPoints(uv: usize, n: i32, side: i32, seedX: i32, seedY: i32): void {
  let x: u32 = <u32>seedX, y: u32 = <u32>seedY;
  const pixel: f32 = <f32>1 / <f32>side;
  for (let p = 0; p < n; p++) {
    let u = <f32>(x >>> 8) * <f32>5.9604644775390625e-8;
    const v = <f32>(y >>> 8) * <f32>5.9604644775390625e-8;
    const px = <i32>(u * <f32>side);
    if (heldOut(px, <i32>(v * <f32>side))) u += px + 1 < side ? pixel : -pixel;
    store<f32>(uv + (p << 3), u);
    store<f32>(uv + (p << 3), v, 4);
    x += 0xc13fa9a9;
    y += 0x91e10da5;
  }
}

/** out[n,3] = the colours, 0..1, of a picture [side,side,3] of bytes at uv[n,2], linear between the centres of its pixels. */
export function sampleColours(picture: usize, side: i32, uv: usize, out: usize, n: i32): void {
  const last = <f32>(side - 1), row = side * 3;
  for (let p = 0; p < n; p++) {
    const x = max<f32>(0, min<f32>(last, load<f32>(uv + (p << 3)) * <f32>side - <f32>0.5));
    const y = max<f32>(0, min<f32>(last, load<f32>(uv + (p << 3), 4) * <f32>side - <f32>0.5));
    const ix = min(<i32>x, side - 2), iy = min(<i32>y, side - 2), fx = x - <f32>ix, fy = y - <f32>iy;
    const q = picture + iy * row + ix * 3;
    for (let c = 0; c < 3; c++) {
      const a = <f32>load<u8>(q + c), b = <f32>load<u8>(q + c + 3), d = <f32>load<u8>(q + c + row), e = <f32>load<u8>(q + c + row + 3);
      const top = a + (b - a) * fx, bottom = d + (e - d) * fx;
      store<f32>(out + (p * 3 + c) * 4, (top + (bottom - top) * fy) * <f32>0.00392156862745098);
    }
  }
}

/** X[n] += noise, nearly normal: the four bytes of a hash (lowbias32, Wellons 2018) added up, less their mean. n a multiple of 4. */
export function addNoise(X: usize, n: i32, seed: i32, scale: f32): void {
  // Standard deviation of the sum of four bytes.
  const k = f32x4.splat(scale / <f32>147.8005);
  let counter = i32x4.add(i32x4.splat(seed), i32x4(0, 1, 2, 3));
  const bytes = i32x4.splat(0xff00ff), low = i32x4.splat(0xffff);
  for (let i = 0; i < n; i += 4) {
    let h = counter;
    h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(0x7feb352d));
    h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), i32x4.splat(<i32>0x846ca68b));
    h = v128.xor(h, i32x4.shr_u(h, 16));
    const pairs = i32x4.add(v128.and(h, bytes), v128.and(i32x4.shr_u(h, 8), bytes));
    const sum = i32x4.sub(i32x4.add(v128.and(pairs, low), i32x4.shr_u(pairs, 16)), i32x4.splat(510));
    const q = X + (i << 2);
    v128.store(q, f32x4.add(v128.load(q), f32x4.mul(f32x4.convert_i32x4_s(sum), k)));
    counter = i32x4.add(counter, i32x4.splat(4));
  }
}
