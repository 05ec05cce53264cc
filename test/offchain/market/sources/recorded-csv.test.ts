import { expect } from "chai";

import { DAY } from "../../../../offchain/market/calendar.ts";
import { observe } from "../../../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../../../offchain/market/parse.ts";
import { recordedCsv } from "../../../../offchain/market/sources/recorded-csv.ts";
import { thrownBy } from "../../../kit/thrown.ts";

const CANDLES = `date,open,high,low,close,volume
2020-01-01,1,1,1,1,1
2020-01-02,2,2,2,2,1
2020-01-03,3,3,3,3,1`;
const SALES = `timestamp,token_id,price_eth
2020-01-01T10:00:00Z,1,1
2020-01-02T10:00:00Z,2,2
2020-01-02T11:00:00Z,3,4`;
const FIRST = 18_262;

describe("market/sources/recorded-csv", () => {
  it("cuts off what was not known at the moment, so that nothing is of the future", () => {
    for (const at of [(FIRST + 1) * DAY, (FIRST + 2) * DAY - 1]) {
      const { series } = recordedCsv(CANDLES, { name: "a.csv", at });
      expect(series.days.map(({ day }) => day)).to.deep.equal([FIRST]);
    }
    const ten = (FIRST + 1) * DAY + 10 * 3_600;
    const { series } = recordedCsv(SALES, { name: "b.csv", at: ten });
    expect(series.sales).to.have.length(2);
    expect(series.days.map(({ time }) => time)).to.deep.equal([ten - DAY, ten]);
    expect(observe(series, { at: ten })).to.deep.equal(
      observe(parseMarketCsv(SALES), { at: ten }),
    );
  });

  it("is the whole file where no moment is named, under the file's name", () => {
    for (const text of [CANDLES, SALES]) {
      const reading = recordedCsv(text, { name: "c.csv" });
      expect(reading.series).to.deep.equal(
        parseMarketCsv(text, { name: "c.csv" }),
      );
      expect(reading).to.include({ source: "c.csv", tellsVolume: true });
    }
    expect(
      recordedCsv(CANDLES, { name: `\u001b[2J${"x".repeat(99)}` }).source,
    ).to.match(/^ \[2Jx{56}…$/);
  });

  it("refuses what the parser refuses", () => {
    expect(thrownBy(() => recordedCsv("", { name: "d.csv" })).code).to.equal(
      "market/empty-file",
    );
  });
});
