import type { Hex } from "../kernel/bytes.ts";
import { errorBytes, LIARS } from "./functions-report.ts";

/** What one node's run of the script gave: one of the two. */
export interface NodeAnswer {
  readonly result: Hex | undefined;
  readonly error: string | undefined;
}

/**
 * What nodes agree on: the answer that most of them gave, if more gave it than may lie, so that an honest node is among them.
 * Otherwise the error that most of them had. Of equally many the smaller bytes, so that the order of nodes decides nothing.
 */
export function agree(answers: readonly NodeAnswer[]): {
  readonly result: Hex;
  readonly error: Hex;
} {
  const best = mostFrequent(answers.map(({ result }) => result));
  if (best !== undefined && best.count > LIARS)
    return { result: best.value, error: "0x" };
  const error = mostFrequent(answers.map((answer) => answer.error));
  return {
    result: "0x",
    error: errorBytes(
      error === undefined || error.count <= LIARS
        ? "the nodes do not agree"
        : error.value,
    ),
  };
}

function mostFrequent<T extends string>(
  values: readonly (T | undefined)[],
): { readonly value: T; readonly count: number } | undefined {
  const counts = new Map<T, number>();
  for (const value of values)
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [best] = [...counts].sort(
    ([a, m], [b, n]) => n - m || (a < b ? -1 : 1),
  );
  return best === undefined ? undefined : { value: best[0], count: best[1] };
}
