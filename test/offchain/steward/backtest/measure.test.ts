import { expect } from "chai";

import { measure } from "../../../../offchain/steward/backtest/measure.ts";
import { ROYALTY_LIMITS } from "../../../../offchain/steward/backtest/slot.ts";
import type { World } from "../../../../offchain/steward/backtest/world.ts";

/** Ten sales of 100 a period; two fewer for each 250 bps above 500. */
const world: World = {
  periods: 4,
  base: 500,
  outcome(_, royalty) {
    const sales = 10 - (royalty - 500) / 125;
    const volume = 100 * sales;
    return {
      sales,
      quick: sales / 10,
      volume,
      revenue: (volume * royalty) / 10_000,
    };
  },
  seen() {
    throw new Error("measures rest on what is expected");
  },
};

const measured = (royalties: readonly number[]) =>
  measure({
    world,
    at: (k) => royalties[k] ?? 500,
    from: 0,
    to: royalties.length,
    seconds: () => 86_400,
    limits: ROYALTY_LIMITS,
  });

describe("offchain/steward/backtest/measure", () => {
  it("finds nothing in holding still", () => {
    const { lost, drift, atBounds, drawdown, moves, ...sums } = measured([
      500, 500,
    ]);
    expect([lost, drift, atBounds, drawdown, moves]).to.deep.equal([
      0, 0, 0, 0, 0,
    ]);
    expect(sums).to.deep.equal({
      revenue: 100,
      volume: 2_000,
      sales: 20,
      churn: 0.1,
      royalty: 500,
    });
  });

  it("counts what a path lost, how far it drifted, and its time at bounds", () => {
    const found = measured([500, 750, 1_000, 1_000]);
    expect(found.sales).to.equal(30);
    expect(found.lost).to.equal(0.25);
    expect(found.royalty).to.equal(812.5);
    expect(found.drift).to.equal(312.5);
    expect(found.atBounds).to.equal(0.5);
    expect(found.moves).to.equal(2);
  });

  it("takes the drawdown from the best lead", () => {
    // Leads by 10, then gives 50 away, of the 200 that holding still earns.
    const found = measured([750, 0, 500, 500]);
    expect(found.revenue).to.equal(160);
    expect(found.drawdown).to.equal(0.25);
  });

  it("divides by nothing where nothing was sold", () => {
    const nobody: World = {
      ...world,
      outcome: () => ({ sales: 0, quick: 0, volume: 0, revenue: 0 }),
    };
    const found = measure({
      world: nobody,
      at: () => 500,
      from: 0,
      to: 3,
      seconds: () => 0,
      limits: ROYALTY_LIMITS,
    });
    expect(Object.values(found)).to.deep.equal(Array(10).fill(0));
  });
});
