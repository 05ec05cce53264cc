import { expect } from "chai";
import fc from "fast-check";

import { utf8 } from "../../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../../offchain/kernel/digest.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";
import {
  fitResponse,
  keep,
  nearShare,
} from "../../../../offchain/steward/backtest/response.ts";
import { madeUpTape } from "../../../kit/recorded-sales.ts";

const rng = () => createRng(keccak256(utf8("fit")));

describe("offchain/steward/backtest/response", () => {
  it("keeps all sales at no change, fewer above it and more below, and never more than twice", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        fc.double({ min: 0, max: 200, noNaN: true }),
        (more, slope) => {
          expect(keep(0, slope)).to.equal(1);
          expect(keep(more, slope)).to.be.within(0, 1);
          expect(keep(-more, slope)).to.be.within(1, 2);
          expect(keep(more, slope) >= keep(more + 0.01, slope)).to.equal(true);
        },
      ),
    );
  });

  it("is near the exponential where little is lost", () => {
    expect(Math.abs(keep(0.05, 4) - Math.exp(-0.2))).to.be.at.most(0.003);
  });

  it("finds that alike prices answer more than scattered ones", () => {
    const slopeAt = (spread: number) => {
      const { sales } = madeUpTape({ spread, seed: "slope" });
      return fitResponse(sales, sales.length, rng());
    };
    const [alike, scattered] = [slopeAt(0.05), slopeAt(0.6)];
    expect(alike.interval.low).to.be.greaterThan(scattered.interval.high);
    for (const { slope, interval } of [alike, scattered])
      expect(slope).to.be.within(interval.low, interval.high);
  });

  it("rests on nothing at or after its end", () => {
    const { sales } = madeUpTape();
    const wild = sales.map((sale, i) =>
      i < 200 ? sale : { ...sale, distance: 0 },
    );
    expect(fitResponse(wild, 200, rng())).to.deep.equal(
      fitResponse(sales, 200, rng()),
    );
    expect(nearShare(wild, 200, 100, 0.3)).to.equal(
      nearShare(sales, 200, 100, 0.3),
    );
  });
});
