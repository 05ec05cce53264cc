import { expect } from "chai";

import {
  cutFolds,
  LEAST_PERIODS,
} from "../../../../offchain/steward/backtest/folds.ts";
import {
  madeUpSales,
  madeUpTape,
  tapeOfRows,
} from "../../../kit/recorded-sales.ts";
import { expectCode } from "../../../kit/rejection.ts";

describe("offchain/steward/backtest/folds", () => {
  const tape = madeUpTape({ days: 150 });

  it("judges everything after the training part, once", () => {
    for (const count of [1, 3, 6]) {
      const folds = cutFolds(tape, count);
      expect(folds).to.have.length(count);
      expect(folds.at(-1)?.to).to.equal(tape.periods.length);
      for (const [i, { from, to }] of folds.entries()) {
        expect(to - from).to.be.at.least(LEAST_PERIODS);
        if (i > 0) expect(from).to.equal(folds[i - 1]?.to);
      }
      const learned = tape.periods[(folds[0]?.from ?? 0) - 1]?.end ?? 0;
      expect(Math.abs(learned / tape.sales.length - 0.4)).to.be.at.most(0.05);
    }
  });

  it("leaves every fold its days where one day holds nearly all sales", () => {
    const rows = madeUpSales({ days: 90 });
    for (const day of ["2021-01-03", "2021-03-28"]) {
      const rush = Array.from(
        { length: 2_000 },
        (_, i) => `${day}T12:00:${String(i % 60).padStart(2, "0")}Z,${i},1.5`,
      );
      const folds = cutFolds(tapeOfRows([...rows, ...rush]), undefined);
      expect(folds.length).to.be.at.least(1);
      for (const { from, to } of folds)
        expect(to - from).to.be.at.least(LEAST_PERIODS);
    }
  });

  it("makes fewer of a short file, and refuses more than fit", async () => {
    const short = madeUpTape({ days: 60 });
    const folds = cutFolds(short, undefined);
    expect(folds.length).to.be.within(1, 5);
    await expectCode(() => cutFolds(short, 20), "backtest/too-many-folds");
  });
});
