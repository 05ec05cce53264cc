import { expect } from "chai";

import {
  floatToHalf,
  halfToFloat,
} from "../../../../offchain/generator/model/half.ts";

describe("half", () => {
  it("goes through every finite half unchanged", () => {
    // Infinities and NaN do not occur in weights.
    const finite = Array.from({ length: 0x10000 }, (_, i) => i).filter(
      (half) => ((half >>> 10) & 31) !== 31,
    );
    expect(
      finite.filter((half) => floatToHalf(halfToFloat(half)) !== half),
    ).to.deep.equal([]);
  });

  it("knows some values", () => {
    expect(
      [0x3c00, 0xc000, 0x3555, 0x0001, 0x7bff].map(halfToFloat),
    ).to.deep.equal([1, -2, 0.333251953125, 2 ** -24, 65504]);
  });

  it("rounds to the nearest, ties to even, and never to infinity", () => {
    expect(floatToHalf(1 + 2 ** -11)).to.equal(0x3c00);
    expect(floatToHalf(1 + 3 * 2 ** -11)).to.equal(0x3c02);
    expect(floatToHalf(1 + 2 ** -11 + 2 ** -20)).to.equal(0x3c01);
    expect(floatToHalf(2.5 * 2 ** -24)).to.equal(2);
    expect(floatToHalf(1e9)).to.equal(0x7bff);
    expect(floatToHalf(-1e9)).to.equal(0xfbff);
  });
});
