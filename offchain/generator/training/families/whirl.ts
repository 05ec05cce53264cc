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

/** Arms that turn out of one eye, as in a shell or a storm. Order is the number of arms. */
export const whirl: Family = {
  name: "whirl",
  sample: (u, order) => {
    const slots = [DEEP, LIGHT, LOW, HIGH, INK, MID, ACCENT, HIGH];
    const shades = [INK, HIGH, DEEP, MID, DEEP, LOW, MID, LIGHT];
    const wind = 1.3 + 0.7 * u[0]!;
    const eye = 0.14 + 0.05 * u[1]!;
    const size = 0.92 + 0.14 * u[2]!;
    return (x, y, w) => {
      const r = Math.hypot(x, y);
      const t = Math.atan2(y, x) + wind * Math.log(r * r + 0.06) * 0.6;
      const v = ((((order * t) / (2 * Math.PI)) % order) + order) % order;
      const arm = Math.floor(v);
      const f = v - arm;
      const rim =
        size * (1 + (0.1 + 0.06 * u[3]!) * (Math.sin(Math.PI * f) - 0.5));
      const last = (arm + order - 1) % order;
      fill(w, GROUND);
      const soft = Math.min(
        0.4,
        (0.02 * order) / (2 * Math.PI * Math.max(r, 0.05)),
      );
      const e = ramp(0, 2 * soft, f);
      const body = inside(r - rim);
      lay(w, body, slots[last]!, shades[last]!, 0.9);
      lay(w, body * e, slots[arm]!, shades[arm]!, ramp(0.45, 1, f));
      const vein = stroke(
        (f - 0.5 - 0.12 * u[5]!) * r,
        (0.055 + 0.02 * u[4]!) * ramp(0.15, 0.8, r / rim),
      );
      lay(w, inside(r - rim * 0.9) * vein, slots[(arm + 3) % 8]!);
      lay(w, inside(r - eye * 1.5), INK);
      lay(
        w,
        inside(r - eye),
        order % 2 ? ACCENT : LIGHT,
        HIGH,
        ramp(0, eye, r) * 0.6,
      );
    };
  },
};
