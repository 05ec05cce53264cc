import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Candidate } from "./engine.ts";

/** Most candidates one work may take before the batch is given up: more would mean that recipe and guard do not fit. */
export const MAX_TRIES = 16;

/** Name of the one screen that needs other works to judge. */
export const NEAR_DUPLICATE = "near-duplicate";

/** One candidate as the transcript keeps it: `reasons` is empty for the accepted one, and only for it. */
export interface TriedCandidate extends Candidate {
  readonly reasons: readonly string[];
}

/** The outcome for one work: every candidate tried, in order; the last is the accepted one. */
export interface SelectedWork {
  readonly index: number;
  readonly tried: readonly TriedCandidate[];
}

/** What a selection needs. Same inputs, same selection, whatever the number of workers. */
export interface SelectionOptions {
  readonly count: number;
  /** Candidates of `index` from attempt `from` on, up to and with the first that its own screens pass, or the last try. */
  readonly screen: (
    index: number,
    from: number,
  ) => Promise<readonly Candidate[]>;
  /** Whether a perceptual hash is too near one that is taken; the set starts with the batches sealed before this opening. */
  readonly taken: { has(hash: Hex): boolean; add(hash: Hex): void };
  /** How many works are screened ahead of the one being decided. */
  readonly ahead: number;
  /** Called as each work is decided, in order of index. */
  readonly onSelected?: (work: SelectedWork) => void;
}

/**
 * Chooses, for each index in order, the first candidate that passes its own screens and resembles nothing taken before it.
 * Screens run ahead on the workers; the decision itself is sequential, because each acceptance narrows the next.
 * @throws FatalError `guard/no-candidate` when none of {@link MAX_TRIES} candidates of a work passes.
 */
export async function selectWorks(
  options: SelectionOptions,
): Promise<SelectedWork[]> {
  const { count, screen, ahead, onSelected } = options;
  const pending = new Map<number, Promise<readonly Candidate[]>>();
  const works: SelectedWork[] = [];
  const start = (index: number): void => {
    if (index >= count || pending.has(index)) return;
    const screening = screen(index, 0);
    // A failure surfaces when its turn comes; until then it must not count as unhandled.
    screening.catch(() => undefined);
    pending.set(index, screening);
  };
  for (let index = 0; index < count; index++) {
    for (let next = index; next < index + ahead; next++) start(next);
    const work = await decideWork(index, {
      ...options,
      screen: (i, from) => (from === 0 && pending.get(i)) || screen(i, from),
    });
    pending.delete(index);
    works.push(work);
    onSelected?.(work);
  }
  return works;
}

/**
 * Decides one work: its candidates in order, up to the first that passes; that one's hash is taken from here on.
 * @throws FatalError `guard/no-candidate` when none passes.
 */
export async function decideWork(
  index: number,
  { screen, taken }: Pick<SelectionOptions, "screen" | "taken">,
): Promise<SelectedWork> {
  const tried: TriedCandidate[] = [];
  while (tried.length < MAX_TRIES) {
    for (const candidate of await screen(index, tried.length)) {
      const reasons = judge(candidate, taken);
      tried.push({ ...candidate, reasons });
      if (reasons.length > 0) continue;
      taken.add(candidate.hash);
      return { index, tried };
    }
  }
  throw new FatalError(
    "guard/no-candidate",
    `None of \`${tried.length}\` candidates for work ${index} passed the guard; lower its threshold or use another recipe.`,
  );
}

/** Why a candidate is rejected: its own failed screens, or its likeness to a taken work; empty means accepted. */
function judge(
  candidate: Candidate,
  taken: { has(hash: Hex): boolean },
): readonly string[] {
  if (!candidate.verdict.pass) return candidate.verdict.reasons;
  return taken.has(candidate.hash) ? [NEAR_DUPLICATE] : [];
}
