import { expect } from "chai";

import { roundsOf, tapeOf } from "../../../offchain/loop/backtest.ts";
import { DAY } from "../../../offchain/market/calendar.ts";
import { observe } from "../../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../../offchain/market/parse.ts";
import { madeUpSales, salesCsv } from "../../kit/recorded-sales.ts";
import { expectCode } from "../../kit/rejection.ts";

const seriesOf = (rows: readonly string[]) =>
  parseMarketCsv(salesCsv(rows), { name: "sales.csv" });

describe("offchain/loop/backtest", () => {
  const rows = madeUpSales({ days: 80, rate: 3 });

  it("makes the rounds that the product would have brought, day by day", () => {
    const series = seriesOf(rows);
    const rounds = roundsOf(series);
    expect(rounds).to.have.length(series.days.length);
    for (const [i, { day }] of series.days.entries()) {
      const time = (day + 1) * DAY;
      const seen = observe(series, { at: time - 1 });
      const { round, floor, volume, change, volatility, trend } =
        rounds[i] ?? {};
      expect({ round, time }).to.deep.equal({ round: i + 1, time });
      expect(floor).to.equal(seen.floor);
      expect(volume).to.equal(undefined);
      expect(change ?? 0).to.equal(seen.change);
      expect(volatility ?? 0).to.equal(seen.volatility);
      expect(trend ?? 0).to.equal(seen.trend);
    }
  });

  it("does not care in what order the rows come, nor how often", () => {
    const shuffled = [...rows.slice(100), ...rows.slice(0, 100).toReversed()];
    const twice = [...shuffled, ...rows];
    expect(tapeOf(seriesOf(twice))).to.deep.equal(tapeOf(seriesOf(rows)));
  });

  it("is silent for a while after a gap, and goes on", () => {
    const later = madeUpSales({ days: 120, rate: 3 })
      .filter((row) => !row.startsWith("2021-02"))
      .map((row) =>
        row.replace(
          /^2021-0([34])/,
          (_, month) => `2021-0${Number(month) + 4}`,
        ),
      );
    const series = seriesOf(later);
    const rounds = roundsOf(series);
    // As long as the days that it looks back on reach over the gap.
    expect(series.days.length - rounds.length).to.equal(30);
    const gap = Math.max(
      ...rounds.slice(1).map(({ time }, i) => time - (rounds[i]?.time ?? 0)),
    );
    expect(gap).to.be.greaterThan(60 * DAY);
  });

  it("refuses candles", async () => {
    const candles = parseMarketCsv(
      "date,open,high,low,close,volume\n2020-01-01,1,1,1,1,1\n",
    );
    await expectCode(() => tapeOf(candles), "backtest/not-sales");
  });
});
