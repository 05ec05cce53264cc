import { expect } from "chai";

import { DAY } from "../../../../offchain/market/calendar.ts";
import { fearAndGreed } from "../../../../offchain/market/sources/fear-and-greed.ts";
import { thrownBy } from "../../../kit/thrown.ts";
import { fixture, TODAY } from "../readings.ts";

const codeOf = (data: unknown): string =>
  thrownBy(() => fearAndGreed({ data })).code;

describe("market/sources/fear-and-greed", () => {
  it("takes the latest day, whatever the order", () => {
    const expected = {
      kind: "sentiment",
      source: "fear-and-greed",
      time: TODAY * DAY,
      sentiment: 3_800,
    };
    const text = fixture("fear-and-greed.json");
    expect(fearAndGreed(text)).to.deep.equal(expected);
    const { data } = JSON.parse(text) as { data: unknown[] };
    expect(fearAndGreed({ data: data.toReversed() })).to.deep.equal(expected);
  });

  it("reads both ends, as texts or numbers", () => {
    for (const value of [0, "0", 100, "100"])
      expect(
        fearAndGreed({ data: [{ value, timestamp: "5" }] }).sentiment,
      ).to.equal(Number(value) * 100);
  });

  it("refuses what is no index", () => {
    const day = (value: unknown, timestamp: unknown = "5"): unknown[] => [
      { value, timestamp },
    ];
    for (const data of [null, undefined, [], {}, [1], [null]])
      expect(codeOf(data)).to.equal("market/unexpected-shape");
    expect(codeOf(day("101"))).to.equal("market/out-of-range");
    for (const value of ["", null, "fear"])
      expect(codeOf(day(value)), String(value)).to.equal("market/bad-number");
    for (const value of ["5.5", 5.5])
      expect(codeOf(day(value))).to.equal("market/out-of-range");
    expect(codeOf(day("-1"))).to.equal("market/negative-number");
    for (const time of ["", "today", -1, null])
      expect(codeOf(day("5", time)), String(time)).to.equal("market/bad-date");
    expect(codeOf([...day("5"), ...day("6")])).to.equal(
      "market/conflicting-dates",
    );
  });

  it("reads no words, and says no more of them than a beginning", () => {
    const error = thrownBy(() =>
      fearAndGreed(fixture("hostile-fear-and-greed.json")),
    );
    expect(error.code).to.equal("market/bad-number");
    expect(error.message).not.to.include("script").and.not.to.include("SYSTEM");
  });
});
