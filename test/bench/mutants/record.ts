/** What a run of mutants came to, as test/mutation.json keeps it. */
import { keyOf } from "./ledger.ts";
import type { Verdict } from "./runner.ts";
import { SUMO, type Proposal } from "./sumo.ts";
import { answerTo } from "./survivors.ts";

/** A mutant that no test notices. */
export interface Survivor {
  readonly key: string;
  readonly file: string;
  readonly line: number;
  readonly operator: string;
  readonly reads: string;
  readonly why: string;
}

/** Later tries of the survivors alone, after tests were added. */
export interface Retry {
  readonly date: string;
  readonly commit: string;
  readonly tried: number;
  readonly killed: number;
}

/** The whole record. Counts are mutants. */
export interface Result {
  readonly date: string;
  readonly commit: string;
  /** The hash of all contracts: what the mutants are mutants of. */
  readonly contracts: string;
  readonly generator: string;
  readonly proposed: number;
  /** Those tried, in the order of their hashes: fewer than proposed is a fair sample. */
  readonly sampled: number;
  readonly compiled: number;
  readonly killed: number;
  readonly survived: number;
  readonly answered: number;
  readonly score: number;
  /** Sum over the mutants. */
  readonly seconds: number;
  readonly retries: readonly Retry[];
  readonly survivors: readonly Survivor[];
}

const NOT_ANSWERED = "NOT ANSWERED";

/** Sums up verdicts. */
export function resultOf(
  origin: Pick<Result, "commit" | "contracts" | "proposed">,
  verdicts: readonly Verdict[],
): Result {
  const of = (kind: Verdict["outcome"]["kind"]): Verdict[] =>
    verdicts.filter(({ outcome }) => outcome.kind === kind);
  const survivors = of("survived").map(({ mutant }): Survivor => {
    const { file, line, operator, reads } = mutant as Proposal;
    return { key: keyOf(mutant), file, line, operator, reads, why: "" };
  });
  return counted({
    date: new Date().toISOString(),
    ...origin,
    generator: SUMO,
    sampled: verdicts.length,
    compiled: verdicts.length - of("does not compile").length,
    seconds: Math.round(
      verdicts.reduce((sum, { seconds }) => sum + seconds, 0),
    ),
    retries: [],
    survivors,
  });
}

/** The record after its survivors were tried again: what killed the others still stands. */
export function retried(
  before: Result,
  commit: string,
  verdicts: readonly Verdict[],
): Result {
  const killed = new Set(
    verdicts
      .filter(({ outcome }) => outcome.kind === "killed")
      .map(({ mutant }) => keyOf(mutant)),
  );
  const retry = {
    date: new Date().toISOString(),
    commit,
    tried: verdicts.length,
    killed: killed.size,
  };
  return counted({
    ...before,
    retries: [...before.retries, retry],
    survivors: before.survivors.filter(({ key }) => !killed.has(key)),
  });
}

type Uncounted = Omit<Result, "killed" | "survived" | "answered" | "score">;

/** With each survivor's answer as it is now, and the counts that follow from the survivors. */
function counted({ retries, survivors, seconds, ...rest }: Uncounted): Result {
  const told = survivors.map((one) => ({
    ...one,
    why: answerTo(one.file, one.reads) ?? NOT_ANSWERED,
  }));
  const survived = told.length;
  const killed = rest.compiled - survived;
  const answered = told.filter(({ why }) => why !== NOT_ANSWERED).length;
  const score = rest.compiled === 0 ? 0 : killed / rest.compiled;
  const counts = { killed, survived, answered, score, seconds };
  return { ...rest, ...counts, retries, survivors: told };
}
