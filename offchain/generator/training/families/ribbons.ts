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

/** Widths and slots of one repeat: thick and thin, dark against light. */
const RIBBONS: readonly [number, number, number][] = [
  [0, GROUND, LIGHT],
  [0.26, DEEP, INK],
  [0.46, ACCENT, LOW],
  [0.54, LIGHT, HIGH],
  [0.62, MID, LOW],
  [0.8, INK, DEEP],
  [0.86, HIGH, MID],
];

/** Ribbons that swell and fold across the picture. Order picks the folds. */
export const ribbons: Family = {
  name: "ribbons",
  sample: (u, order) => {
    const pitch = 0.5 + 0.04 * order;
    return (x, y, w) => {
      const a = wander(0.9 * x, 0.9 * y, 1.1 * u[0]! + 6.3 * hash(order, 1));
      const b = wander(
        0.7 * y + 2,
        0.8 * x - a * 0.5,
        1.1 * u[1]! + 6.3 * hash(order, 2),
      );
      const v =
        pitch *
          (y +
            0.35 * u[2]! * x +
            (0.5 + 0.2 * u[3]!) * a +
            (0.25 + 0.15 * u[4]!) * b * x) +
        0.3 * u[5]! +
        hash(order, 3) +
        4;
      const f = v - Math.floor(v);
      fill(w, HIGH);
      for (const [edge, slot, shade] of RIBBONS)
        lay(
          w,
          edge ? inside((edge - f) * 0.9) : inside(-f * 0.9),
          slot,
          shade,
          ramp(0.15, 0, f - edge),
        );
    };
  },
};
