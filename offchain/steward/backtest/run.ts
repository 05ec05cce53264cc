import { utf8 } from "../../kernel/bytes.ts";
import { keccak256 } from "../../kernel/digest.ts";
import { createRng } from "../../kernel/rng.ts";
import type { MarketPoint, Policy } from "../policy.ts";
import { perVolume } from "../reward.ts";
import { runningBand } from "./bootstrap.ts";
import { compare, type Comparison, type Path } from "./compare.ts";
import { cutFolds, type Fold } from "./folds.ts";
import { bestFixed, bestPath } from "./hindsight.ts";
import { measure, type Measures } from "./measure.ts";
import { fitResponse, type Response } from "./response.ts";
import { ROYALTY_LIMITS, type Limits } from "./slot.ts";
import type { Tape } from "./tape.ts";
import { verdictOf, type Verdict } from "./verdict.ts";
import { walk, type Breaker, type Walk } from "./walk.ts";
import { createWorld, type World } from "./world.ts";

/** How strongly demand answers, against what was fitted: nobody can know it from sales at one royalty, so all are shown. */
export const STRENGTHS = [0.5, 1, 2, 4, 8] as const;
/** Royalties that stand still, for comparison, bps. */
export const FIXED = [0, 250, 500, 750, 1_000] as const;
/** Under which sales are taken to have been made, and from which a policy begins, bps: what the collection is founded with. */
export const BASE = 500;
/** What the steward may not act on, as a DAO is founded with it. */
export const BREAKER: Breaker = {
  staleAfter: 2 * 86_400,
  maxChange: 2_000,
  maxVolatility: 3_000,
};

/** Share of rounds that count as odd. */
const ODD = 0.05;

export interface BacktestOptions {
  /** Left out: as many as there is room for, at most six. */
  readonly folds?: number | undefined;
  /** Bps. */
  readonly base?: number;
  readonly limits?: Limits;
  /** Left out: {@link breakerFor} the rounds that are only learned from. */
  readonly breaker?: Breaker;
  readonly strengths?: readonly number[];
  /** Another number, other lots and resamples. */
  readonly seed?: number;
  /** Told after each strength. */
  readonly progress?: (done: number, total: number) => void;
}

/** One fold of the walk at the fitted strength. */
export interface FoldResult extends Fold {
  readonly response: Response;
  readonly measures: Measures;
  readonly against: Comparison;
}

/** Everything at one strength. */
export interface StrengthResult {
  readonly strength: number;
  readonly walk: Walk;
  readonly measures: Measures;
  /** The royalty held where it was. */
  readonly still: Comparison;
  /** Others that stand still. */
  readonly fixed: readonly Comparison[];
  readonly bestFixed: Comparison;
  readonly bestPath: Comparison;
}

export interface BacktestResult {
  readonly policy: { readonly name: string; readonly version: number };
  readonly base: number;
  readonly limits: Limits;
  readonly breaker: Breaker;
  /** The first period that is judged. */
  readonly first: number;
  readonly folds: readonly FoldResult[];
  readonly strengths: readonly StrengthResult[];
  /** Of the running difference in revenue to holding still, as fitted. */
  readonly running: readonly number[];
  readonly band: ReturnType<typeof runningBand>;
  readonly verdict: Verdict;
}

/**
 * Walks a policy through a tape fold by fold, each fold's demand fitted on what came before it, and sets it against royalties that stand
 * still and against hindsight.
 * @throws FatalError `backtest/too-many-folds`.
 */
