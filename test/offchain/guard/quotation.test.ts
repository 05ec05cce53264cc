import { expect } from "chai";

import { parseGuardConfig } from "../../../offchain/guard/config.ts";
import { SIDE } from "../../../offchain/guard/picture.ts";
import {
  prepareReferences,
  quotationOf,
  type Quotation,
} from "../../../offchain/guard/quotation.ts";
import { screen } from "../../../offchain/guard/screen.ts";
import { thrownBy } from "../../kit/thrown.ts";
import { fixtureConfig } from "./guard-fixture.ts";
import {
  GOOD,
  inDisc,
  moved,
  ORNAMENT,
  paint,
  stream,
  type Colour,
} from "./pictures.ts";

/** A picture of many discs on a ground, by name: a hand that no two pictures share motifs in. */
function discs(name: string): Uint8Array {
  const rng = stream(name);
  const colour = (): Colour => [rng.below(256), rng.below(256), rng.below(256)];
  const spots = Array.from({ length: 14 }, () => ({
    x: rng.below(SIDE),
    y: rng.below(SIDE),
    r: 4 + rng.below(8),
    colour: colour(),
  }));
  const ground = colour();
  return paint(
    (x, y) => spots.find((s) => inDisc(x, y, s.x, s.y, s.r))?.colour ?? ground,
  );
}

const DONORS = ["a", "b", "c", "d", "e"].map((name) => discs(`donor ${name}`));
const [FIRST, SECOND] = DONORS as [Uint8Array, Uint8Array];
const FRESH = discs("fresh");
const references = prepareReferences(DONORS);
const measure = (rgb: Uint8Array): Quotation => quotationOf(rgb, references);

/** Half of what is usual between the donors, as a recipe's bounds are set. */
const bounds: Quotation = (() => {
  const own = DONORS.map((donor, i) =>
    quotationOf(donor, prepareReferences(DONORS.filter((_, j) => j !== i))),
  );
  const half = (of: (quotation: Quotation) => number): number =>
    Math.floor((own.map(of).sort((a, b) => a - b)[2] ?? 0) / 2);
  return {
    whole: half(({ whole }) => whole),
    patch: half(({ patch }) => patch),
    recoloured: half(({ recoloured }) => recoloured),
  };
})();
const config = parseGuardConfig({
  ...fixtureConfig(),
  screens: [],
  quotation: bounds,
});
const judge = (rgb: Uint8Array): readonly string[] =>
  screen(rgb, { config, threshold: 0, references }).reasons;

/** One picture in some places, another in the rest. */
const joined = (
  a: Uint8Array,
  b: Uint8Array,
  isA: (x: number, y: number) => boolean,
): Uint8Array =>
  paint((x, y) => {
    const i = (y * SIDE + x) * 3;
    return [...(isA(x, y) ? a : b).subarray(i, i + 3)] as unknown as Colour;
  });

const last = SIDE - 1;
/** What somebody might do to a donor's picture, and the reason for which that is rejected. */
const COPIES: Record<string, [picture: Uint8Array, reason: string]> = {
  "a copy": [FIRST, "copy"],
  "a copy mirrored left to right": [
    moved(FIRST, (x, y) => [last - x, y]),
    "copy",
  ],
  "a copy standing on its head": [
    moved(FIRST, (x, y) => [last - x, last - y]),
    "copy",
  ],
  "a copy moved by four pixels": [
    moved(FIRST, (x, y) => [Math.min(last, x + 4), Math.max(0, y - 4)]),
    "copy",
  ],
  "a copy that is a little lighter and grainier": [
    FIRST.map((level, i) => Math.min(255, level + 6 + ((i * 7) % 9))),
    "copy",
  ],
  "a negative": [FIRST.map((level) => 255 - level), "recoloured-copy"],
  "a copy with its colours changed round and paler": [
    paint((x, y) => {
      const [r, g, b] = FIRST.subarray((y * SIDE + x) * 3) as unknown as Colour;
      return [(g >> 1) + 100, (b >> 1) + 20, (r >> 1) + 60];
    }),
    "recoloured-copy",
  ],
  "a copy enlarged by a quarter, in other colours": [
    paint((x, y) => {
      const i = (Math.floor(8 + y * 0.8) * SIDE + Math.floor(3 + x * 0.8)) * 3;
      const [r, g, b] = FIRST.subarray(i) as unknown as Colour;
      return [b, 255 - r, (g >> 1) + 60];
    }),
    "recoloured-copy",
  ],
  "half of a copy beside something new": [
    joined(FIRST, FRESH, (x) => x < 32),
    "copied-part",
  ],
  "two halves of two donors": [
    joined(FIRST, SECOND, (_, y) => y < 32),
    "copied-part",
  ],
  "a corner of two thirds of a side beside something new": [
    joined(FIRST, FRESH, (x, y) => x < 42 && y < 42),
    "copied-part",
  ],
};

