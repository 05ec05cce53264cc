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
  ramp,
  stroke,
  type Family,
} from "./paint.ts";

/** Strands that pass over and under each other. Order sets the pitch and the colours. */
export const braid: Family = {
  name: "braid",
  sample: (u, order) => {
    const strands = 3;
    const slots = order % 2 ? [LOW, HIGH, ACCENT] : [DEEP, LIGHT, MID];
    const shades = order % 2 ? [DEEP, MID, LOW] : [INK, HIGH, LOW];
    const reach = 0.58 + 0.1 * u[0]!;
    const half = 0.17 + 0.035 * u[1]!;
    const pitch = 1.7 + 0.25 * u[2]! + 0.3 * (order % 3);
    const sway = 0.3 * u[3]!;
    return (x, y, w) => {
      fill(w, GROUND);
      const mid = sway * Math.sin(1.6 * y + 1.5 * u[4]!) + 0.12 * u[5]!;
      const swell = 1 + 0.22 * u[6]! * Math.sin(1.3 * y + 1);
      const strandsNow = Array.from({ length: strands }, (_, k) => {
        const p = pitch * y + (2 * Math.PI * k) / strands + 0.8 * u[7]!;
        return {
          k,
          at: mid + reach * swell * Math.sin(p),
          deep: Math.sin(2 * p),
          slope: reach * pitch * Math.cos(p),
        };
      }).sort((a, b) => a.deep - b.deep);
      for (const s of strandsNow) {
        const d = (x - s.at) / Math.sqrt(1 + s.slope * s.slope * 0.8);
        lay(w, inside(Math.abs(d) - half - 0.03), INK);
        lay(
          w,
          inside(Math.abs(d) - half),
          slots[s.k]!,
          shades[s.k]!,
          ramp(-half * 0.2, half, d),
        );
        lay(
          w,
          stroke(d + half * 0.35, half * 0.14),
          s.k === 1 && order % 2 === 0 ? HIGH : LIGHT,
        );
      }
    };
  },
};
