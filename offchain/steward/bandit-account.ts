import type { Effect, Model } from "./bandit-model.ts";
import { perDay, UNIT, type Context } from "./bandit-samples.ts";
import type { OwnPeriod } from "./policy.ts";
import { perVolume } from "./reward.ts";

/** Share of all that was earned which trying out may have cost at worst, against holding still: 2 %. */
export const MOST_REGRET = 0.02;

/** Farthest that a sum of effects is followed, so that a ratio stays finite. */
const FARTHEST = 1.5;

/** How much more (or less, negative) than holding, as a share: at least, probably, at most. */
export interface Gain {
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

/** What moving from one royalty to another does to the reward. */
export function gainOf(effect: Effect, from: number, to: number): Gain {
  const price = perVolume(to) / perVolume(from);
  const steps = (to - from) / UNIT;
  const at = (each: number): number => price * ratio(each * steps) - 1;
  const [a, b] = [at(effect.low), at(effect.high)];
  return { low: Math.min(a, b), mean: at(effect.mean), high: Math.max(a, b) };
}

/** What the periods cost at worst against a royalty held still, and what they may. */
export interface Account {
  /** Reward of all periods, millionths of the quote unit. */
  readonly earned: number;
  /** Sum over the periods of holding's reward at most, less their own; below zero where moving was certainly better. */
  readonly lost: number;
  /** `MOST_REGRET * earned - lost`: what may still be risked. */
  readonly left: number;
}

/**
 * The running account: with r(i) the reward of period i, and h(i) the most that holding the first royalty can have brought in its place,
 * as far as the learned effect leaves open,
 *
 *     left = MOST_REGRET * sum r(i) - sum (h(i) - r(i)).
 *
 * Nothing is tried that could cost more than what is left. So, as long as the true effect lies in its interval, all that was earned is
 * at least holding's reward divided by 1 + MOST_REGRET.
 */
export function accountOf(
  periods: readonly OwnPeriod[],
  contexts: ReadonlyMap<OwnPeriod, Context>,
  model: Model,
): Account {
  const base = periods[0]?.royalty ?? 0;
  let [earned, lost] = [0, 0];
  for (const period of periods) {
    const { royalty } = period;
    const reward = perDay(period) * perVolume(royalty) * days(period);
    earned += reward;
    if (royalty === base) continue;
    const effect = model.effect(contexts.get(period) ?? neutral(royalty));
    lost += reward * gainOf(effect, royalty, base).high;
  }
  return { earned, lost, left: MOST_REGRET * earned - lost };
}

function days({ from, to }: OwnPeriod): number {
  return (to - from) / 86_400;
}

function neutral(royalty: number): Context {
  const context = { change: 0, volatility: 0, trend: 0, ownTrend: 0 };
  return { ...context, royalty: (royalty - 500) / (10 * UNIT) };
}

/** b / a of a difference 2 (b - a) / (b + a). */
function ratio(moved: number): number {
  const y = Math.min(FARTHEST, Math.max(-FARTHEST, moved));
  return (2 + y) / (2 - y);
}
