import type { GuardConfig } from "./config.ts";
import { gradeOf } from "./grade.ts";
import { MEASURES, type MeasureName } from "./measures.ts";
import { createPicture } from "./picture.ts";

/** Reason for a work whose grade is below the threshold. */
export const LOW_GRADE = "low-grade";

/** What the guard found. All integers, so that the transcript says the same everywhere. */
export interface Verdict {
  readonly pass: boolean;
  /** Each measure that the configuration uses, by name, and `grade`, 0..10000. */
  readonly scores: Readonly<Record<string, number>>;
  /** Why the work is rejected, in the order of the configuration, each once; empty if it passes. */
  readonly reasons: readonly string[];
}

/**
 * Judges a render of 64 x 64 x 3 bytes on its own: exact, so anyone gets the same verdict.
 * @param options.threshold least grade, 0..10000, from the conditions of the batch.
 * @throws FatalError `guard/bad-preview` if the render has another size.
 */
export function screen(
  rgb64: Uint8Array,
  options: { readonly config: GuardConfig; readonly threshold: number },
): Verdict {
  const { config, threshold } = options;
  const picture = createPicture(rgb64);
  const scores: Record<string, number> = {};
  const measured = (name: MeasureName): number =>
    (scores[name] ??= MEASURES[name](picture));
  const reasons = new Set<string>();
  for (const { reason, measure, least, most } of config.screens) {
    const value = measured(measure);
    if (
      (least !== undefined && value < least) ||
      (most !== undefined && value > most)
    )
      reasons.add(reason);
  }
  const grade = gradeOf(config.grade, measured);
  if (grade < threshold) reasons.add(LOW_GRADE);
  return {
    pass: reasons.size === 0,
    scores: { ...scores, grade },
    reasons: [...reasons],
  };
}
