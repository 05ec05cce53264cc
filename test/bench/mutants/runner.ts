import { FatalError } from "../../../offchain/kernel/errors.ts";
import type { Bench } from "./bench.ts";

/** One change of one file: a text that stands there once and what replaces it, or the whole new text. */
export interface Mutant {
  readonly id: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly change:
    | { readonly find: string; readonly replace: string }
    | { readonly text: string };
}

/** What became of a mutant. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly outcome:
    | { readonly kind: "does not compile"; readonly reason: string }
    /** `by` is the first failing test of the first stage that has one, or "time limit" or "memory limit"; `all` are those of that stage. */
    | {
        readonly kind: "killed";
        readonly by: string;
        readonly all: readonly string[];
      }
    | { readonly kind: "survived" };
  readonly seconds: number;
}

/** Tries all mutants on one bench, or on several at once, and tells each verdict as it comes. */
export async function* runMutants(
  mutants: Iterable<Mutant>,
  benches: readonly Bench[],
): AsyncGenerator<Verdict> {
  const waiting = mutants[Symbol.iterator]();
  const running = new Map<Bench, Promise<{ bench: Bench; verdict: Verdict }>>();
  const begin = (bench: Bench): void => {
    const next = waiting.next();
    if (next.done === true) running.delete(bench);
    else
      running.set(
        bench,
        bench.test(next.value).then((verdict) => ({ bench, verdict })),
      );
  };
  benches.forEach(begin);
  while (running.size > 0) {
    const { bench, verdict } = await Promise.race(running.values());
    begin(bench);
    yield verdict;
  }
}

/** The file with the mutant in it. A text that stands there never or twice is an error of the list. */
export function changed(
  { id, file, change }: Mutant,
  original: string,
): string {
  if ("text" in change) return change.text;
  const places = original.split(change.find).length - 1;
  if (places !== 1)
    throw new FatalError(
      "mutants/ambiguous-place",
      `The text to replace for "${id}" stands ${places} times in ${file}; write one that stands there once.`,
    );
  return original.replace(change.find, () => change.replace);
}
