import type { Observation } from "../../kernel/observation.ts";

/** What the market does to a picture. Each is 0 on a neutral market and moves smoothly with the observation. */
export type Mood = Readonly<{
  /** Restlessness, thousandths 0..1000: half of it at a daily volatility of 4 %. */
  unrest: number;
  /** Direction of the last month, thousandths -1000..1000: half at 20 %. */
  drift: number;
  /** Greed against fear with the last day's change, thousandths -1000..1000. */
  warmth: number;
}>;

/** Reads the mood out of an observation. Integers only: thousandths, rounded down. */
export function moodOf({
  volatility,
  trend,
  sentiment,
  change,
}: Observation): Mood {
  const feeling = Math.floor((sentiment - 5_000) / 5);
  return {
    unrest: saturate(volatility, 400),
    drift: saturate(trend, 2_000),
    warmth: Math.max(
      -1000,
      Math.min(1000, Math.floor((feeling * 2 + saturate(change, 500)) / 2)),
    ),
  };
}

/** x / (|x| + half) in thousandths: linear near zero, never beyond 1000, half way at `half`. */
function saturate(x: number, half: number): number {
  const size = Math.abs(x);
  const value = Math.floor((1000 * size) / (size + half));
  return x < 0 ? -value : value;
}
