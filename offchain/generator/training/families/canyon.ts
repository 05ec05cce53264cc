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
  spread,
  type Family,
} from "./paint.ts";

/** Walls that close in on a slit of light. Order picks the walls. */
export const canyon: Family = {
  name: "canyon",
  sample: (u, order) => {
    const slots = [HIGH, MID, ACCENT, LOW, DEEP, INK];
    const shades = [LIGHT, HIGH, LOW, MID, LOW, DEEP];
    const lean = 0.25 * u[0]!;
    const slit = 0.12 + 0.07 * u[1]!;
    const bend = 0.13 + 0.06 * u[2]!;
    return (x, y, w) => {
      fill(w, GROUND);
      lay(w, ramp(1, -1, y), GROUND, LIGHT, 0.9);
      for (let l = 0; l < 6; l++) {
        for (const side of [-1, 1]) {
          const k = 2 * l + (side > 0 ? 1 : 0);
          const f = 1.7 + 0.8 * spread(order, k);
          const p =
            3.1 * spread(order, k + 30) + 1.1 * (side > 0 ? u[3]! : u[4]!);
          const wall =
            side * (slit + 0.17 * l) +
            lean * (y + 0.2) +
            0.2 * Math.max(0, y - 0.1) * side * -1 * (1 - 0.25 * u[5]!) +
            bend *
              (Math.sin(f * y + p) + 0.3 * Math.sin(2.4 * f * y - p + u[7]!)) *
              (0.7 + 0.12 * l);
          const d = side * (wall - x);
          lay(w, inside(d), slots[l]!, shades[l]!, ramp(-0.14, 0, d));
        }
      }
    };
  },
};
