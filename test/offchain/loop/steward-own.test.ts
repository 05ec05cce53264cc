import { expect } from "chai";

import { ownPeriods } from "../../../offchain/loop/steward-own.ts";
import type { ParameterChangedEvent } from "../../../offchain/loop/ports-governance.ts";

const DAY = 86_400;
const ETHER = 10n ** 18n;
const cuts = [0, 1, 2, 3].map((day) => ({ block: 10 * day, time: day * DAY }));
const sale = (time: number, token: string, seller: string, buyer: string) => ({
  time,
  token,
  seller,
  buyer,
  price: ETHER,
});
const nothing = { sales: [], burns: [], acts: [], changes: [], royalty: 500 };
const changed = (time: number, from: number, to: number) =>
  ({ slot: "royalty", time, from, to }) as ParameterChangedEvent;

describe("our own market between rounds", () => {
  it("counts sales by time, burns and acts by block, each once", () => {
    const periods = ownPeriods(cuts, {
      ...nothing,
      sales: [
        sale(DAY - 1, "1", "a", "b"),
        sale(DAY, "2", "a", "b"),
        sale(DAY + 5, "3", "a", "c"),
        sale(3 * DAY, "4", "a", "d"),
      ],
      burns: [10, 11],
      acts: [20, 20, 31],
    });
    expect(periods.map(({ sales }) => sales)).to.deep.equal([1, 2, 0]);
    expect(periods.map(({ volume }) => volume)).to.deep.equal([
      1_000_000, 2_000_000, 0,
    ]);
    expect(periods.map(({ burns }) => burns)).to.deep.equal([1, 1, 0]);
    expect(periods.map(({ acts }) => acts)).to.deep.equal([0, 2, 0]);
    expect(periods[0]).to.include({ from: 0, to: DAY, royalty: 500 });
  });

  it("takes no notice of a work that goes in a circle: whoever trades with himself moves nothing", () => {
    const sales = [
      sale(5, "1", "a", "b"),
      sale(6, "1", "b", "a"),
      sale(7, "2", "c", "c"),
      sale(8, "3", "a", "b"),
    ];
    const [first] = ownPeriods(cuts, { ...nothing, sales });
    expect(first).to.include({ sales: 1, volume: 1_000_000 });
  });

  it("says which royalty was in force for the longest part", () => {
    const changes = [
      changed(DAY / 2 - 10, 500, 550),
      changed(2 * DAY - 10, 550, 600),
    ];
    const periods = ownPeriods(cuts, { ...nothing, changes, royalty: 600 });
    expect(periods.map(({ royalty }) => royalty)).to.deep.equal([
      550, 550, 600,
    ]);
    const late = [changed(10 * DAY, 500, 550)];
    expect(ownPeriods(cuts, { ...nothing, changes: late })[0]).to.include({
      royalty: 500,
    });
  });

  it("joins rounds that come within a day, and needs two for a period", () => {
    const close = [0, 3_600, 7_200, DAY].map((time) => ({ block: time, time }));
    expect(ownPeriods(close, nothing)).to.have.length(1);
    expect(ownPeriods(close.slice(0, 3), nothing)).to.deep.equal([]);
    expect(ownPeriods([], nothing)).to.deep.equal([]);
  });
});
