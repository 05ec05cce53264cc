import type { SlotName } from "../kernel/slots.ts";
import { NO_REVENUE, ownMarket, revenueOf, settled } from "./own-market.ts";
import type { ExpectedEffect, SlotState, StewardView } from "./policy.ts";
import { THRESHOLDS } from "./thresholds.ts";

const PERCENT = 100;

/** What a rule would have a slot become, however far that is, and what it expects of it. */
export interface Want {
  readonly to: number;
  readonly expected: ExpectedEffect;
}

/** One sentence of the policy: pure, and undefined where it has nothing to say. */
export interface Rule {
  /** Stable; the `why` of a decision. */
  readonly name: string;
  readonly slot: SlotName;
  readonly wants: (view: StewardView) => Want | undefined;
}

/** The rules, the more important first. Nothing moves the mint price: no desk sells at it. */
export const RULES: readonly Rule[] = [
  { name: "sales-fell", slot: "royalty", wants: salesFell },
  { name: "sales-rose", slot: "royalty", wants: salesRose },
  // A wild market makes odd works: the guard asks for more, the odds follow it less.
  volatile("wild", "guard-threshold", ({ value, step }) => value + step),
  volatile("calm", "guard-threshold", ({ value, step }) =>
    Math.max(THRESHOLDS.restingGuard, value - step),
  ),
  volatile("wild", "odds-sensitivity", ({ value, step }) => value - step),
  volatile("calm", "odds-sensitivity", ({ value, step }) =>
    Math.min(THRESHOLDS.restingOdds, value + step),
  ),
  { name: "many-burns", slot: "burn-count", wants: manyBurns },
  { name: "no-burns", slot: "burn-count", wants: noBurns },
  // Works follow a wild market closely. Where epochs may come at any time, that is the DAO's to end.
  volatile("wild", "epoch-cadence", ({ value, step }) => value - step),
  volatile("calm", "epoch-cadence", ({ value, step }) =>
    value === 0 ? 0 : Math.min(THRESHOLDS.restingCadence, value + step),
  ),
];

/** Our volume fell while the royalty is not low: ask for less. */
function salesFell(view: StewardView): Want | undefined {
  const market = ownMarket(view);
  if (market === undefined || !settled(view)) return undefined;
  const { before, recent } = market;
  const { leastSales, lowRoyalty, fallen } = THRESHOLDS;
  const { value, step } = view.slots.royalty;
  if (before.sales < leastSales || value <= lowRoyalty) return undefined;
  if (recent.volume * PERCENT >= before.volume * fallen) return undefined;
  const to = Math.max(lowRoyalty, value - step);
  return { to, expected: revenueOf(market, value, to) };
}

/** Our volume rose, and not by cheap churn: ask for more. */
function salesRose(view: StewardView): Want | undefined {
  const market = ownMarket(view);
  if (market === undefined || !settled(view)) return undefined;
  const { before, recent } = market;
  const { leastSales, risen, steadyPrice } = THRESHOLDS;
  if (before.sales < leastSales || recent.sales < leastSales) return undefined;
  if (recent.volume * PERCENT <= before.volume * risen) return undefined;
  // Mean prices, compared without dividing.
  const [now, then] = [
    recent.volume * before.sales,
    before.volume * recent.sales,
  ];
  if (now * PERCENT < then * steadyPrice) return undefined;
  const { value, step } = view.slots.royalty;
  return { to: value + step, expected: revenueOf(market, value, value + step) };
}

function manyBurns(view: StewardView): Want | undefined {
  const { value, step } = view.slots["burn-count"];
  const burns = burnsIn(view);
  if (value === 0 || burns === undefined || burns < THRESHOLDS.manyBurns)
    return undefined;
  return { to: value + step, expected: NO_REVENUE };
}

function noBurns(view: StewardView): Want | undefined {
  const { value, step } = view.slots["burn-count"];
  const { fewestBurned } = THRESHOLDS;
  if (value <= fewestBurned || burnsIn(view) !== 0) return undefined;
  return { to: Math.max(fewestBurned, value - step), expected: NO_REVENUE };
}

/** In both windows. */
function burnsIn(view: StewardView): number | undefined {
  const market = ownMarket(view);
  return market && market.before.burns + market.recent.burns;
}

/** A rule on how volatile the market is; a target that is the value, or beyond nothing, wants nothing. */
function volatile(
  mood: "wild" | "calm",
  slot: SlotName,
  target: (state: SlotState) => number,
): Rule {
  const { wild, calm } = THRESHOLDS;
  return {
    name: `market-${mood}`,
    slot,
    wants(view) {
      const median = medianVolatility(view);
      if (median === undefined) return undefined;
      if (mood === "wild" ? median < wild : median > calm) return undefined;
      const state = view.slots[slot];
      const to = Math.max(0, target(state));
      if (to === state.value) return undefined;
      // A calm market only lets things come back to rest: nothing beyond it is tightened.
      if (mood === "calm" && !returns(slot, state.value, to)) return undefined;
      return { to, expected: NO_REVENUE };
    },
  };
}

/** Whether a calm move goes the calm way. */
function returns(slot: SlotName, value: number, to: number): boolean {
  return slot === "guard-threshold" ? to < value : to > value;
}

/** Lower median over the last rounds; undefined where one of them did not see it. */
function medianVolatility({ rounds }: StewardView): number | undefined {
  const last = rounds.slice(-THRESHOLDS.rounds);
  const seen = last.flatMap(({ volatility }) => volatility ?? []);
  if (last.length < THRESHOLDS.rounds || seen.length < last.length)
    return undefined;
  return seen.sort((a, b) => a - b)[(seen.length - 1) >> 1];
}
