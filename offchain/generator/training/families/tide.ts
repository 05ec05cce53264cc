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
  type Family,
} from "./paint.ts";

/** A moon over water, its light broken by the swell. Order is the number of waves. */
export const tide: Family = {
  name: "tide",
  sample: (u, order) => {
    const moonX = 0.45 * u[0]!;
    const moonY = -0.36 + 0.16 * u[1]!;
    const moonR = 0.3 + 0.09 * u[2]!;
    const horizon = 0.14 + 0.12 * u[3]!;
    const swell = 0.5 + 0.5 * u[4]!;
    const far = 3.1 * u[5]!;
    return (x, y, w) => {
      fill(w, GROUND);
      const d = Math.hypot(x - moonX, y - moonY);
      lay(w, inside(d - moonR * 2.35), GROUND, HIGH, 0.75);
      lay(w, inside(d - moonR * 1.6), HIGH, LIGHT, 0.5);
      const bite = Math.hypot(
        x - moonX - 0.3 * moonR * u[6]!,
        y - moonY + 0.14 * moonR,
      );
      lay(w, inside(d - moonR), ACCENT, LIGHT, ramp(moonR * 0.7, moonR, bite));
      const coast =
        horizon -
        0.12 *
          Math.max(
            0,
            Math.sin(1.7 * x + far) + 0.35 * Math.sin(4.1 * x - far) - 0.2,
          );
      lay(w, inside(coast - y), LOW, MID, ramp(0.1, 0, y - coast));
      if (y < horizon - 0.03) return;
      const depth = Math.max(0, y - horizon);
      const near = Math.sqrt(depth + 0.02);
      const wave = Math.sin(
        order * 2.6 * near +
          0.5 * Math.sin((2.6 - near) * x * 1.5 + 6.3 * hash(order, 1) + swell),
      );
      const slots = [MID, LOW, DEEP, INK];
      const band = depth < 0.22 ? 0 : depth < 0.55 ? 1 : 2;
      lay(w, inside(horizon - y), slots[band]!, slots[band + 1]!, 0.5);
      lay(
        w,
        inside(horizon - y) * inside(0.1 * (0.35 - wave)),
        slots[band + 1]!,
        slots[band]!,
        0.3,
      );
      for (let k = 0; k < 5; k++) {
        const at = horizon + 0.07 + 0.075 * k + 0.035 * k * k;
        const glint = ellipse(
          x - moonX - 0.05 * (k % 2 ? 1 : -1) * (1 + swell),
          y - at,
          0.16 + 0.07 * k,
          0.026 + 0.012 * k,
        );
        lay(w, inside(glint), ACCENT, LIGHT, 0.4 + 0.15 * k);
      }
    };
  },
};
