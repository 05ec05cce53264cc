import { FatalError } from "../kernel/errors.ts";
import type { GuardConfig } from "./config.ts";
import { gradeOf } from "./grade.ts";
import { MEASURES, type MeasureName } from "./measures.ts";
import { createPicture } from "./picture.ts";
import {
  QUOTATION_MEASURES,
  QUOTATION_REASONS,
  quotationOf,
  type References,
} from "./quotation.ts";

/** Reason for a work whose grade is below the threshold. */
export const LOW_GRADE = "low-grade";

/** What the guard found. All integers, so that the transcript says the same everywhere. */
export interface Verdict {
  readonly pass: boolean;
  /** Each measure that the configuration uses, by name, `grade`, 0..10000, and distances of copies, up to their bounds. */
  readonly scores: Readonly<Record<string, number>>;
  /** Why the work is rejected, in the order of the configuration, each once; empty if it passes. */
  readonly reasons: readonly string[];
}

/**
 * Judges a render of 64 x 64 x 3 bytes on its own: exact, so anyone gets the same verdict.
 * @param options.threshold least grade, 0..10000, from the conditions of the batch.
 * @param options.references what the recipe learned from, needed where the configuration bounds `quotation`.
 * @throws FatalError `guard/bad-preview` if the render has another size; `guard/no-references` if they are needed and not given.
 */
export function screen(
  rgb64: Uint8Array,
  options: {
    readonly config: GuardConfig;
    readonly threshold: number;
    readonly references?: References;
  },
): Verdict {
  const { config, threshold, references } = options;
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
  const copied = quoted(rgb64, config, references);
  for (const { reason } of copied.filter(({ near }) => near))
    reasons.add(reason);
  return {
    pass: reasons.size === 0,
    scores: {
      ...scores,
      grade,
      ...Object.fromEntries(copied.map(({ score, value }) => [score, value])),
    },
    reasons: [...reasons],
  };
}

/** The distances that the configuration bounds, each with its reason; nothing if it bounds none. */
function quoted(
  rgb64: Uint8Array,
  { quotation: bounds }: GuardConfig,
  references: References | undefined,
): { score: string; value: number; reason: string; near: boolean }[] {
  if (bounds === undefined) return [];
  if (references === undefined) {
    throw new FatalError(
      "guard/no-references",
      "The guard bounds copies, and no pictures were given to compare with; give those that the recipe learned from.",
    );
  }
  const distances = quotationOf(rgb64, references, bounds);
  return QUOTATION_MEASURES.map((measure) => ({
    score: `${measure}-distance`,
    value: distances[measure],
    reason: QUOTATION_REASONS[measure],
    near: distances[measure] < bounds[measure],
  }));
}
