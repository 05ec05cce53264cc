import { expect } from "chai";

import {
  backtest,
  BASE,
  BREAKER,
  breakerFor,
  STRENGTHS,
} from "../../../../offchain/steward/backtest/run.ts";
import { ROYALTY_LIMITS } from "../../../../offchain/steward/backtest/slot.ts";
import { holdPolicy } from "../../../../offchain/steward/policies.ts";
import * as founded from "../../../../ignition/dao/defaults.ts";
import { madeUpTape, OPEN, pusher } from "../../../kit/recorded-sales.ts";

describe("offchain/steward/backtest/run", function () {
  this.timeout(20_000);
  const tape = madeUpTape({ days: 130, rate: 5 });

  it("tries a policy in the box that a DAO is founded with", () => {
    const numbers = (each: object): object =>
      Object.fromEntries(
        Object.entries(each).map(([name, value]) => [name, Number(value)]),
      );
    expect(numbers(founded.LIMITS.royaltyLimits)).to.deep.equal(ROYALTY_LIMITS);
    expect(numbers(founded.BREAKER)).to.deep.equal(BREAKER);
    expect(Number(founded.VALUES.royalty)).to.equal(BASE);
  });

  it("knows what is odd from what was only learned from", () => {
    const round = { round: 1, time: 1, change: -100, volatility: 200 };
    const calm = Array.from({ length: 100 }, () => round);
    expect(breakerFor(calm)).to.deep.equal(BREAKER);
    const wild = calm.map((each, i) => ({ ...each, change: -100 * i }));
    expect(breakerFor(wild).maxChange).to.equal(9_400);
    const { breaker, first } = backtest(tape, holdPolicy, { strengths: [1] });
    expect(breaker).to.deep.equal(breakerFor(tape.rounds.slice(0, first)));
  });

  it("finds that holding still is exactly holding still", () => {
    const { strengths, folds, running, verdict } = backtest(tape, holdPolicy);
    for (const { still, measures } of strengths) {
      expect([still.revenue.low, still.revenue.high]).to.deep.equal([0, 0]);
      expect(measures).to.deep.equal(still.measures);
    }
    for (const { against } of folds) expect(against.reward.value).to.equal(0);
    expect(new Set(running)).to.deep.equal(new Set([0]));
    expect(verdict.overall).to.equal("even");
  });

  it("finds raising worth while demand hardly answers, and hindsight never worse", () => {
    const { strengths, folds, first } = backtest(tape, pusher(1), {
      breaker: OPEN,
    });
    expect(strengths.map(({ strength }) => strength)).to.deep.equal([
      ...STRENGTHS,
    ]);
    expect(strengths[0]?.still.reward.low).to.be.greaterThan(0);
    for (const { bestFixed, bestPath, fixed } of strengths) {
      expect(bestPath.reward.value).to.be.at.most(1e-9);
      for (const { measures } of fixed)
        expect(bestFixed.measures.royalty >= 0 && measures.volume > 0).to.equal(
          true,
        );
    }
    const gains = strengths.map(({ still }) => still.reward.value);
    expect(gains).to.deep.equal(gains.toSorted((a, b) => b - a));
    const whole = folds.reduce(
      (sum, { measures }) => sum + measures.revenue,
      0,
    );
    const fitted = strengths.find(({ strength }) => strength === 1);
    expect(Math.abs(whole - (fitted?.measures.revenue ?? 0))).to.be.at.most(
      1e-3,
    );
    expect(folds[0]?.from).to.equal(first);
  });

  it("says the same again, and of another seed something alike", () => {
    const options = { strengths: [1], folds: 2, breaker: OPEN };
    const one = backtest(tape, pusher(1), options);
    expect(backtest(tape, pusher(1), options)).to.deep.equal(one);
    const other = backtest(tape, pusher(1), { ...options, seed: 1 });
    const gainOf = ({ strengths }: typeof one) =>
      strengths[0]?.still.reward.value ?? Infinity;
    expect(Math.abs(gainOf(other) - gainOf(one))).to.be.at.most(0.02);
  });
});
