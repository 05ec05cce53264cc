import { expect } from "chai";

import { drawChart } from "../../../offchain/adapters/chart-png.ts";
import { backtestChart } from "../../../offchain/loop/backtest-chart.ts";
import { backtest } from "../../../offchain/steward/backtest/run.ts";
import { holdPolicy } from "../../../offchain/steward/policies.ts";
import {
  madeUpSales,
  madeUpTape,
  OPEN,
  pusher,
  tapeOfRows,
} from "../../kit/recorded-sales.ts";

const LEAST = { strengths: [1], folds: 2, breaker: OPEN };

describe("offchain/loop/backtest-chart", function () {
  this.timeout(20_000);
  const tape = madeUpTape({ days: 70, rate: 5 });

  it("draws the same result as the same text, and as a picture", async () => {
    const result = backtest(tape, pusher(1), LEAST);
    const svg = backtestChart({ tape, result });
    expect(backtestChart({ tape, result })).to.equal(svg);
    expect(svg).to.include("holding still 5 %").and.include("as fitted");
    const png = await drawChart(svg, { width: 320 });
    expect([...png.slice(1, 4)]).to.deep.equal([0x50, 0x4e, 0x47]);
  });

  it("has a place for everything, whatever the sales are", () => {
    const flat = tapeOfRows(
      madeUpSales({ days: 70, rate: 5 }).map((row) =>
        row.replace(/[^,]+$/, "0.000000000000000001"),
      ),
    );
    for (const each of [tape, flat])
      for (const policy of [holdPolicy, pusher(-1)]) {
        const result = backtest(each, policy, LEAST);
        expect(backtestChart({ tape: each, result })).not.to.match(
          /NaN|Infinity|undefined/,
        );
      }
  });
});
