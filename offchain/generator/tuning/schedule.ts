import type { TuningLayout } from "./layout.ts";
import type { TuningPlan } from "./plan.ts";

/** What one step does to a run of numbers. */
export type PartStep = {
  readonly at: number;
  readonly size: number;
  readonly rate: number;
  readonly decay: number;
};

const WARM_UP = 60;
const FLOOR = 0.02;
const BETA1 = 0.9;
const BETA2 = 0.99;
/** Learning rates beside the matrices': codes are seen by few points each, palettes are nearly right at once. */
const CODES = 4;
const PALETTES = 0.4;
/** What codes lose at full rate in a step, so that those which nothing needs go back to zero. */
const DECAY = 2e-6;

/** Warm-up, then a fall along 1 - 3t^2 + 2t^3 to a fiftieth; Adam's bias correction is in the rates. */
export function createSchedule(
  plan: TuningPlan,
  layout: TuningLayout,
): (step: number) => readonly PartStep[] {
  const [palettes, codes] = [layout.part("palettes"), layout.part("codes")];
  const shared = { at: 0, size: palettes.at };
  return (step) => {
    const warm = Math.min(1, (step + 1) / WARM_UP);
    const t = Math.min(1, step / plan.steps);
    const fall = 1 - t * t * (3 - 2 * t);
    const level = warm * (FLOOR + (1 - FLOOR) * fall);
    const correction =
      Math.sqrt(1 - BETA2 ** (step + 1)) / (1 - BETA1 ** (step + 1));
    const rate = (plan.rate / 1e6) * level * correction;
    return [
      { ...shared, rate, decay: 0 },
      { ...palettes, rate: rate * PALETTES, decay: 0 },
      { ...codes, rate: rate * CODES, decay: DECAY * level },
    ];
  };
}