export function backtest(
  tape: Tape,
  policy: Policy,
  {
    folds: asked,
    base = BASE,
    limits = ROYALTY_LIMITS,
    breaker: given,
    strengths = STRENGTHS,
    seed = 0,
    progress = () => {},
  }: BacktestOptions = {},
): BacktestResult {
  const rng = createRng(keccak256(utf8(`backtest ${seed}`)));
  const folds = cutFolds(tape, asked);
  const first = folds[0]?.from ?? 0;
  const breaker = given ?? breakerFor(tape.rounds.slice(0, first));
  const fits = folds.map(({ from }, i) =>
    fitResponse(
      tape.sales,
      tape.periods[from - 1]?.end ?? 0,
      rng.fork(`fit ${i}`),
    ),
  );
  const foldOf = tape.periods.map((_, k) =>
    Math.max(
      0,
      folds.findLastIndex(({ from }) => from <= k),
    ),
  );
  const drawn = rng.fork("lots");
  const lots = tape.sales.map(() => drawn.unit());
  const worldAt = (strength: number): World =>
    createWorld(tape, {
      base,
      strength,
      lots,
      response: (k) => fits[foldOf[k] ?? 0] as Response,
    });
  const seconds = (k: number): number => {
    const { from = 0, to = 0 } = tape.periods[k] ?? {};
    return to - from;
  };
  const times = tape.periods.map(({ to }) => to);

  const judged = (
    strength: number,
  ): { readonly world: World; readonly result: StrengthResult } => {
    const world = worldAt(strength);
    const walked = walk(policy, { tape, world, first, limits, breaker });
    const ours: Path = {
      name: policy.name,
      at: (k) => walked.royalties[k - first] ?? base,
    };
    const worth = (k: number, royalty: number): number =>
      world.outcome(k, royalty).volume * perVolume(royalty);
    const whole = { world, seconds, limits, from: first, to: world.periods };
    const against = (other: Path): Comparison =>
      compare(ours, other, whole, rng.fork(`${strength} ${other.name}`));
    const best = bestFixed(world, first, limits, worth);
    const path = bestPath(world, first, limits, times, worth);
    return {
      world,
      result: {
        strength,
        walk: walked,
        measures: measure({ ...whole, at: ours.at }),
        still: against(standing(base)),
        fixed: FIXED.map((royalty) => against(standing(royalty))),
        bestFixed: against(standing(best, "best fixed")),
        bestPath: against({
          name: "best path",
          at: (k) => path[k - first] ?? 0,
        }),
      },
    };
  };
  const results = strengths.map((strength, i) => {
    const found = judged(strength);
    progress(i + 1, strengths.length);
    return found;
  });
  const {
    world,
    result: { walk: walked },
  } = results.find(({ result }) => result.strength === 1) ?? judged(1);
  const at = (k: number): number => walked.royalties[k - first] ?? base;
  const differences = walked.royalties.map(
    (royalty, i) =>
      world.outcome(first + i, royalty).revenue -
      world.outcome(first + i, base).revenue,
  );
  let sum = 0;
  return {
    policy: { name: policy.name, version: policy.version },
    base,
    limits,
    breaker,
    first,
    folds: folds.map((fold, i) => ({
      ...fold,
      response: fits[i] as Response,
      measures: measure({ ...fold, world, seconds, limits, at }),
      against: compare(
        { name: policy.name, at },
        standing(base),
        { ...fold, world, seconds, limits },
        rng.fork(`fold ${i}`),
      ),
    })),
    strengths: results.map(({ result }) => result),
    running: differences.map((one) => (sum += one)),
    band: runningBand(differences, 120, rng.fork("band")),
    verdict: verdictOf(results.map(({ result }) => result)),
  };
}

/**
 * The breaker that a DAO would vote for once it knew these rounds: the founding's, or as odd as one round in twenty, where a market of few
 * sales jumps about so much that the founding's would trip on most days.
 */
export function breakerFor(rounds: readonly MarketPoint[]): Breaker {
  const rare = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[
      Math.floor((values.length - 1) * (1 - ODD))
    ] ?? 0;
  const changes = rounds.map(({ change = 0 }) => Math.abs(change));
  const volatilities = rounds.map(({ volatility = 0 }) => volatility);
  return {
    staleAfter: BREAKER.staleAfter,
    maxChange: Math.max(BREAKER.maxChange, rare(changes)),
    maxVolatility: Math.max(BREAKER.maxVolatility, rare(volatilities)),
  };
}

function standing(royalty: number, name = "fixed"): Path {
  return { name: `${name} ${royalty}`, at: () => royalty };
}
