import {
  BEFORE,
  mean,
  UNIT,
  type Context,
  type Sample,
} from "./bandit-samples.ts";
import {
  addOuter,
  cholesky,
  diagonal,
  dot,
  inverseForm,
  solve,
} from "./linear.ts";
import { shareOf, slopeOf } from "./margin.ts";
import type { OwnPeriod } from "./policy.ts";
import { perVolume } from "./reward.ts";

/** What one step more of royalty does to the volume, in a context: -2..0, as {@link Sample.moved}; with its doubt. */
export interface Effect {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What was learned from samples. */
export interface Model {
  readonly samples: number;
  effect(context: Context): Effect;
}

/** Half the width of an interval, in standard deviations. */
export const CONFIDENCE = 3;

/** Before anything is tried: the effect of one step, and its standard deviation. */
export interface Prior {
  readonly mean: number;
  readonly deviation: number;
}

/** Least deviation of the prior: however sure a guess sounds, it reaches beyond what any move is worth. */
const WIDE = 0.1;
/** Fewest sales that tell it. */
const LEAST_SALES = 30;
/** How a context changes the effect, as a part of the prior's deviation. */
const BY_CONTEXT = 0.4;
/** Of what moves the volume beside the royalty. */
const PRIOR_REST = 0.5;

/** A higher royalty never makes more volume; and one step of it never takes more than about a third. */
const MOST = 0;
const LEAST = -0.4;

/** Least variance of a sample: nothing is ever known better than this. */
const LEAST_NOISE = 0.01;

/**
 * What our own sales say before any royalty was tried: the nearer they lie to each other, the more they answer (margin.ts). Where they say
 * nothing it is the effect at which moving away from the royalty `base` is worth nothing. Either is a guess: the deviation is wide enough
 * that no guess moves anything, and only what was seen at several royalties narrows it.
 */
export function priorOf(periods: readonly OwnPeriod[], base: number): Prior {
  let [near, sales] = [0, 0];
  for (const period of periods)
    if (period.near !== undefined) {
      near += period.near;
      sales += period.sales;
    }
  if (sales < LEAST_SALES) return { mean: idle(base), deviation: WIDE };
  const lost = (slopeOf(shareOf(near, sales)) * UNIT) / 10_000;
  return { mean: -lost, deviation: Math.max(WIDE, lost) };
}

/**
 * Ridge regression as in LinUCB (Li and others, 2010), with one set of weights for all actions: volume moves with the market, and with
 * the royalty's steps, the more or less by context; around the prior. Noise of neighbouring periods is alike, and counted so.
 */
export function learn(samples: readonly Sample[], known: Prior): Model {
  const prior = known.mean;
  const rows = samples.map((sample) => features(sample.context, sample.steps));
  const targets = samples.map(({ moved, steps }) => moved - steps * prior);
  const precision = deviationsOf(known).map((each) => 1 / (each * each));
  let noise = Math.max(LEAST_NOISE, mean(targets.map((y) => y * y)));
  let fitted = fit(rows, targets, precision, noise);
  // Twice: the noise is what the first fit left over.
  noise = noiseOf(
    targets.map((y, i) => y - dot(rows[i] ?? [], fitted.weights)),
  );
  fitted = fit(rows, targets, precision, noise);
  const { lower, weights } = fitted;
  return {
    samples: samples.length,
    effect(context) {
      const z = perStep(context);
      const found = dot(z, weights) + prior;
      const doubt = CONFIDENCE * Math.sqrt(inverseForm(lower, z));
      return {
        mean: bounded(found),
        low: bounded(found - doubt),
        high: bounded(found + doubt),
      };
    },
  };
}

/** The effect of a step at which revenue and weighted volume together stay as they are. */
export function idle(royalty: number): number {
  const ratio = perVolume(royalty) / perVolume(royalty + UNIT);
  return (2 * (ratio - 1)) / (ratio + 1);
}

function deviationsOf({ deviation }: Prior): number[] {
  return [
    ...Array<number>(5).fill(PRIOR_REST),
    deviation,
    ...Array<number>(4).fill(BY_CONTEXT * deviation),
  ];
}

function features(context: Context, steps: number): number[] {
  const { change, volatility, trend, ownTrend } = context;
  const rest = [1, change, volatility, trend, ownTrend];
  return [
    ...rest,
    ...perStep(context)
      .slice(rest.length)
      .map((x) => x * steps),
  ];
}

/** The derivative of the features by the steps. */
function perStep({ volatility, trend, ownTrend, royalty }: Context): number[] {
  return [0, 0, 0, 0, 0, 1, volatility, trend, ownTrend, royalty];
}

function fit(
  rows: readonly number[][],
  targets: readonly number[],
  precision: readonly number[],
  noise: number,
) {
  const matrix = diagonal(precision);
  const right = precision.map(() => 0);
  for (const [i, row] of rows.entries()) {
    addOuter(matrix, row, 1 / noise);
    for (let j = 0; j < right.length; j++)
      right[j] = (right[j] ?? 0) + ((row[j] ?? 0) * (targets[i] ?? 0)) / noise;
  }
  const lower = cholesky(matrix);
  return { lower, weights: solve(lower, right) };
}

/**
 * Long-run variance of what is left over: neighbouring periods are compared with nearly the same ones before, so their errors are alike,
 * and many of them tell less than as many of chance (Newey and West, 1987, with Bartlett's weights over {@link BEFORE} lags).
 */
function noiseOf(rest: readonly number[]): number {
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < rest.length; i++)
      sum += (rest[i] ?? 0) * (rest[i - lag] ?? 0);
    return rest.length === 0 ? 0 : sum / rest.length;
  };
  const variance = covariance(0);
  let total = variance;
  for (let lag = 1; lag <= BEFORE; lag++)
    total += 2 * (1 - lag / (BEFORE + 1)) * covariance(lag);
  return Math.max(LEAST_NOISE, variance, total);
}

function bounded(effect: number): number {
  return Math.min(MOST, Math.max(LEAST, effect));
}