describe("guard/quotation", () => {
  for (const [what, [picture, reason]] of Object.entries(COPIES))
    it(`rejects ${what} as \`${reason}\``, () => {
      expect(judge(picture)).to.include(reason);
    });

  it("lets new pictures of the same hand pass, and pictures of another", () => {
    for (const name of ["new 1", "new 2", "new 3", "new 4"])
      expect(judge(discs(name))).to.deep.equal([]);
    for (const picture of [GOOD, ORNAMENT])
      expect(judge(picture)).to.deep.equal([]);
  });

  it("lets a small motif be quoted: a third of a side is no copy", () => {
    const motif = joined(FIRST, FRESH, (x, y) => x < 22 && y < 22);
    expect(judge(motif)).to.deep.equal([]);
  });

  it("measures a copy as nothing away, and nobody's picture as far as it goes", () => {
    expect(measure(SECOND)).to.deep.include({ whole: 0, patch: 0 });
    expect(measure(SECOND).recoloured).to.be.below(800);
    expect(quotationOf(FIRST, prepareReferences([]))).to.deep.equal({
      whole: 25_500,
      patch: 25_500,
      recoloured: 10_000,
    });
  });

  it("gives integers that depend neither on the order of the references nor on the bounds they are told up to", () => {
    const turned = prepareReferences(DONORS.toReversed());
    for (const picture of [FRESH, GOOD]) {
      const full = measure(picture);
      for (const value of Object.values(full))
        expect(Number.isSafeInteger(value)).to.equal(true);
      expect(quotationOf(picture, turned)).to.deep.equal(full);
      const beyond = {
        whole: full.whole + 1,
        patch: full.patch + 1,
        recoloured: full.recoloured + 1,
      };
      expect(quotationOf(picture, references, beyond)).to.deep.equal(full);
      const short = {
        whole: full.whole - 1,
        patch: full.patch - 1,
        recoloured: full.recoloured - 1,
      };
      expect(quotationOf(picture, references, short)).to.deep.equal(short);
    }
  });

  it("copies nothing where nothing is to be seen", () => {
    const plain = paint(() => [90, 90, 90]);
    const { patch, recoloured } = quotationOf(plain, references, bounds);
    expect({ patch, recoloured }).to.deep.equal({
      patch: bounds.patch,
      recoloured: bounds.recoloured,
    });
  });

  it("pins three measurements", () => {
    expect([FRESH, GOOD, ORNAMENT].map(measure)).to.deep.equal([
      { whole: 10_725, patch: 7_170, recoloured: 7_698 },
      { whole: 9_225, patch: 7_638, recoloured: 8_297 },
      { whole: 10_489, patch: 8_687, recoloured: 9_666 },
    ]);
  });

  it("scores the distances, and accepts the bounds themselves", () => {
    const full = measure(FRESH);
    const with_ = (quotation: Quotation): ReturnType<typeof screen> =>
      screen(FRESH, {
        config: { ...config, quotation },
        threshold: 0,
        references,
      });
    expect(with_(full)).to.deep.include({ pass: true });
    expect(with_(full).scores).to.deep.include({
      "whole-distance": full.whole,
      "patch-distance": full.patch,
      "recoloured-distance": full.recoloured,
    });
    expect(with_({ ...full, whole: full.whole + 1 }).reasons).to.deep.equal([
      "copy",
    ]);
    expect(with_({ ...full, patch: full.patch + 1 }).reasons).to.deep.equal([
      "copied-part",
    ]);
    expect(
      with_({ ...full, recoloured: full.recoloured + 1 }).reasons,
    ).to.deep.equal(["recoloured-copy"]);
  });

  it("measures nothing where the configuration bounds nothing, and refuses bounds without references", () => {
    const { quotation: _, ...free } = config;
    const verdict = screen(FIRST, { config: free, threshold: 0, references });
    expect(verdict.pass).to.equal(true);
    expect(Object.keys(verdict.scores)).not.to.include("whole-distance");
    expect(
      thrownBy(() => screen(FIRST, { config, threshold: 0 })).code,
    ).to.equal("guard/no-references");
  });
});
