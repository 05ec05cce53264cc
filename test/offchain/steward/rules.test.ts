import { expect } from "chai";

import type { SlotName } from "../../../offchain/kernel/slots.ts";
import type { Decision, SlotState } from "../../../offchain/steward/policy.ts";
import { PATIENCE, rulesPolicy } from "../../../offchain/steward/rules.ts";
import { periodsOf, roundsOf, viewOf } from "../../kit/steward-view.ts";

type Slots = Partial<Record<SlotName, Partial<SlotState>>>;

const decide = (view: Parameters<typeof viewOf>[0]): Decision =>
  rulesPolicy.decide(viewOf(view));
/** What is moved, and why; or why nothing is. */
const told = (view: Parameters<typeof viewOf>[0]): string => {
  const decision = decide(view);
  if (decision.kind === "hold") return decision.why;
  const { kind, slot, from, to, why } = decision;
  return `${kind} ${slot} ${from} ${to} ${why}`;
};
/** Six weeks whose last two are so many percent of before, in volume and in sales. */
const turned = (volume: number, sales = 100) =>
  periodsOf(42, (day) =>
    day < 28
      ? {}
      : { volume: 40_000 * volume, sales: Math.round(sales / 25), burns: 0 },
  );
const moody = (volatility: number) => roundsOf(42, () => ({ volatility }));
/** Nothing but one slot may move. */
const only = (slot: SlotName, state: Partial<SlotState>): Slots => ({
  royalty: { step: 0 },
  "guard-threshold": { step: 0 },
  "odds-sensitivity": { step: 0 },
  "epoch-cadence": { step: 0 },
  "burn-count": { step: 0 },
  [slot]: { ...viewOf().slots[slot], ...state },
});

