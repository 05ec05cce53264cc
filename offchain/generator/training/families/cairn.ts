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
  hash,
  inside,
  lay,
  ramp,
  spread,
  stroke,
  turn,
  type Family,
} from "./paint.ts";

/** Stones balanced on a shore before a low sun. Order is the number of stones. */
export const cairn: Family = {
  name: "cairn",
  sample: (u, order) => {
    const shore = 0.5 + 0.08 * u[0]!;
    const base = (0.56 + 0.07 * u[1]!) * (1.1 - 0.04 * order);
    const slots = [DEEP, MID, INK, LIGHT, LOW, HIGH, DEEP, MID];
    const shades = [INK, LOW, DEEP, HIGH, DEEP, MID, INK, LOW];
    const raw = Array.from(
      { length: order },
      (_, k) => (1 - 0.06 * k) * (0.75 + 0.5 * hash(order, k)),
    );
    const total = raw.reduce((a, b) => a + b, 0);
    let top = 0.72;
    const stones = raw.map((h, k) => {
      const ry = (0.7 * h) / total;
      const wide =
        base *
        (1 - (0.62 * k) / order) *
        (0.8 + 0.4 * hash(order, k + 11)) *
        (1 + 0.14 * (k % 2 ? u[2]! : u[3]!));
      top -= ry * 0.98;
      const stone = {
        x: 0.09 * spread(order, k + 22) + 0.06 * u[4]! * (k % 2 ? 1 : -1),
        y: top,
        rx: Math.max(ry * 1.15, wide),
        ry,
        tilt: 0.1 * spread(order, k + 33) + 0.08 * u[5]!,
      };
      top -= ry * 0.98;
      return stone;
    });
    return (x, y, w) => {
      fill(w, GROUND);
      const sun = Math.hypot(x - 0.35 * u[6]!, y + 0.12 - 0.15 * u[7]!) - 0.55;
      lay(w, inside(sun), ACCENT, LIGHT, ramp(0, -0.7, sun));
      lay(w, inside(shore - y), LOW, MID, ramp(0.2, 0, y - shore));
      lay(
        w,
        inside(shore + 0.26 + 0.05 * Math.sin(2.4 * x + 2 * u[0]!) - y),
        DEEP,
        LOW,
        0.5,
      );
      stones.forEach((s, k) => {
        const [a, b] = turn(x - s.x, y - s.y, s.tilt);
        const d = ellipse(a, b * (1 - 0.12 * (a / s.rx)), s.rx, s.ry);
        lay(w, inside(d), slots[k]!, shades[k]!, ramp(-0.4, 1, b / s.ry));
        if (k % 3 === 1)
          lay(
            w,
            inside(d) * stroke(b - 0.2 * a - 0.15 * s.ry, 0.12 * s.ry),
            LIGHT,
          );
      });
    };
  },
};
