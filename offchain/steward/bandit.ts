import { accountOf, gainOf, type Gain } from "./bandit-account.ts";
import { learn, priorOf } from "./bandit-model.ts";
import {
  BEFORE,
  contextOf,
  mean,
  perDay,
  remembered,
  samplesOf,
} from "./bandit-samples.ts";
import { reach } from "./box.ts";
import { checked } from "./hold-checks.ts";
import type {
  Decision,
  ExpectedEffect,
  OwnPeriod,
  Policy,
  StewardView,
} from "./policy.ts";
import { perVolume, REWARD } from "./reward.ts";

/** Samples without which it says nothing. */
export const LEAST_SAMPLES = 28;

/** Periods for which something is tried out, and for which it rests after that. */
export const DWELL = 14;

/** What trying costs at worst is reserved so many times over: the days on which something is tried may be better than usual ones. */
const RESERVE = 1.25;

/**
 * The learning policy, for the royalty alone: a contextual bandit with the actions lower, hold and raise. It moves where even the lower
 * bound of the gain is above zero. Else it tries something out only while its account allows the worst that this could cost
 * (bandit-account.ts), and goes back to where it began unless what it tried proved better. All of it is learned anew from the view.
 */
export const banditPolicy: Policy = {
  name: "bandit",
  version: 5,
  decide: checked(decide),
};

function decide(view: StewardView): Decision {
  const { slots, rounds, time } = view;
  const slot = slots.royalty;
  const periods = remembered(view);
  const samples = samplesOf(periods, rounds);
  if (samples.length < LEAST_SAMPLES) return hold("too-few-observations");
  const last = periods.slice(-BEFORE);
  const usual = mean(last.map(perDay));
  if (usual === 0) return hold("no-sales");

  const base = periods[0]?.royalty ?? slot.value;
  const prior = priorOf(periods, base);
  const model = learn(samples, prior);
  const context = contextOf(rounds.at(-1), last, slot.value);
  const effect = model.effect(context);
  const gain = (to: number): Gain => gainOf(effect, slot.value, to);
  const change = (to: number, why: string): Decision => ({
    kind: "change",
    slot: "royalty",
    from: slot.value,
    to,
    why,
    expected: expectedOf(usual * perVolume(slot.value), gain(to)),
  });

  const options = [slot.value - slot.step, slot.value + slot.step].flatMap(
    (target) => {
      const found = reach(slot, target, time);
      return "to" in found ? [found.to] : [];
    },
  );
  const proven = best(options, (to) => gain(to).low);
  if (proven !== undefined && gain(proven).low > 0)
    return change(proven, "learned");

  const contexts = new Map(samples.map((each) => [each.period, each.context]));
  const { left } = accountOf(periods, contexts, model);
  const stayed = periodsAt(periods, slot.value);
  const perPeriod = usual * perVolume(slot.value) * daysOf(last);
  const risk = (to: number): number => -Math.min(0, gain(to).low) * perPeriod;

  // One step back towards where it began: what is not known to be worse than this was only tried.
  const step = Math.min(slot.step, Math.abs(slot.value - base));
  const home = slot.value > base ? slot.value - step : slot.value + step;
  const atHome = gain(home);
  if (slot.value !== base && atHome.high > 0) {
    if (stayed < DWELL && left >= atHome.high * perPeriod)
      return hold("trying");
    const back = reach(slot, home, time);
    return "to" in back ? change(back.to, "unproven") : hold(back.blocked);
  }

  if (stayed < DWELL) return hold("resting");
  // Of what may be better, what probably is, where prices tell. The guard above believes no prices; this choice does, because a few noisy
  // days would else send it the other way, which costs as often as it teaches.
  const guess = prior.told
    ? learn(samples, { ...prior, deviation: -prior.mean }).effect(context)
    : undefined;
  const tried = best(
    options.filter((to) => gain(to).high > 0),
    (to) =>
      guess === undefined ? gain(to).high : gainOf(guess, slot.value, to).mean,
  );
  if (tried === undefined) return hold("nothing-better");
  // It must be able to come back, whatever it finds.
  if (slot.budgetLeft < 2 * Math.abs(tried - slot.value))
    return hold("budget-spent");
  if (left < risk(tried) * (DWELL + 1) * RESERVE) return hold("unsure");
  return change(tried, "try");
}

function hold(why: string): Decision {
  return { kind: "hold", why };
}

/** The option with the largest measure, the first of equals. */
function best(
  options: readonly number[],
  measure: (option: number) => number,
): number | undefined {
  let found: number | undefined;
  for (const option of options)
    if (found === undefined || measure(option) > measure(found)) found = option;
  return found;
}

/** How many of the newest periods had this royalty in force. */
function periodsAt(periods: readonly OwnPeriod[], royalty: number): number {
  const other = periods.findLastIndex((period) => period.royalty !== royalty);
  return periods.length - 1 - other;
}

/** Mean length. */
function daysOf(periods: readonly OwnPeriod[]): number {
  return mean(periods.map(({ from, to }) => (to - from) / 86_400));
}

function expectedOf(holding: number, gain: Gain): ExpectedEffect {
  return {
    reward: REWARD,
    holding: Math.round(holding),
    changed: Math.round(holding * (1 + gain.mean)),
    doubt: Math.round((holding * (gain.high - gain.low)) / 2),
  };
}
