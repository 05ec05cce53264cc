import { colourMoments } from "./colour.ts";
import { filterAnswers } from "./filters.ts";
import { halved, moments, opponentColours, type Plane } from "./plane.ts";
import { layout, strokes } from "./structure.ts";

/** What a picture is described by: group name to its numbers. Every group weighs the same, however many numbers it has. */
export type FeatureGroups = Readonly<
  Record<
    "grain" | "motif" | "sparsity" | "strokes" | "layout" | "colour",
    readonly number[]
  >
>;

/** Deviations of the reference below this count as this: about a quarter of a level of 255. */
const LEAST_DEVIATION = 0.001;

/** No feature counts as further from the reference's mean than this many deviations: one odd number must not decide all. */
const MOST_DEVIATIONS = 3;

/**
 * Describes a picture of 64 x 64 x 3 bytes RGB by 480 numbers in six groups: grain, motif and sparsity (144 each), the
 * answers of two layers of fixed random filters at sides 64, 32 and 16; strokes (16), the mean step of luma in four
 * directions at sides 64, 32, 16 and 8; layout (13) and colour (19) of the whole.
 * @throws FatalError `generator/bad-likeness` if the picture has another size.
 */
export function featuresOf(rgb: Uint8Array): FeatureGroups {
  const full = opponentColours(rgb);
  const half = halved(full);
  const quarter = halved(half);
  const planes: Plane[] = [full, half, quarter, halved(quarter)];
  const answers = planes.slice(0, 3).map(filterAnswers);
  return {
    grain: answers.flatMap(({ grain }) => grain),
    motif: answers.flatMap(({ motif }) => motif),
    sparsity: answers.flatMap(({ sparsity }) => sparsity),
    strokes: planes.flatMap(strokes),
    layout: layout(planes),
    colour: colourMoments(full, rgb),
  };
}

/** A space in which pictures are points: the reference set lies around the origin, with a mean squared length of about 1. */
export type FeatureSpace = (rgb: Uint8Array) => Float64Array;

/**
 * The feature space of a reference set: every number less the set's mean, in the set's deviations (at least 0.001, at most 3
 * of them counted), each group divided by the root of its length and all by the root of the number of groups.
 * @throws FatalError `generator/bad-likeness` if a picture has another size.
 */
export function featureSpace(reference: readonly Uint8Array[]): FeatureSpace {
  const described = reference.map((rgb) => flat(featuresOf(rgb)));
  const length = described[0]?.values.length ?? 0;
  const scales = Array.from({ length }, (_, k) => {
    const [mean, deviation] = moments(
      described.map(({ values }) => values[k]!),
    );
    return { mean, deviation: Math.max(deviation, LEAST_DEVIATION) };
  });
  return (rgb) => {
    const { values, weights } = flat(featuresOf(rgb));
    return Float64Array.from(values, (value, k) => {
      const { mean, deviation } = scales[k]!;
      const away = (value - mean) / deviation;
      return (
        Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, away)) *
        weights[k]!
      );
    });
  };
}

function flat(groups: FeatureGroups): { values: number[]; weights: number[] } {
  const lists = Object.values(groups);
  return {
    values: lists.flat(),
    weights: lists.flatMap((list) =>
      list.map(() => 1 / Math.sqrt(list.length * lists.length)),
    ),
  };
}
