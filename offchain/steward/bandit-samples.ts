import type { MarketPoint, OwnPeriod, StewardView } from "./policy.ts";

const DAY = 86_400;

/** What the bandit learns from: one period of ours, beside those before it and the market at its beginning. */
export interface Sample {
  readonly period: OwnPeriod;
  /** Volume per day beside that of the periods before: 2 (b - a) / (b + a), so -2..2, and near the logarithm of b / a. */
  readonly moved: number;
  /** How many steps the royalty stood above that of the periods before, weighted as their volume is. */
  readonly steps: number;
  readonly context: Context;
}

/** What was known when the period began; every entry about -2..2. */
export interface Context {
  readonly change: number;
  readonly volatility: number;
  readonly trend: number;
  /** Our own volume, the last few periods beside those before. */
  readonly ownTrend: number;
  /** Royalty, steps of 50 bps from 500. */
  readonly royalty: number;
}

/** Periods that a period is compared with, and of those the last few that a trend of our own is read from. */
export const BEFORE = 14;
const LAST = 4;

/** Periods that the bandit remembers: about two years of days. What it stands for is judged within them. */
export const MEMORY = 730;

/** Bps of the royalty that the learned effect is counted in, whatever the slot's step is. */
export const UNIT = 50;

/** Shorter than this, a period's volume per day is chance. */
const LEAST_LENGTH = DAY / 4;

/** The periods of ours that count, oldest first. */
export function remembered({ own }: StewardView): readonly OwnPeriod[] {
  return own.filter(({ from, to }) => to - from >= LEAST_LENGTH).slice(-MEMORY);
}

/** One sample for each period that has enough before it, oldest first. */
export function samplesOf(
  periods: readonly OwnPeriod[],
  rounds: readonly MarketPoint[],
): readonly Sample[] {
  const samples: Sample[] = [];
  let newest = 0;
  for (let i = BEFORE; i < periods.length; i++) {
    const period = periods[i];
    const before = periods.slice(i - BEFORE, i);
    if (period === undefined) continue;
    while ((rounds[newest]?.time ?? Infinity) <= period.from) newest++;
    const usual = mean(before.map(perDay));
    if (usual <= 0) continue;
    const royaltyBefore = mean(before.map(({ royalty }) => royalty));
    samples.push({
      period,
      moved: between(usual, perDay(period)),
      steps: (period.royalty - royaltyBefore) / UNIT,
      context: contextOf(rounds[newest - 1], before, period.royalty),
    });
  }
  return samples;
}

/** The context of what comes next. */
export function contextOf(
  point: MarketPoint | undefined,
  before: readonly OwnPeriod[],
  royalty: number,
): Context {
  const { change = 0, volatility, trend = 0 } = point ?? {};
  const rates = before.map(perDay);
  return {
    change: damped(change, 500),
    volatility:
      volatility === undefined ? 0 : (volatility - 400) / (volatility + 400),
    trend: damped(trend, 2_000),
    ownTrend: between(mean(rates.slice(0, -LAST)), mean(rates.slice(-LAST))),
    royalty: (royalty - 500) / (10 * UNIT),
  };
}

/** Volume per day, millionths of the quote unit. */
export function perDay({ volume, from, to }: OwnPeriod): number {
  return (volume * DAY) / (to - from);
}

/** The mean; 0 of none. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

function between(a: number, b: number): number {
  return a + b > 0 ? (2 * (b - a)) / (a + b) : 0;
}

/** -1..1, and half at the given size. */
function damped(value: number, half: number): number {
  return value / (Math.abs(value) + half);
}
