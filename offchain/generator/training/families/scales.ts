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
  type Family,
} from "./paint.ts";

/** Rings of one scale from the rim inwards; every third scale wears the second set. */
const RINGS: readonly (readonly [number, number, number])[] = [
  [1, INK, LIGHT],
  [0.92, LIGHT, ACCENT],
  [0.74, LOW, DEEP],
  [0.57, HIGH, HIGH],
  [0.4, DEEP, INK],
  [0.22, ACCENT, LIGHT],
];

/** Waves as overlapping scales, swelling over a slow current. Order sets their number. */
export const scales: Family = {
  name: "scales",
  sample: (u, order) => {
    const cell = 1.3 - 0.06 * order + 0.05 * u[0]!;
    const flow = 0.16 + 0.08 * u[1]!;
    return (x, y, w) => {
      const px =
        (x + flow * Math.sin(1.6 * y + 2 * u[2]!) + 0.1 * u[3]!) / cell;
      const py =
        (y + flow * Math.sin(1.9 * x + 2 * u[4]!) + 0.15 * u[5]! * x * x) /
        cell;
      fill(w, GROUND);
      const row = Math.floor(py * 2);
      for (let j = row - 1; j <= row + 2; j++) {
        const odd = j & 1 ? 0.5 : 0;
        const column = Math.floor(px - odd + 0.5);
        const other = px - odd - column > 0 ? column + 1 : column - 1;
        for (const k of [other, column]) {
          const d = Math.hypot(px - k - odd, py - j * 0.5 - 0.12) * 1.72;
          if (d > 1.05) continue;
          const set =
            hash(j * 7 + order, k * 3 + 5) > 0.72 - 0.15 * u[6]! ? 2 : 1;
          for (const ring of RINGS)
            lay(
              w,
              inside((d - ring[0]) * cell * 0.58),
              ring[set]!,
              set === 1 ? MID : HIGH,
              0.6 * ramp(-0.3, 0.5, (py - j * 0.5) * (1 + u[7]!)),
            );
        }
      }
    };
  },
};
