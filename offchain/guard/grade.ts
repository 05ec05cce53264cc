import type { GradeTerm } from "./config.ts";
import type { MeasureName } from "./measures.ts";

/**
 * The aesthetic grade, 0..10000: of each term its weight, times how far its measure lies up the ramp from `none` to
 * `full` (and down again from `until` to `over`), rounded down term by term. A stated sum of stated numbers: no taste is
 * hidden in it, and anyone can recompute it.
 */
export function gradeOf(
  terms: readonly GradeTerm[],
  measured: (name: MeasureName) => number,
): number {
  return terms.reduce(
    (sum, term) => sum + earned(term, measured(term.measure)),
    0,
  );
}

function earned(
  { weight, none, full, until, over }: GradeTerm,
  value: number,
): number {
  if (value <= none) return 0;
  if (value < full)
    return Math.floor((weight * (value - none)) / (full - none));
  if (until === undefined || over === undefined || value <= until)
    return weight;
  return value >= over
    ? 0
    : Math.floor((weight * (over - value)) / (over - until));
}
