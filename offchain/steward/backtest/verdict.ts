import type { Estimate } from "./bootstrap.ts";
import type { StrengthResult } from "./run.ts";

/** A claim needs the whole interval on its side. */
export type Standing = "ahead" | "behind" | "even";

/** What may be said of a policy, strength by strength. */
export interface Verdict {
  /** Against holding the royalty where it was, by the stated reward. */
  readonly still: readonly Standing[];
  /** Against the best royalty that stands still, which only hindsight knows. */
  readonly bestFixed: readonly Standing[];
  /** `ahead` only where it is ahead of holding still as fitted and nowhere behind; `behind` where it is behind as fitted. */
  readonly overall: Standing | "depends";
}

/** Differences below a tenth of a percent are none. */
const NOTHING = 0.001;

/** On which side an interval lies. */
export function standingOf({ low, high }: Estimate): Standing {
  if (low > 0 && high > NOTHING) return "ahead";
  return high < 0 && low < -NOTHING ? "behind" : "even";
}

/** What the results allow to be said. */
export function verdictOf(
  results: readonly Pick<StrengthResult, "strength" | "still" | "bestFixed">[],
): Verdict {
  const still = results.map((one) => standingOf(one.still.reward));
  const fitted =
    still[results.findIndex(({ strength }) => strength === 1)] ?? "even";
  return {
    still,
    bestFixed: results.map((one) => standingOf(one.bestFixed.reward)),
    overall:
      fitted === "behind"
        ? "behind"
        : still.includes("behind")
          ? "depends"
          : fitted,
  };
}
