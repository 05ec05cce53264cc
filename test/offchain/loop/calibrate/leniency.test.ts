import { expect } from "chai";

import { prepareReferences } from "../../../../offchain/guard/quotation.ts";
import {
  PATCH_SHARE,
  usualDistances,
} from "../../../../offchain/loop/calibrate/copy-bounds.ts";
import {
  judged,
  type Drawn,
} from "../../../../offchain/loop/calibrate/draw.ts";
import { WIDENING } from "../../../../offchain/loop/calibrate/guard-bounds.ts";
import {
  guardOf,
  lenientGuard,
} from "../../../../offchain/loop/calibrate/leniency.ts";
import { discs, painted } from "../../generator/likeness/sets.ts";

describe("loop/calibrate/leniency", () => {
  const pictures = discs("lenient", 6);
  const references = prepareReferences(pictures);
  const usual = usualDistances(pictures);
  const blank = painted(() => [120, 120, 120]);
  const fit = (
    previews: readonly Uint8Array[],
  ): ReturnType<typeof lenientGuard> =>
    lenientGuard(
      pictures,
      usual,
      references,
      previews.map((preview): Drawn => ({
        traits: {},
        preview,
        point: new Float64Array(),
        ...judged(preview, { guard: guardOf(pictures, usual), references }),
      })),
      ({ preview }) => (preview === blank ? "blank" : "other"),
    );

  it("stays strict while most candidates pass", () => {
    const strict = guardOf(pictures, usual);
    const passing = discs("strict", 40).filter(
      (preview) => judged(preview, { guard: strict, references }).accepted,
    );
    expect(passing.length).to.be.above(4);
    const blanks = Array.from({ length: 20 }, () => blank);
    const { leniency, guard } = fit([...passing, ...blanks]);
    expect(leniency).to.deep.equal({
      widening: WIDENING,
      patchShare: PATCH_SHARE,
    });
    expect(guard).to.deep.equal(strict);
  });

  it("widens its bounds, a few times, where they reject too much, and never lets blanks pass", () => {
    const sparse = discs("sparse", 6).map((rgb) =>
      painted((x, y) => {
        const at = (y * 64 + x) * 3;
        return [...rgb.subarray(at, at + 3)].map((v) => 120 + (v >> 2));
      }),
    );
    const { leniency, samples } = fit([...sparse, blank]);
    expect(leniency.widening).to.be.within(2 * WIDENING, 8 * WIDENING);
    expect(leniency.patchShare).to.equal(PATCH_SHARE);
    expect(samples.at(-1)?.reasons).to.include("blank");
  });

  it("takes off the share of patches where works quote too much, and lets no whole copy pass", () => {
    const [first] = pictures as [Uint8Array];
    const halves = [28, 30, 32, 34, 36].map((edge) =>
      painted((x, y) => {
        const at = (x < edge ? y : (y + 24) % 64) * 64 + x;
        return [...first.subarray(at * 3, at * 3 + 3)];
      }),
    );
    const { leniency, samples } = fit([...halves, first]);
    expect(leniency.patchShare).to.be.below(PATCH_SHARE);
    expect(leniency.widening).to.equal(WIDENING);
    expect(samples.at(-1)?.reasons).to.include("copy");
  });
});
