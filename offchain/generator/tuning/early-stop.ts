import { VALIDATIONS, type TuningPlan } from "./plan.ts";

/** What early stop remembers between two steps; all integers, errors in thousand-millionths, 0: none yet. */
export type EarlyStopState = {
  readonly skipped: number;
  readonly last: number;
  readonly best: number;
  readonly stale: number;
};

/** Watches the error at held-out points. */
export type EarlyStop = {
  /** Steps between validations. */
  readonly every: number;
  /** Steps of the schedule that are left out by now. */
  readonly skipped: () => number;
  /** Takes the squared error after so many steps. */
  readonly hear: (error: number, step: number) => void;
  /** The last error heard, if any. */
  readonly last: () => number | undefined;
  readonly state: () => EarlyStopState;
};

const SCALE = 1e9;
/** A gain is 0.01 dB. */
const GAIN = 0.9977;
/** Where the learning rate has fallen to a fifth: what a high rate does not gain any more, a low one still does. */
const LAST_PART = 0.7;

/**
 * Where nothing is gained for `patience` validations, the run goes on with the last part of its schedule; if it is there already, it
 * ends. Plain stopping would give away the half decibel that a falling rate brings.
 */
export function createEarlyStop(
  plan: Pick<TuningPlan, "steps" | "patience">,
  resume?: EarlyStopState,
): EarlyStop {
  let { skipped, last, best, stale } = resume ?? {
    skipped: 0,
    last: 0,
    best: 0,
    stale: 0,
  };
  return {
    every: Math.max(1, Math.floor(plan.steps / VALIDATIONS)),
    skipped: () => skipped,
    hear(error, step) {
      last = Math.floor(error * SCALE) + 1;
      const gained = best === 0 || last < best * GAIN;
      stale = gained ? 0 : stale + 1;
      if (gained) best = last;
      if (plan.patience === 0 || stale < plan.patience) return;
      const at = step + skipped;
      const next = Math.floor(plan.steps * LAST_PART);
      skipped += Math.max(0, (at < next ? next : plan.steps) - at);
      stale = 0;
    },
    last: () => (last === 0 ? undefined : last / SCALE),
    state: () => ({ skipped, last, best, stale }),
  };
}
