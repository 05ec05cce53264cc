import { expect } from "chai";

import {
  median,
  neighbours,
  relativeNearness,
} from "../../../../offchain/generator/likeness/nearest.ts";
import { discs, flipped, painted, shifted } from "./sets.ts";

describe("generator/likeness/nearest", () => {
  const set = discs("nearest", 6);
  const known = neighbours(set);
  const nearest = (rgb: Uint8Array): { whole: number; part: number } =>
    relativeNearness([rgb], known)[0]!;

  it("finds a copy, also mirrored or moved", () => {
    for (const rgb of set) {
      expect(nearest(rgb)).to.deep.equal({ whole: 0, part: 0 });
      expect(nearest(flipped(rgb))).to.deep.equal({ whole: 0, part: 0 });
      expect(nearest(shifted(rgb, 4)).whole).to.be.below(0.05);
    }
  });

  it("finds by its parts that most of a picture is a copy, not as a whole", () => {
    const [a] = set as [Uint8Array];
    const [fresh] = discs("fresh", 1) as [Uint8Array];
    const most = painted((x, y) => {
      const at = (y * 64 + x) * 3;
      return [...(y < 52 ? a : fresh).subarray(at, at + 3)];
    });
    expect(nearest(most).whole).to.be.above(0.2);
    expect(nearest(most).part).to.be.below(0.2);
  });

  it("measures other pictures of the same hand at about one", () => {
    const wholes = relativeNearness(discs("others", 6), known).map(
      ({ whole }) => whole,
    );
    expect(median(wholes)).to.be.within(0.6, 1.6);
  });

  it("does not depend on the order of the references", () => {
    const turned = neighbours(set.toReversed());
    expect(turned.usual).to.deep.equal(known.usual);
    const fresh = discs("order", 2);
    expect(relativeNearness(fresh, turned)).to.deep.equal(
      relativeNearness(fresh, known),
    );
  });

  it("finds nothing to compare in the parts of a plain picture", () => {
    expect(nearest(painted(() => [9, 9, 9])).part).to.be.above(1);
  });
});
