import { expect } from "chai";

import { DAY } from "../../../../offchain/market/calendar.ts";
import { opensea } from "../../../../offchain/market/sources/opensea.ts";
import { thrownBy } from "../../../kit/thrown.ts";
import { AT, fixture, TODAY } from "../readings.ts";

const codeOf = (body: unknown): string =>
  thrownBy(() => opensea(body, { at: AT })).code;
const stats = (floor: unknown, symbol: unknown, days: unknown): object => ({
  total: { floor_price: floor, floor_price_symbol: symbol },
  intervals: days,
});

describe("market/sources/opensea", () => {
  it("tells the floor and the last day's volume, as of the midnight before it was asked", () => {
    expect(opensea(fixture("opensea.json"), { at: AT })).to.deep.equal({
      kind: "collection",
      source: "opensea",
      time: TODAY * DAY,
      floor: 2_159n * 10n ** 14n,
      volume: 375n * 10n ** 16n,
    });
  });

  it("tells no floor where nothing is listed, and no volume where no day is told", () => {
    const unlisted = opensea(fixture("opensea-unlisted.json"), { at: AT });
    expect(unlisted).to.include({ floor: undefined, volume: 0n });
    expect(opensea(stats(2, "ETH", []), { at: AT })).to.include({
      floor: 2n * 10n ** 18n,
      volume: undefined,
    });
    expect(codeOf(stats(0, "ETH", []))).to.equal("market/nothing-told");
  });

  it("refuses another unit, and does not repeat its name", () => {
    expect(codeOf(stats(2, "USDC", []))).to.equal("market/wrong-unit");
    expect(
      opensea(stats(2, "POL", []), { at: AT, symbols: ["POL"] }).floor,
    ).to.equal(2n * 10n ** 18n);
    const error = thrownBy(() =>
      opensea(fixture("hostile-opensea.json"), { at: AT }),
    );
    expect(error.code).to.equal("market/wrong-unit");
    expect(error.message).not.to.match(/img|instructions|\p{C}/u);
  });

  it("refuses what is no answer", () => {
    const day = { interval: "one_day", volume: 1 };
    for (const body of [
      null,
      { total: null },
      stats(2, "ETH", null),
      stats(2, "ETH", [1]),
      stats(2, "ETH", [day, day]),
    ])
      expect(codeOf(body)).to.equal("market/unexpected-shape");
    expect(codeOf(stats(-1, "ETH", []))).to.equal("market/negative-number");
    expect(codeOf(stats(null, "ETH", []))).to.equal("market/bad-number");
    expect(
      codeOf(stats(2, "ETH", [{ interval: "one_day", volume: "1e30" }])),
    ).to.equal("market/bad-number");
  });
});
