import { expect } from "chai";

import type { Comparison } from "../../../../offchain/steward/backtest/compare.ts";
import {
  standingOf,
  verdictOf,
} from "../../../../offchain/steward/backtest/verdict.ts";

const range = (low: number, high: number) => ({
  value: (low + high) / 2,
  low,
  high,
});
const result = (strength: number, low: number, high: number) => ({
  strength,
  still: { reward: range(low, high) } as Comparison,
  bestFixed: { reward: range(-0.3, -0.2) } as Comparison,
});

describe("offchain/steward/backtest/verdict", () => {
  it("claims a side only where the whole interval lies on it", () => {
    expect(standingOf(range(0.01, 0.05))).to.equal("ahead");
    expect(standingOf(range(-0.05, -0.01))).to.equal("behind");
    expect(standingOf(range(-0.01, 0.05))).to.equal("even");
    expect(standingOf(range(0, 0))).to.equal("even");
    expect(standingOf(range(1e-6, 1e-5))).to.equal("even");
  });

  it("does not hide a strength at which it loses", () => {
    const won = [result(0.5, 0.1, 0.2), result(1, 0.1, 0.2)];
    expect(verdictOf(won).overall).to.equal("ahead");
    expect(verdictOf([...won, result(2, -0.2, -0.1)]).overall).to.equal(
      "depends",
    );
    expect(verdictOf([result(1, -0.2, -0.1)]).overall).to.equal("behind");
    expect(verdictOf([result(1, -0.1, 0.1)]).overall).to.equal("even");
    expect(verdictOf(won).bestFixed).to.deep.equal(["behind", "behind"]);
  });
});
