import { expect } from "chai";

import { DAY } from "../../../../offchain/market/calendar.ts";
import { observe } from "../../../../offchain/market/observe.ts";
import { coinbase } from "../../../../offchain/market/sources/coinbase.ts";
import { thrownBy } from "../../../kit/thrown.ts";
import { AT, fixture, TODAY } from "../readings.ts";

const codeOf = (body: unknown): string => thrownBy(() => coinbase(body)).code;
const candle = (...cells: unknown[]): unknown[] => [[TODAY * DAY, ...cells]];

describe("market/sources/coinbase", () => {
  it("reads candles newest first, and leaves the day that runs to observe", () => {
    const { series, tellsVolume } = coinbase(fixture("coinbase.json"));
    expect(series.days.at(-1)!.day).to.equal(TODAY);
    expect(observe(series, { at: AT }).time).to.equal((TODAY - 1) * DAY);
    expect(series.report).to.include({ rows: 42, used: 42, gaps: 0 });
    expect(tellsVolume).to.equal(false);
  });

  it("takes the close, which stands fifth", () => {
    const { series } = coinbase(candle(1, 4, 2, 3, 9));
    expect(series.days).to.deep.equal([
      {
        day: TODAY,
        price: 3n * 10n ** 18n,
        volume: 9n * 10n ** 18n,
        time: TODAY * DAY,
      },
    ]);
  });

  it("reads numbers written as texts, unsorted, repeated, open outside low and high", () => {
    const { series } = coinbase(fixture("coinbase-dirty.json"));
    expect(series.report).to.include({ rows: 42, used: 41, repeated: 1 });
    expect(series.report.gaps).to.equal(1);
    expect(series.report.inconsistent).to.be.above(0);
  });

  it("refuses what is no candle", () => {
    for (const body of [{}, null, [], [1], [[]], candle(1, 2, 3, 4)])
      expect(codeOf(body)).to.equal("market/unexpected-shape");
    expect(codeOf(candle(0, 4, 2, 3, 9))).to.equal("market/zero-price");
    expect(codeOf(candle(1, 4, 2, -3, 9))).to.equal("market/negative-number");
    expect(codeOf(candle(1, 4, 2, 3, null))).to.equal("market/bad-number");
    expect(codeOf(candle(5, 4, 2, 3, 9))).to.equal("market/impossible-candle");
    expect(codeOf([[TODAY * DAY + 3_600, 1, 4, 2, 3, 9]])).to.equal(
      "market/not-daily",
    );
    expect(codeOf([[TODAY * DAY * 1_000, 1, 4, 2, 3, 9]])).to.equal(
      "market/bad-date",
    );
    expect(
      codeOf([...candle(1, 4, 2, 3, 9), ...candle(1, 4, 2, 4, 9)]),
    ).to.equal("market/conflicting-dates");
  });
});
