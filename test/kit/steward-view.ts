import fc from "fast-check";

import {
  SLOT_CAPS,
  SLOTS,
  type SlotName,
} from "../../offchain/kernel/slots.ts";
import type {
  MarketPoint,
  OwnPeriod,
  SlotState,
  StewardView,
} from "../../offchain/steward/policy.ts";

export const DAY = 86_400;
/** When every view of a test is looked at. */
export const NOW = 1_800_000_000;

/** Where the slots of a new DAO stand, with all of their budget. */
export const SLOT_STATES: Readonly<Record<SlotName, SlotState>> = {
  royalty: slotState(500, [0, 1_000], 50, 150),
  "burn-count": slotState(2, [2, 6], 1, 2),
  "mint-price": slotState(0, [0, 10_000_000_000], 0, 0),
  "epoch-cadence": slotState(DAY, [3_600, 14 * DAY], DAY, 7 * DAY),
  "guard-threshold": slotState(5_000, [4_000, 7_000], 250, 1_000),
  "odds-sensitivity": slotState(10_000, [5_000, 20_000], 1_000, 4_000),
};

function slotState(
  value: number,
  [low, high]: readonly [number, number],
  step: number,
  budgetLeft: number,
): SlotState {
  return { value, low, high, step, delay: DAY, budgetLeft, next: 0 };
}

/** An ordinary day: a calm market, the parameters of a new DAO, six weeks of sales that stay as they are. */
export function viewOf({
  slots = {},
  ...more
}: Omit<Partial<StewardView>, "slots"> & {
  readonly slots?: Partial<Record<SlotName, Partial<SlotState>>>;
} = {}): StewardView {
  const states = SLOTS.map((name) => [
    name,
    { ...SLOT_STATES[name], ...slots[name] },
  ]);
  return {
    time: NOW,
    slots: Object.fromEntries(states) as StewardView["slots"],
    rounds: roundsOf(42),
    own: periodsOf(42),
    frozen: false,
    grantExpires: NOW + 365 * DAY,
    breaker: { staleAfter: 2 * DAY, maxChange: 5_000, maxVolatility: 5_000 },
    ...more,
  };
}

/** One round a day, the last an hour ago. */
export function roundsOf(
  count: number,
  point: (day: number) => Partial<MarketPoint> = () => ({}),
): MarketPoint[] {
  return Array.from({ length: count }, (_, day) => ({
    round: day + 1,
    time: NOW - 3_600 - (count - 1 - day) * DAY,
    change: 0,
    volatility: 400,
    trend: 0,
    ...point(day),
  }));
}

/** One period a day, the last ending an hour ago. */
export function periodsOf(
  count: number,
  period: (day: number) => Partial<OwnPeriod> = () => ({}),
): OwnPeriod[] {
  return Array.from({ length: count }, (_, day) => {
    const to = NOW - 3_600 - (count - 1 - day) * DAY;
    return {
      from: to - DAY,
      to,
      royalty: 500,
      sales: 4,
      volume: 4_000_000,
      burns: day % 3 === 0 ? 1 : 0,
      acts: 0,
      ...period(day),
    };
  });
}

const upTo = (max: number) => fc.integer({ min: 0, max });

/** Any slot as a chain could tell it, sound or not. */
export const anySlot = (slot: SlotName): fc.Arbitrary<SlotState> =>
  fc
    .record({
      value: upTo(SLOT_CAPS[slot]),
      low: upTo(SLOT_CAPS[slot]),
      high: upTo(SLOT_CAPS[slot]),
      step: upTo(Math.max(1, Math.floor(SLOT_CAPS[slot] / 4))),
      delay: fc.integer({ min: 1, max: 30 * DAY }),
      budgetLeft: upTo(SLOT_CAPS[slot]),
      next: fc.constantFrom(0, NOW - DAY, NOW, NOW + 1, NOW + DAY),
    })
    .map((state) => ({
      ...state,
      low: Math.min(state.low, state.high),
      high: Math.max(state.low, state.high),
    }));

/** Any view, with moods that make policies want something. */
export const anyView: fc.Arbitrary<StewardView> = fc
  .record({
    slots: fc.record(
      Object.fromEntries(SLOTS.map((name) => [name, anySlot(name)])) as {
        [Name in SlotName]: fc.Arbitrary<SlotState>;
      },
    ),
    volatility: upTo(2_000),
    change: fc.integer({ min: -6_000, max: 6_000 }),
    days: upTo(60),
    turn: upTo(60),
    before: upTo(20_000_000),
    after: upTo(20_000_000),
    burns: upTo(3),
    royalties: fc.array(upTo(1_000), { minLength: 1, maxLength: 4 }),
    frozen: fc.boolean(),
    grantExpires: fc.constantFrom(NOW - 1, NOW, NOW + DAY),
    settledRoyalty: fc.boolean(),
  })
  .map(({ slots, days, turn, royalties, settledRoyalty, ...rest }) => ({
    time: NOW,
    slots,
    rounds: roundsOf(days, () => ({
      volatility: rest.volatility,
      change: rest.change,
    })),
    own: periodsOf(days, (day) => ({
      volume: day < turn ? rest.before : rest.after,
      burns: rest.burns,
      royalty: settledRoyalty
        ? slots.royalty.value
        : (royalties[day % royalties.length] ?? 0),
    })),
    frozen: rest.frozen && days % 2 === 0,
    grantExpires: rest.grantExpires,
    breaker: { staleAfter: 2 * DAY, maxChange: 5_000, maxVolatility: 5_000 },
  }));
