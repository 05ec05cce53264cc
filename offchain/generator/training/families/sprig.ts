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
  leaf,
  ramp,
  stroke,
  turn,
  type Family,
} from "./paint.ts";

/** A pressed branch: leaves in pairs along a bent stem, each half lit. Order is the number of pairs. */
export const sprig: Family = {
  name: "sprig",
  sample: (u, order) => {
    const bend = 0.22 * u[0]!;
    const open = 0.75 + 0.25 * u[1]!;
    const long = (0.62 + 0.12 * u[2]!) * (1.12 - 0.03 * order);
    const wide = (0.155 + 0.045 * u[3]!) * (1.35 - 0.075 * order);
    const shift = 0.5 * u[4]!;
    const stem = (y: number): number => bend * (y * y - 0.4) + 0.08 * u[5]! * y;
    return (px, py, w) => {
      const x = px * 1.12;
      const y = py * 1.12 - 0.08;
      fill(w, GROUND);
      const disc = Math.hypot(x - 0.1 * u[6]!, y + 0.12) - 0.78 - 0.08 * u[7]!;
      lay(w, inside(disc), HIGH, LIGHT, ramp(0, -0.8, disc + y));
      lay(
        w,
        inside(
          Math.max(Math.abs(x - stem(y)) - 0.016 - 0.012 * (y + 1), -y - 0.85),
        ),
        INK,
      );
      for (let k = 0; k < order; k++) {
        const s = k / (order - 1);
        for (const side of [-1, 1]) {
          const y0 = 0.72 - 1.35 * s - (side > 0 ? 0.06 * (1 + shift) : 0);
          const grow = 1 - 0.45 * s * s;
          const angle = -Math.PI / 2 + side * (0.35 + open * (0.9 - 0.35 * s));
          const [a, b] = turn(x - stem(y0), y - y0, angle);
          const curl = b - side * 0.25 * a * a;
          const d = leaf(a, curl, long * grow, wide * (0.6 + 0.4 * grow), 0.7);
          const upper = side * curl < 0;
          lay(
            w,
            inside(d),
            upper ? MID : DEEP,
            upper ? LOW : INK,
            ramp(0, long, a),
          );
          lay(w, inside(d + 0.012) * stroke(curl, 0.012), LIGHT);
        }
      }
      const [a, b] = turn(x - stem(-0.7), y + 0.7, -Math.PI / 2);
      lay(
        w,
        inside(leaf(a, b, long * 0.6, wide * 0.8, 0.7)),
        ACCENT,
        LIGHT,
        ramp(0, 0.4, a),
      );
    };
  },
};
