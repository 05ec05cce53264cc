import type { GradeTerm, GuardConfig } from "../../guard/config.ts";
import { MEASURES, type MeasureName } from "../../guard/measures.ts";
import { hashDistance } from "../../guard/near-duplicate.ts";
import { perceptualHash } from "../../guard/perceptual-hash.ts";
import { createPicture } from "../../guard/picture.ts";

/** Reasons of the built-in recipe's guard, the measure that each bounds, and on which side. */
const SCREENS: readonly [
  reason: string,
  measure: MeasureName,
  least: boolean,
  most: boolean,
][] = [
  ["blank", "spread", true, false],
  ["low-contrast", "contrast", true, false],
  ["low-contrast", "massing", true, false],
  ["clipped", "clipped", false, true],
  ["too-dark-or-bright", "brightness", true, true],
  ["banded", "banding", false, true],
  ["mud", "vividness", true, false],
  ["one-colour", "dominance", false, true],
  ["one-colour", "colours", true, false],
  ["soft", "crispness", true, false],
  ["empty", "detail", true, false],
  ["empty", "bareness", false, true],
  ["lopsided", "balance", true, false],
  ["noisy", "grain", false, true],
  ["noisy", "detail", false, true],
  ["face", "face", false, true],
];

/** What the grade rewards, and how much, as the built-in recipe does. */
const GRADED: readonly [measure: MeasureName, weight: number][] = [
  ["crispness", 3_000],
  ["detail", 2_500],
  ["contrast", 1_500],
  ["chroma", 1_000],
  ["balance", 1_000],
  ["colours", 1_000],
];

/** Below this a picture is blank whatever the dataset holds: five levels. */
const BLANK = 500;
/** Accidental faces are no works, unless the dataset itself looks like faces. */
const FACES = 2;
/** Measures in bps of the picture: at most 10000, where a bound bounds nothing. */
const SHARES = new Set<MeasureName>([
  "clipped",
  "banding",
  "dominance",
  "bareness",
  "balance",
]);
/** Hashes of the built-in recipe's works are near-duplicates up to 18 bits; no recipe goes further. */
const MOST_BITS = 18;
const LEAST_BITS = 4;

/** A twentieth of the picture: shares are widened by so much at least, since a dataset may have none at all of something. */
const PART = 500;

/** What bounds are widened by on each side: share of the way from the middle of the range to its end. */
export const WIDENING = 0.5;

/** Smallest, middle and largest value of a measure over the dataset. */
type Range = Readonly<{ low: number; middle: number; high: number }>;

/**
 * Guard bounds that a dataset's own pictures pass: each measure's range over them, widened on each side by half of the way
 * from the middle to that end (or by another share of it), but never below half of the least (less, if widened by more): so
 * what is blank, mud or noise beside the dataset stays out, whatever kind of pictures it holds. Grades reward lying within the range itself.
 * @param pictures 64 x 64 x 3 bytes each.
 * @throws FatalError `guard/bad-preview` if one has another size.
 */
export function guardBounds(
  pictures: readonly Uint8Array[],
  widening = WIDENING,
): Omit<GuardConfig, "quotation"> {
  const prepared = pictures.map(createPicture);
  const leastOf = ({ low, middle }: Range): number =>
    Math.floor(Math.max(low / (4 * widening), low - (middle - low) * widening));
  const mostOf = (measure: MeasureName, { middle, high }: Range): number => {
    const least = SHARES.has(measure) ? PART : 0;
    return Math.ceil(high + Math.max(least, (high - middle) * widening));
  };
  const ranges = new Map<MeasureName, Range>();
  const rangeOf = (measure: MeasureName): Range => {
    const known = ranges.get(measure);
    if (known) return known;
    const range = spanOf(prepared.map(MEASURES[measure]));
    ranges.set(measure, range);
    return range;
  };
  return {
    version: 1,
    screens: SCREENS.flatMap(([reason, measure, least, most]) => {
      const range = rangeOf(measure);
      const floor = measure === "spread" ? BLANK : 0;
      const lower = Math.max(floor, leastOf(range));
      const upper =
        measure === "face"
          ? Math.max(FACES, range.high)
          : mostOf(measure, range);
      const bounds = {
        ...(least && lower > 0 ? { least: lower } : {}),
        ...(most && !(SHARES.has(measure) && upper >= 10_000)
          ? { most: upper }
          : {}),
      };
      return Object.keys(bounds).length > 0
        ? [{ reason, measure, ...bounds }]
        : [];
    }),
    grade: gradeWithin(rangeOf, { leastOf, mostOf }),
    nearDuplicate: { distance: duplicateBits(pictures) },
  };
}

/**
 * Terms that earn everything within the range. A measure that a picture of the dataset has nothing of gives its weight to
 * `colours`, of which even a blank has one.
 */
function gradeWithin(
  rangeOf: (measure: MeasureName) => Range,
  {
    leastOf,
    mostOf,
  }: {
    leastOf: (range: Range) => number;
    mostOf: (measure: MeasureName, range: Range) => number;
  },
): GradeTerm[] {
  const terms = GRADED.flatMap(([measure, weight]): GradeTerm[] => {
    const range = rangeOf(measure);
    if (range.low < 2) return [];
    const none = Math.min(leastOf(range), range.low - 1);
    const over = Math.max(mostOf(measure, range), range.high + 1);
    return [
      { measure, weight, none, full: range.low, until: range.high, over },
    ];
  });
  const given = terms.reduce((sum, { weight }) => sum + weight, 0);
  return terms.map((term) =>
    term.measure === "colours"
      ? { ...term, weight: term.weight + 10_000 - given }
      : term,
  );
}

/** Half of the middle distance of the pictures' hashes to their nearest. */
function duplicateBits(pictures: readonly Uint8Array[]): number {
  const hashes = pictures.map(perceptualHash);
  const nearest = hashes.map((hash, i) =>
    Math.min(
      ...hashes.flatMap((other, j) =>
        i === j ? [] : hashDistance(hash, other),
      ),
    ),
  );
  const half = Math.floor(spanOf(nearest).middle / 2);
  return Math.max(LEAST_BITS, Math.min(MOST_BITS, half));
}

function spanOf(values: readonly number[]): Range {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (place: number): number => sorted[place] ?? 0;
  return {
    low: at(0),
    middle: at(sorted.length >> 1),
    high: at(sorted.length - 1),
  };
}
