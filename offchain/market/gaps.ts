import type { CleaningReport, DayPoint } from "./series.ts";

/** Neighbouring prices that differ by this factor are counted as a jump. */
export const JUMP = 10n;

/** How rough a series is: its jumps, its gaps, and its widest step in days. */
export function measureSteps(
  days: readonly DayPoint[],
): Pick<CleaningReport, "jumps" | "gaps" | "widestStep"> {
  let jumps = 0;
  let gaps = 0;
  let widestStep = 1;
  days.forEach((point, i) => {
    const before = days[i - 1];
    if (before === undefined) return;
    if (
      point.price >= before.price * JUMP ||
      before.price >= point.price * JUMP
    )
      jumps++;
    if (point.day - before.day > 1) gaps++;
    widestStep = Math.max(widestStep, point.day - before.day);
  });
  return { jumps, gaps, widestStep };
}
