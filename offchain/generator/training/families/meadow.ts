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
  spread,
  stroke,
  turn,
  type Family,
} from "./paint.ts";

/** Tall flowers before a hill. Order picks the bed. */
export const meadow: Family = {
  name: "meadow",
  sample: (u, order) => {
    const count = 3 + (order % 3);
    const stems = Array.from({ length: count }, (_, k) => {
      const s = (2 * (k + 0.5)) / count - 1;
      return {
        x: 0.95 * s + 0.1 * spread(order, k),
        y: -0.15 - 0.5 * hash(order, k + 7) + 0.12 * (k % 2 ? u[0]! : u[1]!),
        r:
          (0.3 - 0.028 * count) *
          (0.8 + 0.5 * hash(order, k + 13)) *
          (1 + 0.2 * u[2]!),
        kind: Math.floor(3 * hash(order, k + 19)),
        lean: 0.16 * spread(order, k + 3) + 0.12 * u[3]!,
        slot: [ACCENT, LIGHT, ACCENT, HIGH][k % 4]!,
      };
    });
    return (x, y, w) => {
      fill(w, GROUND);
      const hill = 0.3 + 0.1 * u[4]! + 0.12 * Math.sin(1.5 * x + 2.5 * u[5]!);
      lay(w, inside(hill - y), MID, HIGH, ramp(0.25, 0, y - hill));
      const near = 0.68 + 0.08 * Math.sin(2.1 * x + 2 + 2.5 * u[6]!);
      for (const s of stems) {
        const t = clamp01((1.2 - y) / (1.2 - s.y));
        const at = s.x + s.lean * t * t - s.lean;
        if (y > s.y) lay(w, stroke(x - at, 0.021), INK);
        for (const hand of [-1, 1]) {
          const [a, b] = turn(
            x - (s.x - s.lean * 0.7),
            y - 0.42,
            -Math.PI / 2 + hand * (0.6 + 0.2 * u[7]!),
          );
          lay(
            w,
            inside(leaf(a, b, 0.5, 0.075, 0.8)),
            DEEP,
            LOW,
            hand * b > 0 ? 1 : 0,
          );
        }
        const dx = x - s.x;
        const dy = y - s.y;
        const d = Math.hypot(dx, dy);
        if (s.kind === 0) {
          lay(w, inside(d - s.r), s.slot, INK, ramp(0.6, 1, d / s.r) * 0.5);
          lay(w, inside(d - s.r * 0.45), INK);
          lay(w, inside(d - s.r * 0.25), LIGHT);
        } else if (s.kind === 1) {
          const a = Math.atan2(dy, dx);
          lay(
            w,
            inside(d - s.r * (1 + 0.25 * Math.cos(6 * a))),
            s.slot,
            MID,
            ramp(0.3, 1, d / s.r),
          );
          lay(w, inside(d - s.r * 0.4), INK);
        } else {
          const cup = Math.max(
            Math.hypot(dx, dy) - s.r,
            -dy - 0.3 * s.r + 0.18 * s.r * Math.cos((4 * Math.PI * dx) / s.r),
          );
          lay(w, inside(cup), s.slot, INK, ramp(0, 1, dy / s.r) * 0.7);
        }
      }
      lay(w, inside(near - y), LOW, DEEP, ramp(0, 0.4, y - near));
    };
  },
};

const clamp01 = (t: number): number => Math.min(1, Math.max(0, t));
