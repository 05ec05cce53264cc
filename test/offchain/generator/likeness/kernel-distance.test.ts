import { expect } from "chai";
import fc from "fast-check";

import { featureSpace } from "../../../../offchain/generator/likeness/features.ts";
import {
  halvesInterval,
  kernelDistance,
  kernelInterval,
  noFurtherThanHalves,
} from "../../../../offchain/generator/likeness/kernel-distance.ts";
import { thrownBy } from "../../../kit/thrown.ts";
import { discs } from "./sets.ts";

const points = fc.array(
  fc
    .array(fc.double({ min: -2, max: 2, noNaN: true }), {
      minLength: 3,
      maxLength: 3,
    })
    .map((values) => Float64Array.from(values)),
  { minLength: 2, maxLength: 8 },
);

describe("generator/likeness/kernel-distance", () => {
  const set = discs("one hand", 16);
  const space = featureSpace(set);
  const reference = set.map(space);
  const same = discs("the same hand", 16).map(space);
  const other = discs("another hand", 16, true).map(space);

  it("is the textbook estimate", () => {
    const a = [Float64Array.of(1), Float64Array.of(2)];
    const b = [Float64Array.of(0), Float64Array.of(-1), Float64Array.of(3)];
    // Within a: (1 * 2 + 1)^3. Within b: 1, 1, (1 - 3)^3. Across: 1, 0, 64 and 1, -1, 343.
    expect(
      Math.abs(kernelDistance(a, b) - (27 - 6 / 3 - (2 * 408) / 6)),
    ).to.be.at.most(1e-9);
  });

  it("is the same both ways and in any order", () => {
    fc.assert(
      fc.property(points, points, (a, b) => {
        const distance = kernelDistance(a, b);
        const slack = 1e-9 * (1 + Math.abs(distance));
        expect(Math.abs(kernelDistance(b, a) - distance)).to.be.at.most(slack);
        expect(
          Math.abs(kernelDistance(a.toReversed(), b.toReversed()) - distance),
        ).to.be.at.most(slack);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps another sample of one hand within the halves' interval, and puts another hand far outside", () => {
    const { high } = halvesInterval(reference);
    expect(kernelDistance(reference, same)).to.be.below(high);
    expect(kernelDistance(reference, other)).to.be.above(3 * high);
  });

  it("grows with the share of strangers in the works", () => {
    const mixed = [0, 6, 12].map((strangers) =>
      kernelDistance(reference, [
        ...other.slice(0, strangers),
        ...same.slice(strangers),
      ]),
    );
    expect(mixed).to.deep.equal(mixed.toSorted((a, b) => a - b));
  });

  it("gives intervals around the estimate, the same every time", () => {
    for (const works of [same, other]) {
      const interval = kernelInterval(reference, works);
      expect(interval.value).to.equal(kernelDistance(reference, works));
      expect(interval.low).to.be.below(interval.value);
      expect(interval.high).to.be.above(interval.value);
      expect(kernelInterval(reference, works)).to.deep.equal(interval);
    }
  });

  it("finds halves of one set zero apart on average", () => {
    const { value, low, high } = halvesInterval(reference);
    expect(Math.abs(value)).to.be.below((high - low) / 20);
    expect(low).to.be.below(0);
  });

  it("tells in what share of halvings works are no further than the other half", () => {
    expect(noFurtherThanHalves(reference, same)).to.be.within(0.2, 0.9);
    expect(noFurtherThanHalves(reference, other)).to.equal(0);
    expect(noFurtherThanHalves(reference, reference)).to.be.above(0.5);
  });

  it("refuses to compare less than two pictures", () => {
    expect(
      thrownBy(() => kernelDistance(reference, same.slice(0, 1))).code,
    ).to.equal("generator/few-pictures");
  });
});
