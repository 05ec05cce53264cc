import { expect } from "chai";

import {
  prepareReferences,
  quotationOf,
} from "../../../../offchain/guard/quotation.ts";
import {
  COPY_SHARE,
  copyBounds,
  PATCH_SHARE,
  usualDistances,
} from "../../../../offchain/loop/calibrate/copy-bounds.ts";
import { discs } from "../../generator/likeness/sets.ts";

describe("loop/calibrate/copy-bounds", () => {
  const set = discs("bounds", 5);
  const usual = usualDistances(set);

  it("finds the middle of how far pictures are from the nearest of the others", () => {
    const own = set
      .map(
        (picture) =>
          quotationOf(
            picture,
            prepareReferences(set.filter((other) => other !== picture)),
          ).whole,
      )
      .sort((a, b) => a - b);
    expect(usual.whole).to.equal(own[2]);
  });

  it("asks for more than half of it, so that half is kept by any rule", () => {
    expect(COPY_SHARE).to.be.within(0.5, 0.75);
    expect(copyBounds(usual)).to.deep.equal({
      whole: Math.floor(usual.whole * COPY_SHARE),
      patch: Math.floor(usual.patch * PATCH_SHARE),
      recoloured: Math.floor(usual.recoloured * COPY_SHARE),
    });
  });

  it("asks less of patches alone where it is told to", () => {
    expect(copyBounds(usual, 0.2)).to.deep.equal({
      ...copyBounds(usual),
      patch: Math.floor(usual.patch * 0.2),
    });
  });

  it("finds less in a set whose pictures are much alike", () => {
    const [first] = set as [Uint8Array];
    const series = usualDistances(
      [0, 3, 6, 9].map((by) => first.map((v) => Math.min(255, v + by))),
    );
    expect(series.whole).to.be.below(usual.whole);
    expect(series.patch).to.be.below(usual.patch);
    expect(series.recoloured).to.be.below(usual.recoloured);
  });
});
