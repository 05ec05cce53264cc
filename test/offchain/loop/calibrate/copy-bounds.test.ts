import { expect } from "chai";

import {
  prepareReferences,
  quotationOf,
} from "../../../../offchain/guard/quotation.ts";
import { copyBounds } from "../../../../offchain/loop/calibrate/copy-bounds.ts";
import { discs } from "../../generator/likeness/sets.ts";

describe("loop/calibrate/copy-bounds", () => {
  it("is a little more than half of what is usual between the pictures", () => {
    const set = discs("bounds", 5);
    const own = set
      .map(
        (picture) =>
          quotationOf(
            picture,
            prepareReferences(set.filter((other) => other !== picture)),
          ).whole,
      )
      .sort((a, b) => a - b);
    expect(copyBounds(set).whole).to.equal(
      Math.floor(((own[2] ?? 0) * 5_500) / 10_000),
    );
  });

  it("shrinks for a set whose pictures are much alike", () => {
    const [first, ...others] = discs("alike", 5) as [
      Uint8Array,
      ...Uint8Array[],
    ];
    const near = [
      first,
      ...[3, 6, 9].map((by) => first.map((v) => Math.min(255, v + by))),
    ];
    const [series, set] = [copyBounds(near), copyBounds([first, ...others])];
    expect(series.whole).to.be.below(set.whole);
    expect(series.patch).to.be.below(set.patch);
    expect(series.recoloured).to.be.below(set.recoloured);
  });
});
