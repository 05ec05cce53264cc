/**
 * The bare multiply-add loop that benches compare with: eight sums in registers, each adding a product of its own, 64 floating-point
 * operations a turn. The factors change every turn, so that nothing can be hoisted or shared.
 */
export function multiplyAddLoop(turns: i32, p: usize): void {
  let t = v128.load(p), u = v128.load(p, 16);
  const w = v128.load(p, 32), x = v128.load(p, 48), y = v128.load(p, 64), z = v128.load(p, 80);
  let a = f32x4.splat(0), b = f32x4.splat(1), c = f32x4.splat(2), d = f32x4.splat(3);
  let e = f32x4.splat(4), f = f32x4.splat(5), g = f32x4.splat(6), h = f32x4.splat(7);
  for (let i = 0; i < turns; i++) {
    t = v128.xor(t, w);
    u = v128.xor(u, w);
    a = f32x4.add(a, f32x4.mul(t, w)); b = f32x4.add(b, f32x4.mul(t, x));
    c = f32x4.add(c, f32x4.mul(t, y)); d = f32x4.add(d, f32x4.mul(t, z));
    e = f32x4.add(e, f32x4.mul(u, w)); f = f32x4.add(f, f32x4.mul(u, x));
    g = f32x4.add(g, f32x4.mul(u, y)); h = f32x4.add(h, f32x4.mul(u, z));
  }
  v128.store(p, a, 96); v128.store(p, b, 112); v128.store(p, c, 128); v128.store(p, d, 144);
  v128.store(p, e, 160); v128.store(p, f, 176); v128.store(p, g, 192); v128.store(p, h, 208);
}

/**
 * The same with one product added to all eight sums. A compiler may compute that product once, so this is rather a bare loop of
 * additions, and faster; an early probe compared with it, so it is kept and printed beside the other.
 */
export function sharedProductLoop(turns: i32, p: usize): void {
  let t = v128.load(p);
  const w = v128.load(p, 16);
  let a = f32x4.splat(0), b = f32x4.splat(1), c = f32x4.splat(2), d = f32x4.splat(3);
  let e = f32x4.splat(4), f = f32x4.splat(5), g = f32x4.splat(6), h = f32x4.splat(7);
  for (let i = 0; i < turns; i++) {
    t = v128.xor(t, w);
    a = f32x4.add(a, f32x4.mul(t, w)); b = f32x4.add(b, f32x4.mul(t, w));
    c = f32x4.add(c, f32x4.mul(t, w)); d = f32x4.add(d, f32x4.mul(t, w));
    e = f32x4.add(e, f32x4.mul(t, w)); f = f32x4.add(f, f32x4.mul(t, w));
    g = f32x4.add(g, f32x4.mul(t, w)); h = f32x4.add(h, f32x4.mul(t, w));
  }
  v128.store(p, a, 96); v128.store(p, b, 112); v128.store(p, c, 128); v128.store(p, d, 144);
  v128.store(p, e, 160); v128.store(p, f, 176); v128.store(p, g, 192); v128.store(p, h, 208);
}
