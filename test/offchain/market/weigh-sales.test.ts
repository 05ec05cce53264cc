import { expect } from "chai";
import fc from "fast-check";

import { DAY } from "../../../offchain/market/calendar.ts";
import { ONE } from "../../../offchain/market/decimal.ts";
import type { OwnSale } from "../../../offchain/market/reading.ts";
import {
  SALES_WINDOW,
  weighSales,
} from "../../../offchain/market/weigh-sales.ts";
import { address, AT, sale, TODAY } from "./readings.ts";

const END = TODAY * DAY;
const weigh = (sales: readonly OwnSale[]): ReturnType<typeof weighSales> =>
  weighSales(sales, { at: AT });
const [A, B, C, D] = [11, 12, 13, 14].map(address) as [
  string,
  string,
  string,
  string,
];
const way = (...wallets: string[]): OwnSale[] =>
  wallets.slice(1).map((buyer, i) =>
    sale(i, {
      seller: wallets[i]!,
      buyer,
      token: "7",
      time: END - DAY + i * 60,
    }),
  );

describe("market/weigh-sales", () => {
  it("gives each buyer one vote, the lower median of what that buyer paid", () => {
    const sales = [
      ...[1, 2, 9, 9].map((price, i) => sale(i, { price, buyer: A })),
      sale(4, { price: 3, buyer: B }),
      sale(5, { price: 5, buyer: C }),
    ];
    expect(weigh(sales)).to.deep.equal({
      buyers: 3,
      counted: 6,
      dropped: 0,
      price: 3n * ONE,
      floor: 2n * ONE,
      volume: 10n * ONE,
      time: END - DAY / 2,
    });
  });

  it("takes the lowest tenth over the buyers for the floor", () => {
    const floorOf = (count: number): bigint =>
      weigh(Array.from({ length: count }, (_, i) => sale(i, { price: i + 1 })))
        .floor;
    expect(floorOf(10)).to.equal(ONE);
    expect(floorOf(11)).to.equal(2n * ONE);
    expect(floorOf(30)).to.equal(3n * ONE);
  });

  it("looks at thirty whole days before the last midnight, and at the last of them for the volume", () => {
    const first = END - SALES_WINDOW * DAY;
    const at = (time: number): OwnSale[] => [sale(1, { time, price: 2 })];
    expect(weigh(at(first - 1)).buyers).to.equal(0);
    expect(weigh(at(first))).to.include({ buyers: 1, volume: 0n, time: first });
    expect(weigh(at(END - DAY - 1)).volume).to.equal(0n);
    expect(weigh(at(END - DAY)).volume).to.equal(2n * ONE);
    expect(weigh(at(END - 1)).buyers).to.equal(1);
    expect(weigh(at(END)).buyers).to.equal(0);
    expect(weighSales(at(END), { at: END + DAY }).buyers).to.equal(1);
  });

  it("says the same all day", () => {
    const sales = Array.from({ length: 20 }, (_, i) =>
      sale(i, { price: i + 1, time: END - i * DAY }),
    );
    expect(weighSales(sales, { at: END })).to.deep.equal(
      weighSales(sales, { at: END + DAY - 1 }),
    );
  });

  it("drops what brings a work back to a wallet that had sold it", () => {
    const counts = (...wallets: string[]): number[] => {
      const { counted, dropped } = weigh(way(...wallets));
      return [counted, dropped];
    };
    expect(counts(A, A)).to.deep.equal([0, 1]);
    expect(counts(A, B)).to.deep.equal([1, 0]);
    expect(counts(A, B, A)).to.deep.equal([0, 2]);
    expect(counts(A, B, A, B)).to.deep.equal([0, 3]);
    expect(counts(A, B, C, A)).to.deep.equal([0, 3]);
    expect(counts(A, B, C, B)).to.deep.equal([1, 2]);
    expect(counts(A, B, C, D)).to.deep.equal([3, 0]);
    expect(counts(A, B, B, C)).to.deep.equal([2, 1]);
    expect(counts(A, B, A, C, D, C)).to.deep.equal([1, 4]);
  });

  it("counts a return only of the same work and inside the window", () => {
    const [there, back] = way(A, B, A) as [OwnSale, OwnSale];
    expect(weigh([there, { ...back, token: "8" }]).counted).to.equal(2);
    const long = { ...there, time: END - (SALES_WINDOW + 1) * DAY };
    expect(weigh([long, back]).counted).to.equal(1);
  });

  it("drops gifts", () => {
    const gift = sale(1, { price: 0 });
    expect(weigh([gift])).to.include({ buyers: 0, dropped: 1, floor: 0n });
  });

  it("does not depend on the order of the sales, two of one second included", () => {
    const arbitrary = fc.array(
      fc.record({
        time: fc.constantFrom(END - 5, END - 9, END - 3 * DAY),
        price: fc.bigInt(0n, 9n),
        buyer: fc.constantFrom(A, B, C, D),
        seller: fc.constantFrom(A, B, C, D),
        token: fc.constantFrom("1", "2"),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(arbitrary, (sales) => {
        expect(weigh(sales.toReversed())).to.deep.equal(weigh(sales));
      }),
    );
  });

  it("is not moved by a wallet that buys often, whatever it pays", () => {
    const honest = Array.from({ length: 21 }, (_, i) =>
      sale(i, { price: 10 + i }),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { minLength: 1 }), (list) => {
        const buyer = address(9);
        const { price, floor } = weigh([
          ...honest,
          ...list.map((paid, i) => sale(100 + i, { price: paid, buyer })),
        ]);
        expect(Number(price / ONE)).to.be.within(19, 20);
        expect(Number(floor / ONE)).to.be.within(11, 12);
      }),
    );
  });
});
