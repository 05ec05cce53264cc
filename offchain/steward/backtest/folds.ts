import { FatalError } from "../../kernel/errors.ts";
import type { Tape } from "./tape.ts";

/** One part of the future: fitted on all periods before `from`, judged from it up to but without `to`. */
export interface Fold {
  readonly from: number;
  readonly to: number;
}

/** Of the sales, what is only ever learned from. */
const TRAINING = 0.4;
/** Fewest periods of a fold: a fortnight of rounds. */
export const LEAST_PERIODS = 10;
const FEWEST_TRAINING = 15;
export const DEFAULT_FOLDS = 6;

/**
 * Cuts a tape: the first two fifths of its sales are for learning, the rest are folds of about as many sales each.
 * @param asked How many; by default {@link DEFAULT_FOLDS}, or as many as the tape has room for.
 * @throws FatalError `backtest/too-many-folds`.
 */
export function cutFolds(tape: Tape, asked: number | undefined): Fold[] {
  const { sales, periods } = tape;
  const count = periods.length;
  const after = (part: number): number => {
    const target = sales.length * part;
    const found = periods.findIndex(({ end }) => end >= target);
    return found < 0 ? count : found + 1;
  };
  const start = Math.min(
    Math.max(FEWEST_TRAINING, after(TRAINING)),
    count - LEAST_PERIODS,
  );
  const room = Math.floor((count - start) / LEAST_PERIODS);
  const folds = asked ?? Math.min(DEFAULT_FOLDS, room);
  if (folds > room)
    throw new FatalError(
      "backtest/too-many-folds",
      `\`${folds}\` folds were asked for, and the sales have room for ${room}, of ${LEAST_PERIODS} rounds each; ask for fewer with --folds.`,
    );
  const total = sales.length;
  const done = periods[start - 1]?.end ?? 0;
  const cuts = [start];
  for (let i = 1; i < folds; i++) {
    const wanted = after((done + ((total - done) * i) / folds) / total);
    // One huge day must not leave a fold empty.
    const earliest = (cuts.at(-1) ?? start) + LEAST_PERIODS;
    const latest = count - (folds - i) * LEAST_PERIODS;
    cuts.push(Math.min(latest, Math.max(earliest, wanted)));
  }
  return cuts.map((from, i) => ({ from, to: cuts[i + 1] ?? count }));
}