describe("the transparent rules", () => {
  it("lower the royalty where sales fell, though not where it is low or they are few", () => {
    expect(told({ own: turned(50) })).to.equal(
      "change royalty 500 450 sales-fell",
    );
    expect(told({ own: turned(61) })).to.equal("nothing-wanted");
    const low = turned(50).map((period) => ({ ...period, royalty: 300 }));
    const slots = { royalty: { value: 300 } };
    expect(told({ own: low, slots })).to.equal("nothing-wanted");
    const near = turned(50).map((period) => ({ ...period, royalty: 320 }));
    expect(told({ own: near, slots: { royalty: { value: 320 } } })).to.equal(
      "change royalty 320 300 sales-fell",
    );
    const thin = turned(50).map((period) => ({ ...period, sales: 0 }));
    expect(told({ own: thin })).to.equal("nothing-wanted");
  });

  it("raise it where sales rose by more than churn", () => {
    expect(told({ own: turned(160, 120) })).to.equal(
      "change royalty 500 550 sales-rose",
    );
    expect(told({ own: turned(149) })).to.equal("nothing-wanted");
    expect(told({ own: turned(160, 400) })).to.equal("nothing-wanted");
  });

  it("say what they expect of it, in the stated reward", () => {
    const decision = decide({ own: turned(50) });
    if (decision.kind === "hold") throw new Error("it holds");
    // 2 units a day: at 5 % and 1 % of volume 0.12, at 4.5 % 0.11.
    expect(decision.expected).to.include({
      holding: 120_000,
      changed: 110_000,
    });
    expect(decision.expected.doubt).to.equal(110_000);
  });

  it("wait until a royalty has been in force for a whole window", () => {
    const own = turned(50).map((period, day) =>
      day < 30 ? { ...period, royalty: 550 } : period,
    );
    expect(told({ own })).to.equal("nothing-wanted");
    expect(told({ own: turned(50).slice(-20) })).to.equal("nothing-wanted");
  });

  it("tighten the guard in a wild market, and let it rest in a calm one", () => {
    expect(told({ rounds: moody(800) })).to.equal(
      "change guard-threshold 5000 5250 market-wild",
    );
    expect(told({ rounds: moody(799) })).to.equal("nothing-wanted");
    const guard = (value: number): Slots => only("guard-threshold", { value });
    expect(told({ rounds: moody(250), slots: guard(5_100) })).to.equal(
      "change guard-threshold 5100 5000 market-calm",
    );
    // Below its rest, a calm market leaves it where the DAO put it.
    expect(told({ rounds: moody(250), slots: guard(4_500) })).to.equal(
      "nothing-wanted",
    );
    const once = roundsOf(42, (day) =>
      day === 41 ? { volatility: 4_000 } : {},
    );
    expect(told({ rounds: once })).to.equal("nothing-wanted");
  });

  it("have the odds follow a wild market less, and a calm one as before", () => {
    const odds = (value: number): Slots => only("odds-sensitivity", { value });
    expect(told({ rounds: moody(900), slots: odds(10_000) })).to.equal(
      "change odds-sensitivity 10000 9000 market-wild",
    );
    expect(told({ rounds: moody(100), slots: odds(9_500) })).to.equal(
      "change odds-sensitivity 9500 10000 market-calm",
    );
    expect(told({ rounds: moody(100), slots: odds(12_000) })).to.equal(
      "nothing-wanted",
    );
  });

  it("ask more works of a forging where many are burned, and fewer where none are", () => {
    const burning = (burns: number) => periodsOf(42, () => ({ burns }));
    const count = (value: number): Slots => only("burn-count", { value });
    expect(told({ own: burning(1), slots: count(2) })).to.equal(
      "change burn-count 2 3 many-burns",
    );
    expect(told({ own: burning(0), slots: count(4) })).to.equal(
      "change burn-count 4 3 no-burns",
    );
    expect(told({ own: burning(0), slots: count(2) })).to.equal(
      "nothing-wanted",
    );
    // A closed forge is the DAO's to open.
    expect(told({ own: burning(1), slots: count(0) })).to.equal(
      "nothing-wanted",
    );
    expect(told({ own: burning(1).slice(-27), slots: count(2) })).to.equal(
      "nothing-wanted",
    );
  });

  it("let epochs come sooner in a wild market, and later in a calm one", () => {
    const cadence = (value: number): Slots => only("epoch-cadence", { value });
    expect(told({ rounds: moody(900), slots: cadence(172_800) })).to.equal(
      "change epoch-cadence 172800 86400 market-wild",
    );
    expect(told({ rounds: moody(100), slots: cadence(43_200) })).to.equal(
      "change epoch-cadence 43200 86400 market-calm",
    );
    expect(told({ rounds: moody(100), slots: cadence(0) })).to.equal(
      "nothing-wanted",
    );
  });

  it("say what keeps them from what they want", () => {
    const royalty = (state: Partial<SlotState>) =>
      told({ own: turned(50), slots: { royalty: state } });
    expect(royalty({ next: 2_000_000_000 })).to.equal("too-soon");
    expect(royalty({ budgetLeft: 0 })).to.equal("budget-spent");
  });

  it("ask the DAO where a bound has been in the way for several rounds, and not before", () => {
    const bounded = (rounds: ReturnType<typeof roundsOf>) =>
      told({
        rounds,
        slots: {
          ...only("guard-threshold", { value: 7_000, high: 7_000 }),
        },
      });
    // The median of five rounds turns with the third, and stays so for the patience.
    const wildFor = (days: number) =>
      roundsOf(42, (day) => (day >= 42 - days ? { volatility: 900 } : {}));
    expect(bounded(wildFor(1 + PATIENCE))).to.equal("at-bound");
    expect(bounded(wildFor(2 + PATIENCE))).to.equal(
      "propose guard-threshold 7000 7250 market-wild",
    );
    const high = { royalty: { value: 500, high: 500 } };
    expect(told({ own: turned(160, 120), slots: high })).to.equal("at-bound");
    const long = turned(160, 120).map((period, day) =>
      day < 20 ? { ...period, volume: 4_000 } : period,
    );
    expect(told({ own: long, slots: high })).to.equal(
      "propose royalty 500 550 sales-rose",
    );
  });
});
