import { expect } from "chai";

import { ROYALTY_LIMITS } from "../../../offchain/steward/backtest/slot.ts";
import {
  createSlot,
  slotsWith,
} from "../../../offchain/steward/backtest/slot.ts";
import {
  DOUBT,
  LEAST_SALES,
  marginsPolicy,
} from "../../../offchain/steward/margins.ts";
import type {
  OwnPeriod,
  StewardView,
} from "../../../offchain/steward/policy.ts";

const DAY = 86_400;
const NOW = 1_600_000_000;

/** A hundred days of ten sales each, so many of them near the median. */
function viewWith(
  near: number | undefined,
  { royalty = 500, days = 100 } = {},
): StewardView {
  const own = Array.from({ length: days }, (_, i): OwnPeriod => {
    const from = NOW - (days - i) * DAY;
    return {
      from,
      to: from + DAY,
      royalty,
      sales: 10,
      ...(near === undefined ? {} : { near }),
      volume: 10_000_000,
      burns: 0,
      acts: 0,
    };
  });
  return {
    time: NOW,
    slots: slotsWith(createSlot(royalty, ROYALTY_LIMITS).state(NOW)),
    rounds: [2, 1, 0].map((ago, i) => ({
      round: i + 1,
      time: NOW - ago * DAY,
      change: 0,
      volatility: 300,
    })),
    own,
    frozen: false,
    grantExpires: NOW + DAY,
    breaker: { staleAfter: 3 * DAY, maxChange: 5_000, maxVolatility: 20_000 },
  };
}

describe("offchain/steward/margins", () => {
  it("raises by a step where prices lie apart, and says what it expects", () => {
    const decision = marginsPolicy.decide(viewWith(2));
    expect(decision).to.include({
      kind: "change",
      from: 500,
      to: 550,
      why: "margins-wide",
    });
    if (decision.kind === "hold") throw new Error("it held");
    const { holding, changed, doubt } = decision.expected;
    expect(changed).to.be.greaterThan(holding);
    expect(doubt).to.be.greaterThan(0);
  });

  it("lowers where works sell at one price and the royalty is high", () => {
    const decision = marginsPolicy.decide(viewWith(9, { royalty: 1_000 }));
    expect(decision).to.include({
      kind: "change",
      to: 950,
      why: "margins-thin",
    });
  });

  it("does nothing in between, where the doubt is larger than the gain", () => {
    expect(marginsPolicy.decide(viewWith(6))).to.deep.equal({
      kind: "hold",
      why: "unsure",
    });
    expect(DOUBT.stronger).to.be.greaterThan(DOUBT.weaker);
  });

  it("stops before the bound: the higher the royalty, the less a step adds", () => {
    const decided = [500, 600, 700, 800, 900].map(
      (royalty) => marginsPolicy.decide(viewWith(3, { royalty })).kind,
    );
    expect(decided[0]).to.equal("change");
    expect(decided.at(-1)).to.equal("hold");
    expect(decided).to.deep.equal(decided.toSorted());
  });

  it("believes nothing where prices are not told, or too few", () => {
    const days = LEAST_SALES / 10 - 1;
    for (const view of [viewWith(undefined), viewWith(2, { days })])
      expect(marginsPolicy.decide(view)).to.deep.equal({
        kind: "hold",
        why: "too-few-observations",
      });
  });
});
