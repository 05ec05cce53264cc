/**
 * The bare multiply-add loop that benches compare with: eight chains held in registers, 64 floating-point operations a turn.
 * The operand changes every turn so that nothing can be hoisted.
 */
export function multiplyAddLoop(turns: i32, p: usize): void {
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
  v128.store(p, a, 32); v128.store(p, b, 48); v128.store(p, c, 64); v128.store(p, d, 80);
  v128.store(p, e, 96); v128.store(p, f, 112); v128.store(p, g, 128); v128.store(p, h, 144);
}

/** The other bare loop: twelve chains x = x t + w, 96 operations a turn. Benches take the faster of the two. */
export function multiplyAddChains(turns: i32, p: usize): void {
  const t = v128.load(p), w = v128.load(p, 16);
  let a = f32x4.splat(0), b = f32x4.splat(1), c = f32x4.splat(2), d = f32x4.splat(3);
  let e = f32x4.splat(4), f = f32x4.splat(5), g = f32x4.splat(6), h = f32x4.splat(7);
  let q = f32x4.splat(8), r = f32x4.splat(9), s = f32x4.splat(10), u = f32x4.splat(11);
  for (let i = 0; i < turns; i++) {
    a = f32x4.add(f32x4.mul(a, t), w); b = f32x4.add(f32x4.mul(b, t), w);
    c = f32x4.add(f32x4.mul(c, t), w); d = f32x4.add(f32x4.mul(d, t), w);
    e = f32x4.add(f32x4.mul(e, t), w); f = f32x4.add(f32x4.mul(f, t), w);
    g = f32x4.add(f32x4.mul(g, t), w); h = f32x4.add(f32x4.mul(h, t), w);
    q = f32x4.add(f32x4.mul(q, t), w); r = f32x4.add(f32x4.mul(r, t), w);
    s = f32x4.add(f32x4.mul(s, t), w); u = f32x4.add(f32x4.mul(u, t), w);
  }
  v128.store(p, a, 32); v128.store(p, b, 48); v128.store(p, c, 64); v128.store(p, d, 80);
  v128.store(p, e, 96); v128.store(p, f, 112); v128.store(p, g, 128); v128.store(p, h, 144);
  v128.store(p, q, 160); v128.store(p, r, 176); v128.store(p, s, 192); v128.store(p, u, 208);
}
