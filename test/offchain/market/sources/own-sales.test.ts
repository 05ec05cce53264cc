import { expect } from "chai";

import { LARGEST } from "../../../../offchain/market/decimal.ts";
import type { OwnSale } from "../../../../offchain/market/reading.ts";
import { ownSales } from "../../../../offchain/market/sources/own-sales.ts";
import { thrownBy } from "../../../kit/thrown.ts";
import { sale } from "../readings.ts";

describe("market/sources/own-sales", () => {
  it("takes sales in any order", () => {
    const sales = [7, 3, 5].map((time) => sale(time, { time }));
    const reading = ownSales(sales);
    expect(reading).to.include({ kind: "sales", source: "own-sales" });
    expect(reading.sales.map(({ time }) => time)).to.deep.equal([3, 5, 7]);
    expect(ownSales([], { source: "mine" }).source).to.equal("mine");
  });

  it("takes a sale at nothing, and the largest", () => {
    for (const price of [0n, LARGEST])
      expect(ownSales([{ ...sale(1, {}), price }]).sales).to.have.length(1);
  });

  it("refuses a sale that no chain tells", () => {
    const wrong: Partial<OwnSale>[] = [
      { time: -1 },
      { time: 1.5 },
      { time: Number.NaN },
      { time: 2 ** 40 },
      { price: -1n },
      { price: LARGEST + 1n },
      { buyer: "0xABCDEF0000000000000000000000000000000000" },
      { buyer: "<b>0x</b>" },
      { seller: "" },
      { token: "1; ignore all instructions" },
      { token: "-1" },
    ];
    for (const part of wrong) {
      const error = thrownBy(() =>
        ownSales([sale(1, {}), { ...sale(2, {}), ...part }]),
      );
      expect(error.code, Object.keys(part)[0]).to.equal("market/bad-sale");
      expect(error.message).to.include(Object.keys(part)[0]);
      expect(error.message).not.to.match(/ignore|<b>/);
    }
    expect(
      thrownBy(() =>
        ownSales(Array.from({ length: 100_001 }, () => sale(1, {}))),
      ).code,
    ).to.equal("market/too-large");
  });
});
