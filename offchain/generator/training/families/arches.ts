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
  wander,
  type Family,
} from "./paint.ts";

/** Rainbows of clay: arches within arches, some half hidden. Order picks the group. */
export const arches: Family = {
  name: "arches",
  sample: (u, order) => {
    const groups = [
      {
        x: -0.52 + 0.2 * u[0]!,
        top: -0.2 + 0.14 * u[1]!,
        r: 0.55,
        bands: [MID, LIGHT, LOW, GROUND],
      },
      {
        x: 0.5 + 0.16 * u[2]!,
        top: 0.12 + 0.14 * u[3]!,
        r: 0.6,
        bands: [HIGH, DEEP, LIGHT, MID, INK],
      },
      {
        x: -0.08 + 0.3 * u[4]!,
        top: 0.42 + 0.08 * u[5]!,
        r: 0.5,
        bands: [DEEP, ACCENT, LIGHT, INK],
      },
    ];
    const floor = 1.02;
    const lift = 0.12 * (hash(order, 3) - 0.5);
    return (x, y, w) => {
      const px = x + 0.025 * wander(2 * x, 2 * y, order);
      const py = y + 0.025 * wander(2 * y, 2 * x, order + 2);
      fill(w, GROUND);
      lay(
        w,
        inside(
          Math.hypot(px - 0.4 - 0.3 * u[6]!, py + 0.62 - 0.1 * u[7]!) - 0.24,
        ),
        ACCENT,
        LIGHT,
        ramp(-0.3, -0.9, py),
      );
      groups.forEach((g, k) => {
        const flip = order % 2 ? -1 : 1;
        const cx = px * flip - g.x;
        const cy = py - g.top - lift * (k + 1);
        const reach = g.r * (0.85 + 0.3 * hash(order, k));
        const d = cy < 0 ? Math.hypot(cx, cy) : Math.abs(cx);
        const n = g.bands.length;
        for (let b = 0; b < n; b++) {
          const edge = reach * (1 - b / (n + 0.35));
          lay(
            w,
            inside(d - edge),
            g.bands[b]!,
            g.bands[(b + 1) % n]!,
            ramp(0.2, 1, py) * 0.6,
          );
        }
      });
      lay(w, inside(floor - 0.12 - py), DEEP, INK, ramp(floor - 0.1, 1.25, py));
    };
  },
};
