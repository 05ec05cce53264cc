import { parseGuardConfig, type GuardConfig } from "../../guard/config.ts";
import {
  QUOTATION_REASONS,
  type Quotation,
  type References,
} from "../../guard/quotation.ts";
import { copyBounds, PATCH_SHARE } from "./copy-bounds.ts";
import { judged, type Drawn } from "./draw.ts";
import { guardBounds, WIDENING } from "./guard-bounds.ts";

/** A guard that rejects more than this share of even the best candidates would leave works without any after all tries. */
const MOST_REJECTED = 0.4;
/** Candidates that tell how often a group is accepted. */
const ENOUGH = 5;
/** Times that a guard is made more lenient. */
const STEPS = 3;

/** How much a guard was asked to let pass. */
export interface Leniency {
  /** See {@link guardBounds}. */
  readonly widening: number;
  /** Share of the dataset's own patch distances; see {@link copyBounds}. */
  readonly patchShare: number;
}

/** The guard of a dataset, as strict as the calibration begins with or more lenient. */
export function guardOf(
  pictures: readonly Uint8Array[],
  usual: Quotation,
  { widening, patchShare }: Leniency = {
    widening: WIDENING,
    patchShare: PATCH_SHARE,
  },
): GuardConfig {
  return parseGuardConfig({
    ...guardBounds(pictures, widening),
    quotation: copyBounds(usual, patchShare),
  });
}

/**
 * Makes a guard more lenient while it rejects more than two fifths of the candidates of the group that it accepts most often
 * (other groups may deserve it): bounds are widened twice as far where it is
 * the bounds, and a third is taken off the share of patches where it is quoted patches, at most three times each. A few pictures that
 * are nothing like each other leave no room otherwise. What is a copy as a whole stays one. Candidates come back judged anew.
 */
export function lenientGuard(
  pictures: readonly Uint8Array[],
  usual: Quotation,
  references: References,
  drawn: readonly Drawn[],
  groupOf: (sample: Drawn) => string,
): { guard: GuardConfig; leniency: Leniency; samples: Drawn[] } {
  const copies = new Set<string>(Object.values(QUOTATION_REASONS));
  let leniency: Leniency = { widening: WIDENING, patchShare: PATCH_SHARE };
  let guard = guardOf(pictures, usual, leniency);
  let samples = [...drawn];
  for (let step = 0; step < STEPS; step++) {
    const best = bestGroup(samples, groupOf);
    const share = (is: (reason: string) => boolean): number =>
      best.filter(({ reasons }) => reasons.some(is)).length / best.length;
    const bounds = share((reason) => !copies.has(reason)) > MOST_REJECTED;
    const patches =
      share((reason) => reason === QUOTATION_REASONS.patch) > MOST_REJECTED;
    if (!bounds && !patches) break;
    leniency = {
      widening: leniency.widening * (bounds ? 2 : 1),
      patchShare: leniency.patchShare * (patches ? 2 / 3 : 1),
    };
    guard = guardOf(pictures, usual, leniency);
    samples = samples.map((sample) => ({
      ...sample,
      ...judged(sample.preview, { guard, references }),
    }));
  }
  return { guard, leniency, samples };
}

/** The candidates of the group that is accepted most often, of groups with enough to tell; all of them if there is none. */
function bestGroup(
  samples: readonly Drawn[],
  groupOf: (sample: Drawn) => string,
): readonly Drawn[] {
  const rate = (of: readonly Drawn[]): number =>
    of.filter(({ accepted }) => accepted).length / of.length;
  const groups = [...new Set(samples.map(groupOf))]
    .map((name) => samples.filter((sample) => groupOf(sample) === name))
    .filter((of) => of.length >= ENOUGH)
    .sort((a, b) => rate(b) - rate(a));
  return groups[0] ?? samples;
}
