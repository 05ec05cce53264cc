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
  leaf,
  ramp,
  stroke,
  turn,
  type Family,
} from "./paint.ts";

/** A vase of round flowers on a table. Order is the number of flowers. */
export const vase: Family = {
  name: "vase",
  sample: (u, order) => {
    const table = 0.52 + 0.08 * u[0]!;
    const belly = 0.29 + 0.06 * u[1]!;
    const neck = 0.11 + 0.03 * u[2]!;
    const high = 0.05 + 0.1 * u[3]!;
    const foot = table + 0.2;
    const fan = 0.6 + 0.12 * u[4]!;
    const flowers = Array.from({ length: order }, (_, k) => {
      const s = order === 1 ? 0 : (2 * k) / (order - 1) - 1;
      return {
        x: fan * s + 0.1 * u[5]! * (1 - s * s),
        y:
          high -
          0.42 -
          0.36 * (1 - s * s) -
          (k % 2 ? 0.17 : 0) +
          0.06 * u[6]! * s,
        r: (0.23 - 0.011 * order) * (0.85 + 0.4 * hash(order, k)),
        slot: [ACCENT, LIGHT, MID, ACCENT, HIGH, ACCENT, LIGHT, MID][k]!,
        core: [LIGHT, ACCENT, LIGHT, INK, ACCENT, LIGHT, ACCENT, LIGHT][k]!,
      };
    });
    const side = (y: number): number => {
      const t = (y - high) / (foot - high);
      const b = Math.sin(
        Math.PI * Math.pow(Math.min(1, Math.max(0, t)), 0.75 + 0.25 * u[7]!),
      );
      return neck + (belly - neck) * b + 0.05 * ramp(0.12, 0, t) + 0.02 * t;
    };
    return (px, py, w) => {
      const x = px * 1.02;
      const y = py * 1.04 - 0.07;
      fill(w, GROUND);
      lay(w, inside(table - y), LOW, DEEP, ramp(table, 1.2, y));
      lay(w, inside(ellipseShadow(x - 0.14, y - foot, belly)), DEEP, INK, 0.7);
      for (const f of flowers) {
        const t = ramp(high + 0.05, f.y, y);
        const stem = f.x * (t * t * 0.6 + t * 0.4);
        if (y < high + 0.06 && y > f.y) lay(w, stroke(x - stem, 0.018), DEEP);
        for (const hand of [-1, 1]) {
          const [a, b] = turn(
            x - f.x * 0.42,
            y - (f.y * 0.45 + high * 0.55),
            -Math.PI / 2 + hand * 0.9 + f.x,
          );
          lay(
            w,
            inside(leaf(a, b, 0.26, 0.055)),
            DEEP,
            LOW,
            b * hand > 0 ? 1 : 0,
          );
        }
      }
      for (const f of flowers) {
        const d = Math.hypot(x - f.x, y - f.y);
        const t = Math.atan2(y - f.y, x - f.x);
        const edge = f.r * (1 + 0.09 * Math.cos(7 * t));
        lay(w, inside(d - edge), f.slot, INK, ramp(0.5, 1, d / edge) * 0.6);
        lay(w, inside(d - f.r * 0.42), f.core);
      }
      const t = (y - high) / (foot - high);
      const body = inside(Math.max(Math.abs(x) - side(y), high - y, y - foot));
      lay(w, body, HIGH, MID, ramp(-0.1, 0.3, x));
      lay(w, body * stroke(t - 0.45, 0.13), INK, DEEP, ramp(0, 0.3, x));
      lay(w, body * stroke(t - 0.45 + 0.05 * Math.sin(14 * x), 0.035), ACCENT);
      lay(w, body * stroke(t - 0.72, 0.025), INK);
    };
  },
};

const ellipseShadow = (x: number, y: number, belly: number): number =>
  (Math.hypot(x / (belly * 1.5), y / 0.06) - 1) * 0.06;
