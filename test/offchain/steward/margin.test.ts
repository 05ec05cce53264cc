import { expect } from "chai";

import {
  createNeighbourhood,
  distanceOf,
  MARGIN,
  shareOf,
  slopeOf,
} from "../../../offchain/steward/margin.ts";

describe("offchain/steward/margin", () => {
  it("takes the lower median of the last thirty, and none of fewer than five", () => {
    const before = createNeighbourhood();
    for (const price of [5, 1, 4, 2]) before.add(price);
    expect(before.median()).to.equal(undefined);
    before.add(3);
    expect(before.median()).to.equal(3);
    for (let i = 0; i < 30; i++) before.add(100 + i);
    expect(before.median()).to.equal(114);
  });

  it("measures distance as a share of the median", () => {
    expect(distanceOf(3, 2)).to.equal(0.5);
    expect(distanceOf(1, 2)).to.equal(0.5);
  });

  it("gives the slope that loses the share to the whole margin", () => {
    for (const share of [0.05, 0.3, 0.6, 0.9]) {
      const kept = (1 + (slopeOf(share) * MARGIN) / 8) ** -8;
      expect(Math.abs(kept - (1 - share))).to.be.at.most(1e-12);
    }
    expect(slopeOf(0)).to.equal(0);
  });

  it("stays finite whatever the sales are", () => {
    expect(slopeOf(shareOf(1_000_000, 1_000_000))).to.be.lessThan(30);
    expect(shareOf(0, 0)).to.equal(0.5);
  });
});
