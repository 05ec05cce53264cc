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
  hash,
  inside,
  lay,
  ramp,
  stroke,
  type Family,
} from "./paint.ts";

/** Layered hills under a sun. Order picks the skyline. */
export const dunes: Family = {
  name: "dunes",
  sample: (u, order) => {
    const sunX = 0.1 + 0.5 * u[0]!;
    const sunY = -0.4 + 0.18 * u[1]!;
    const sunR = 0.27 + 0.09 * u[2]!;
    const relief = 0.11 + 0.05 * u[3]!;
    const horizon = -0.12 + 0.14 * u[4]!;
    const slots = [HIGH, MID, LOW, DEEP, INK];
    const lights = [LIGHT, HIGH, MID, LOW, DEEP];
    return (x, y, w) => {
      fill(w, GROUND);
      lay(w, ramp(-0.6, horizon, y), GROUND, LIGHT, 0.8);
      const d = Math.hypot(x - sunX, y - sunY) - sunR;
      lay(w, stroke(d - 0.11, 0.025), GROUND, ACCENT, 0.9);
      lay(w, inside(d), ACCENT, LIGHT, ramp(0, -2 * sunR, d + y - sunY));
      for (let l = 0; l < 5; l++) {
        const f = 1.3 + 0.9 * hash(order, l) + 0.1 * l;
        const p = 6.3 * hash(order, l + 9) + 1.2 * (l % 2 ? u[5]! : u[6]!);
        const t = f * x + p;
        const skew = t + 0.55 * Math.sin(t + 0.8 * u[7]!);
        const ridge =
          horizon +
          0.24 * l +
          (0.7 + 0.16 * l) *
            relief *
            (Math.sin(skew) + 0.28 * Math.sin(2.3 * t + l));
        lay(
          w,
          inside(ridge - y),
          slots[l]!,
          lights[l]!,
          ramp(0.16, 0, y - ridge),
        );
      }
    };
  },
};
