import { expect } from "chai";

import { madeUpTape, worldOf } from "../../../kit/recorded-sales.ts";

describe("offchain/steward/backtest/world", () => {
  const tape = madeUpTape();
  const sumOf = (royalty: number, strength = 1) => {
    const world = worldOf(tape, { strength });
    let [sales, volume, revenue, quick] = [0, 0, 0, 0];
    for (let k = 0; k < world.periods; k++) {
      const one = world.outcome(k, royalty);
      sales += one.sales;
      volume += one.volume;
      revenue += one.revenue;
      quick += one.quick;
    }
    return { sales, volume, revenue, quick };
  };

  it("gives back the recorded sales at the royalty at which they were made", () => {
    const counted = tape.periods.at(-1)?.end ?? 0;
    const { sales, volume, revenue } = sumOf(500);
    const recorded = tape.sales
      .slice(0, counted)
      .reduce((sum, { price }) => sum + price, 0);
    expect(sales).to.equal(counted);
    expect(Math.abs(volume - recorded)).to.be.at.most(1e-3);
    expect(Math.abs(revenue - recorded / 20)).to.be.at.most(1e-3);
  });

  it("sells less above it, more below, and the more so the stronger the answer", () => {
    expect(sumOf(900).sales).to.be.lessThan(sumOf(500).sales);
    expect(sumOf(100).sales).to.be.greaterThan(sumOf(500).sales);
    expect(sumOf(900, 2).sales).to.be.lessThan(sumOf(900).sales);
  });

  it("loses quick resales first", () => {
    const churn = (royalty: number) => {
      const { quick, sales } = sumOf(royalty);
      return quick / sales;
    };
    expect(churn(900)).to.be.lessThan(churn(500));
  });

  it("shows what was recorded as it was, and on the whole what it measures", () => {
    const world = worldOf(tape);
    let [seen, meant] = [0, 0];
    for (let k = 0; k < world.periods; k++) {
      const { first = 0, end = 0 } = tape.periods[k] ?? {};
      const held = world.seen(k, 500);
      expect(held.sales).to.equal(end - first);
      expect(held.near ?? -1).to.be.within(0, held.sales);
      seen += world.seen(k, 900).sales;
      meant += world.outcome(k, 900).sales;
    }
    expect(Math.abs(seen / meant - 1)).to.be.at.most(0.1);
  });

  it("draws one lot a sale: a higher royalty never brings a sale back", () => {
    const world = worldOf(tape);
    for (let k = 0; k < world.periods; k++)
      for (let royalty = 0; royalty < 1_000; royalty += 100)
        expect(
          world.seen(k, royalty).sales >= world.seen(k, royalty + 100).sales,
        ).to.equal(true);
  });
});
