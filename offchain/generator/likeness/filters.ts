import { utf8 } from "../../kernel/bytes.ts";
import { keccak256 } from "../../kernel/digest.ts";
import { createRng, type Rng } from "../../kernel/rng.ts";
import { moments, type Plane } from "./plane.ts";

/** Filters of each layer. */
export const FILTERS = 24;
const FIRST = 5;
const SECOND = 3;

/** [filter][row][column][channel], zero mean in each channel and unit length: flat colour answers nothing. */
const first = drawn("likeness/first", FIRST, 3);
const second = drawn("likeness/second", SECOND, FILTERS);

/** Largest sparsity that counts: a single spot on an empty ground. */
const MOST_SPARSE = 4;

/**
 * Two layers of fixed random filters (random features of Jarrett et al., 2009; no network has to be shipped, and none can
 * have seen the data): 5 x 5 over the colours, the strength of each answer, then 3 x 3 over those.
 * Gives mean and deviation of the answers of the first layer (grain) and the second (motif), and of both the deviation as
 * share of the mean (sparsity): few strong edges and many weak ones have the same mean and are not the same.
 */
export function filterAnswers(
  plane: Plane,
): Record<"grain" | "motif" | "sparsity", number[]> {
  const answers = convolved(plane, first, FIRST, plane.side > 32 ? 2 : 1);
  const grain = each(answers, moments);
  const motif = each(convolved(answers, second, SECOND, 2), moments);
  return {
    grain: grain.flat(),
    motif: motif.flat(),
    sparsity: [...grain, ...motif].map(([mean, deviation]) =>
      mean < 1e-6 ? 0 : Math.min(MOST_SPARSE, deviation / mean),
    ),
  };
}

function each<T>(
  { side, values }: Plane,
  of: (values: Float64Array) => T,
): T[] {
  return Array.from({ length: FILTERS }, (_, f) =>
    of(
      Float64Array.from(
        { length: side * side },
        (_, i) => values[i * FILTERS + f]!,
      ),
    ),
  );
}

/** Strengths of the answers at every `step`-th place where the filter fits. */
function convolved(
  { side, depth, values }: Plane,
  filters: Float64Array,
  size: number,
  step: number,
): Plane {
  const out = Math.floor((side - size) / step) + 1;
  const answers = new Float64Array(out * out * FILTERS);
  const row = size * depth;
  const length = size * row;
  const seen = new Float64Array(length);
  for (let y = 0; y < out; y++)
    for (let x = 0; x < out; x++) {
      for (let v = 0; v < size; v++) {
        const at = ((y * step + v) * side + x * step) * depth;
        seen.set(values.subarray(at, at + row), v * row);
      }
      for (let f = 0; f < FILTERS; f++) {
        let sum = 0;
        const at = f * length;
        for (let k = 0; k < length; k++) sum += filters[at + k]! * seen[k]!;
        answers[(y * out + x) * FILTERS + f] = Math.abs(sum);
      }
    }
  return { side: out, depth: FILTERS, values: answers };
}

function drawn(name: string, size: number, depth: number): Float64Array {
  const rng: Rng = createRng(keccak256(utf8(name)));
  const cells = size * size;
  const length = cells * depth;
  const filters = Float64Array.from({ length: FILTERS * length }, () =>
    rng.gauss(),
  );
  for (let f = 0; f < FILTERS; f++) {
    const filter = filters.subarray(f * length, (f + 1) * length);
    for (let c = 0; c < depth; c++) {
      let mean = 0;
      for (let i = 0; i < cells; i++) mean += filter[i * depth + c]! / cells;
      for (let i = 0; i < cells; i++) filter[i * depth + c]! -= mean;
    }
    let squares = 0;
    for (const value of filter) squares += value * value;
    const norm = Math.sqrt(squares);
    for (let i = 0; i < length; i++) filter[i]! /= norm;
  }
  return filters;
}
