import {
  ACCENT,
  DEEP,
  GROUND,
  HIGH,
  INK,
  LIGHT,
  LOW,
  MID,
  clamp,
  ellipse,
  fill,
  hash,
  inside,
  lay,
  ramp,
  spread,
  stroke,
  type Family,
} from "./paint.ts";

/** Trees on a rise, each half in the sun. Order picks the stand. */
export const grove: Family = {
  name: "grove",
  sample: (u, order) => {
    const count = 3 + (order % 3);
    const trees = Array.from({ length: count }, (_, k) => {
      const s = (2 * (k + 0.5)) / count - 1;
      return {
        x: 0.92 * s + 0.1 * spread(order, k) + 0.06 * u[k % 4]!,
        y: -0.2 + 0.2 * spread(order, k + 7) + 0.12 * (k % 2 ? u[0]! : u[1]!),
        rx: (0.34 - 0.028 * count) * (0.85 + 0.35 * hash(order, k + 13)),
        ry: 0.36 + 0.13 * spread(order, k + 19) + 0.07 * u[2]!,
        pear: 0.35 * hash(order, k + 29) + 0.1,
        body: [MID, ACCENT, LOW, HIGH, MID][k]!,
        shade: [DEEP, LOW, INK, MID, DEEP][k]!,
        near: hash(order, k + 5),
      };
    }).sort((a, b) => a.near - b.near);
    return (x, y, w) => {
      fill(w, GROUND);
      const sun = Math.hypot(x - 0.4 * u[3]!, y + 0.2 + 0.15 * u[4]!) - 0.62;
      lay(w, inside(sun), LIGHT, HIGH, ramp(-0.9, 0, sun + 0.5 * y));
      const hill = 0.38 + 0.1 * Math.sin(1.4 * x + 2.5 * u[5]!);
      lay(w, inside(hill - y), HIGH, MID, ramp(0, 0.4, y - hill));
      for (const t of trees) {
        const foot = 0.55 + 0.2 * t.near;
        if (y > t.y)
          lay(
            w,
            inside(y - foot) * stroke(x - t.x, 0.024 + 0.012 * clamp(y)),
            INK,
          );
        const wide = t.rx * (1 + t.pear * clamp((y - t.y) / t.ry + 0.5));
        const crown = ellipse(x - t.x, y - t.y, wide, t.ry);
        lay(w, inside(crown), t.body, LIGHT, 0.5 * ramp(0, -t.ry, y - t.y));
        const turnover =
          x - t.x - 0.22 * t.rx * Math.sin((4 * (y - t.y)) / t.ry + u[6]!);
        lay(w, inside(crown) * inside(-turnover), t.shade);
        for (const branch of [-0.1, 0.3])
          lay(
            w,
            inside(crown + 0.05) *
              stroke(y - t.y - branch * t.ry + 0.7 * Math.abs(x - t.x), 0.016),
            INK,
          );
        if (y > t.y - 0.4 * t.ry)
          lay(w, inside(y - foot) * stroke(x - t.x, 0.018), INK);
      }
      const near = 0.7 + 0.08 * Math.sin(2 * x + 2 + 2.5 * u[7]!);
      lay(w, inside(near - y), LOW, DEEP, ramp(0, 0.4, y - near));
      lay(w, inside(near + 0.2 + 0.03 * x - y), DEEP, INK, 0.5);
    };
  },
};
