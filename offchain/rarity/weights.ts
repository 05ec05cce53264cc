import type { Observation } from "../kernel/observation.ts";

import { FULL, signalsOf, type Signals } from "./signals.ts";
import type { TraitValue } from "./table.ts";

/** Effective weights count thousandths of the table's: room for the market to move them. */
export const UNIT = 1_000;

/** However the market stands, a weight stays within these parts of the table's, so nothing dies out or takes over. */
const LEAST_FACTOR = 125;
const MOST_FACTOR = 8_000;

/**
 * A value's weight as the market and the sensitivity move it, in thousandths of the table's unit: at least an eighth and
 * at most eight times what the table says; never 0 unless the table says 0.
 * @param sensitivityBps 10000 as the table says, 0 not at all.
 */
export function effectiveWeight(
  { weight, response = {} }: TraitValue,
  signals: Signals,
  sensitivityBps: number,
): number {
  const push =
    (response.volatility ?? 0) * signals.volatility +
    (response.trend ?? 0) * signals.trend +
    (response.sentiment ?? 0) * signals.sentiment;
  // push / FULL is bps of the weight at full sensitivity; the product stays below 2^53 (1.2e9 * 65535).
  const factor =
    UNIT + Math.trunc((push * sensitivityBps) / (FULL * 10_000 * 10));
  return weight * Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, factor));
}

/** The effective weights of some values under an observation. */
export function effectiveWeights(
  values: readonly TraitValue[],
  observation: Observation,
  sensitivityBps: number,
): number[] {
  const signals = signalsOf(observation);
  return values.map((value) => effectiveWeight(value, signals, sensitivityBps));
}

/** Generations after which the odds are even; more change nothing. */
export const EVEN_AT = 4;

/**
 * The weights of a forged work: each generation goes a quarter of the way from the given odds to even odds among the values
 * that can occur at all, so rare values gain and the fourth generation has all of them alike. Integers without rounding:
 * the sum is four times the number of such values times the given sum. Generation 0 keeps the weights as they are.
 */
export function forgedWeights(
  weights: readonly number[],
  generation: number,
): readonly number[] {
  const moved = Math.min(generation, EVEN_AT);
  if (moved === 0) return weights;
  const living = weights.filter((weight) => weight > 0).length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // At most 4 * 40 * 3.2e9: far below 2^53.
  return weights.map((weight) =>
    weight === 0 ? 0 : (EVEN_AT - moved) * living * weight + moved * total,
  );
}
