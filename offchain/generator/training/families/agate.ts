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
  lay,
  inside,
  ramp,
  wander,
  type Family,
} from "./paint.ts";

const BANDS: readonly [number, number, number][] = [
  [1.12, DEEP, INK],
  [1.0, INK, DEEP],
  [0.95, LOW, DEEP],
  [0.82, LIGHT, HIGH],
  [0.78, MID, LOW],
  [0.62, HIGH, MID],
  [0.52, INK, DEEP],
  [0.48, LIGHT, HIGH],
  [0.34, ACCENT, MID],
  [0.2, DEEP, INK],
  [0.1, LIGHT, ACCENT],
];

/** A cut stone: uneven rings about an open heart. Order is the number of lobes. */
export const agate: Family = {
  name: "agate",
  sample: (u, order) => {
    const squash = 1 + 0.25 * u[2]!;
    const lobe = (0.1 + 0.06 * u[3]!) * (1.25 - 0.09 * order);
    const size = 1 + 0.18 * u[4]!;
    return (x, y, w) => {
      const px = x * squash;
      const py = y / squash;
      const r = Math.hypot(px, py);
      const t = Math.atan2(py, px);
      const open = ramp(0, 0.5, r);
      const v =
        (r *
          (1 +
            open * lobe * Math.cos(order * t + 0.6 * u[5]! + 1.2 * r * u[6]!)) +
          (0.1 + 0.05 * u[0]!) *
            open *
            wander(1.5 * x, (1.5 + 0.3 * u[1]!) * y, 1.2 * u[7]! + order)) /
        size;
      fill(w, GROUND);
      for (const [edge, slot, shade] of BANDS)
        lay(w, inside(v - edge), slot, shade, ramp(edge - 0.14, edge, v));
    };
  },
};
