import {
  ACCENT,
  DEEP,
  GROUND,
  HIGH,
  INK,
  LIGHT,
  LOW,
  MID,
  fill,
  inside,
  lay,
  ramp,
  stroke,
  type Family,
} from "./paint.ts";

/** One flower, face on: rings of petals with veins, a heart. Order is the number of petals. */
export const bloom: Family = {
  name: "bloom",
  sample: (u, order) => {
    const slots = [INK, LOW, HIGH, LIGHT];
    const shades = [DEEP, DEEP, MID, HIGH];
    const depth = 0.2 + 0.1 * u[0]!;
    const twist = 0.7 * u[1]!;
    const size = 0.25 + 0.03 * u[2]!;
    const core = 0.07 * u[5]!;
    const offset = 0.3 * u[3]!;
    const heart = 0.1 + 0.035 * u[4]!;
    const point = 0.5 + 0.5 * u[7]!;
    return (x, y, w) => {
      const r = Math.hypot(x, y);
      const t = Math.atan2(y, x) + twist * r;
      fill(w, GROUND);
      for (let l = 0; l < 4; l++) {
        const c = Math.cos(order * t + Math.PI * (l % 2) + offset * l);
        const lobe = c + point * 0.35 * c * c * c - 0.15;
        const edge =
          (size * (4 - l) + core * (l % 2)) * (1 + depth * lobe) * 0.95;
        const near = ramp(0.3 * edge, edge, r);
        lay(
          w,
          inside(r - edge),
          slots[l]!,
          shades[l]!,
          ramp(0.55, 0.95, r / edge) * 0.9,
        );
        if (l === 1 || l === 2)
          lay(
            w,
            inside(r - edge * 0.86) * near * inside((0.93 - c) * 0.25),
            l === 1 ? DEEP : MID,
          );
      }
      lay(w, inside(r - heart * 1.5), INK);
      lay(w, inside(r - heart), ACCENT, LIGHT, ramp(heart, 0, r));
      lay(w, stroke(r - 1.12, 0.05), GROUND, HIGH, 0.6);
    };
  },
};
