import { expect } from "chai";

import {
  createTape,
  DEAREST,
} from "../../../../offchain/steward/backtest/tape.ts";
import type { MarketPoint } from "../../../../offchain/steward/policy.ts";
import { expectCode } from "../../../kit/rejection.ts";

const DAY = 86_400;
const rounds = (count: number): MarketPoint[] =>
  Array.from({ length: count }, (_, i) => ({
    round: i + 1,
    time: (i + 1) * DAY,
  }));
const sale = (i: number, price = 100) => ({
  time: i * 20_000,
  price,
  token: `${i % 40}`,
});
const sales = (count: number) =>
  Array.from({ length: count }, (_, i) => sale(i));

describe("offchain/steward/backtest/tape", () => {
  it("puts every sale into the one period that it fell into", () => {
    const { periods } = createTape("x", sales(200), rounds(45));
    for (const [k, { from, to, first, end }] of periods.entries()) {
      for (let i = first; i < end; i++)
        expect(sale(i).time).to.be.within(from, to - 1);
      expect(first).to.equal(periods[k - 1]?.end ?? 0);
    }
    expect(periods.at(-1)?.end).to.equal(195);
  });

  it("draws in a price that is a joke beside those before it, and counts it", () => {
    const rows = sales(200);
    rows[100] = sale(100, 100_000_000);
    const tape = createTape("x", rows, rounds(45));
    expect(tape.drawnIn).to.equal(1);
    expect(tape.sales[100]?.price).to.equal(100 * DEAREST);
  });

  it("says of a sale only what its past tells", () => {
    const one = createTape("x", sales(200), rounds(45));
    const rows = sales(200);
    for (let i = 120; i < 200; i++) rows[i] = sale(i, 900);
    const other = createTape("x", rows, rounds(45));
    expect(other.sales.slice(0, 120)).to.deep.equal(one.sales.slice(0, 120));
    expect(one.sales[0]?.distance).to.equal(undefined);
    expect(one.sales[50]?.distance).to.equal(0);
  });

  it("calls a resale within 30 days quick", () => {
    const rows = sales(200);
    const { sales: known } = createTape("x", rows, rounds(45));
    expect(known[39]?.quick).to.equal(false);
    expect(known[40]?.quick).to.equal(true);
    const slow = rows.map((each, i) => ({ ...each, time: i * 80_000 }));
    expect(createTape("x", slow, rounds(190)).sales[40]?.quick).to.equal(false);
  });

  it("refuses what says too little", async () => {
    await expectCode(
      () => createTape("x", sales(99), rounds(45)),
      "backtest/too-few-sales",
    );
    await expectCode(
      () => createTape("x", sales(200), rounds(39)),
      "backtest/too-few-rounds",
    );
  });
});
