import {
  ACCENT,
  DEEP,
  GROUND,
  HIGH,
  INK,
  LIGHT,
  LOW,
  MID,
  ellipse,
  fill,
  inside,
  lay,
  ramp,
  stroke,
  turn,
  type Family,
} from "./paint.ts";

/** A palmette: feathers that open from the foot, each with an eye. Order is the number of feathers. */
export const palmette: Family = {
  name: "palmette",
  sample: (u, order) => {
    const footY = 0.78 + 0.08 * u[0]!;
    const open = 1.05 + 0.22 * u[1]!;
    const long = 1.22 + 0.12 * u[2]!;
    const fat = (0.9 + 0.16 * u[3]!) * (open / order) * 0.9;
    const eye = 0.34 + 0.08 * u[4]!;
    const arcs = 1.42 + 0.1 * u[5]!;
    const feathers = Array.from({ length: order }, (_, k) => {
      const s = (2 * k) / (order - 1) - 1;
      return {
        angle: -Math.PI / 2 + open * s,
        long: long * (1 - 0.2 * s * s) * (1 + 0.06 * u[6]! * (k % 2 ? 1 : -1)),
        far: Math.abs(s),
        odd: k % 2 === 1,
      };
    }).sort((a, b) => b.far - a.far);
    return (x, y, w) => {
      fill(w, GROUND);
      const px = x - 0.12 * u[7]! * (footY - y);
      const r = Math.hypot(px, y - footY);
      lay(w, inside(r - arcs), HIGH, LIGHT, ramp(arcs, 0.9, r));
      lay(w, stroke(r - arcs + 0.09, 0.025), LIGHT);
      for (const f of feathers) {
        const [a, b] = turn(px, y - footY, f.angle);
        if (a < -0.1) continue;
        const t = a / f.long;
        const half = fat * f.long * (0.12 + 0.88 * ramp(0, 0.78, t));
        const cap = ellipse(a - 0.78 * f.long, b, 0.22 * f.long, fat * f.long);
        const d = t < 0.78 ? Math.abs(b) - half : cap;
        lay(w, inside(d - 0.03), INK);
        lay(w, inside(d), f.odd ? MID : LOW, DEEP, ramp(0.9, 0.2, t));
        lay(
          w,
          inside(
            ellipse(a - 0.74 * f.long, b, 0.18 * f.long, fat * f.long * 0.72),
          ),
          LIGHT,
          HIGH,
          ramp(0, fat, b),
        );
        lay(
          w,
          inside(
            ellipse(a - 0.76 * f.long, b, 0.13 * f.long, fat * f.long * 0.5),
          ),
          f.odd ? ACCENT : DEEP,
          INK,
          0.3,
        );
        lay(
          w,
          inside(
            ellipse(
              a - 0.78 * f.long,
              b,
              0.07 * f.long,
              fat * f.long * eye * 0.75,
            ),
          ),
          f.odd ? INK : ACCENT,
        );
        lay(w, inside(Math.max(Math.abs(b) - 0.012, a - 0.52 * f.long)), LIGHT);
      }
      lay(w, inside(r - 0.27), INK);
      lay(w, inside(r - 0.23), ACCENT, LIGHT, ramp(0.25, 0, r));
      lay(w, inside(r - 0.12), DEEP);
    };
  },
};
