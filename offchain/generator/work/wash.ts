import type { Colour } from "./colours.ts";
import type { Wash } from "./light.ts";

/** What each slot takes of a wash: the ground all, what stands on it little, what shines hardly any. */
const TAKES = [1, 0.28, 0.28, 0.28, 0.28, 0.16, 0.08, 0.28];

/** Makes the function that washes a colour printed for a slot at window point (x, y). Its answer holds until the next. */
export function createWash(
  wash: Wash | null,
): (colour: Colour, slot: number, x: number, y: number) => Colour {
  if (!wash) return (colour) => colour;
  const { upright, rim, rimShare, glow, glowShare } = wash;
  const washed: [number, number, number] = [0, 0, 0];
  return (colour, slot, x, y) => {
    const part = TAKES[slot] ?? 0;
    // 0 where the rim lies, 1 where the glow does.
    const t = upright
      ? Math.min(1, Math.max(0, (y + 1) / 1.35))
      : 1 - Math.min(1, (x * x + y * y) / 1.5);
    const a = part * rimShare * (1 - t) * (1 - t);
    const b = part * glowShare * t * t;
    for (let c = 0; c < 3; c++) {
      const under = colour[c]! + (rim[c]! - colour[c]!) * a;
      washed[c] = under + (glow[c]! - under) * b;
    }
    return washed;
  };
}
