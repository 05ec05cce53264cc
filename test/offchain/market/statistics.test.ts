import { expect } from "chai";
import fc from "fast-check";

import {
  deviation,
  integerRoot,
  lowerMedian,
  quantile,
  winsorise,
} from "../../../offchain/market/statistics.ts";

const integers = fc.array(fc.integer({ min: -2_000_000, max: 2_000_000 }), {
  minLength: 2,
  maxLength: 60,
});

describe("market/statistics", () => {
  it("takes the lower of two middles, and a value that was there", () => {
    expect(lowerMedian([3n, 1n, 2n])).to.equal(2n);
    expect(lowerMedian([4n, 1n, 3n, 2n])).to.equal(2n);
    expect(lowerMedian([7n])).to.equal(7n);
    expect(quantile([], 1, 2)).to.equal(0n);
    expect(
      quantile(
        Array.from({ length: 30 }, (_, i) => BigInt(29 - i)),
        1,
        10,
      ),
    ).to.equal(2n);
  });

  it("takes roots that are exact and never one too large", () => {
    fc.assert(
      fc.property(fc.nat(67_108_863), (root) => {
        expect(integerRoot(root * root)).to.equal(root);
        if (root > 0) expect(integerRoot(root * root - 1)).to.equal(root - 1);
      }),
    );
  });

  it("is the textbook deviation, rounded down", () => {
    fc.assert(
      fc.property(integers, (values) => {
        const mean =
          values.reduce((sum, value) => sum + value, 0) / values.length;
        const squares = values.reduce(
          (sum, value) => sum + (value - mean) ** 2,
          0,
        );
        expect(deviation(values)).to.be.within(
          Math.sqrt(squares / (values.length - 1)) - 1.001,
          Math.sqrt(squares / (values.length - 1)) + 1.001,
        );
      }),
    );
    expect(deviation([5])).to.equal(0);
    expect(deviation([5, 5, 5])).to.equal(0);
  });

  it("draws in one value at each end of twenty, and leaves the others", () => {
    const values = [
      ...Array.from({ length: 18 }, (_, i) => i),
      1_000_000,
      -1_000_000,
    ];
    expect(winsorise(values, 20)).to.deep.equal([
      ...values.slice(0, 18),
      17,
      0,
    ]);
    expect(winsorise(values.slice(2), 20)).to.deep.equal(values.slice(2));
  });
});
