import { expect } from "chai";

import {
  ART,
  frameAt,
  PAPER,
  RULE,
  windowScale,
} from "../../../../offchain/generator/work/frame.ts";
import { FRAME_NAMES } from "../../../../offchain/generator/work/vocabulary.ts";

/** Shares of paper, print and rule, in percent, on a fine lattice. */
function shares(frame: (typeof FRAME_NAMES)[number]): number[] {
  const counts = [0, 0, 0, 0];
  for (let y = 0; y < 200; y++)
    for (let x = 0; x < 200; x++)
      counts[frameAt(frame, (x + 0.5) / 100 - 1, (y + 0.5) / 100 - 1)]!++;
  return counts.map((n) => n / 400);
}

describe("frame", () => {
  it("bleeds over the whole sheet", () => {
    expect(shares("bleed")).to.deep.equal([0, 100, 0, 0]);
    expect(windowScale("bleed")).to.equal(1);
  });

  for (const frame of FRAME_NAMES.filter((name) => name !== "bleed")) {
    it(`keeps paper at the corners, a rule and most of the print for a ${frame}`, () => {
      const [paper, art, rule] = shares(frame) as [number, number, number];
      expect(frameAt(frame, 0.99, 0.99)).to.equal(PAPER);
      expect(frameAt(frame, 0.45, 0.15)).to.equal(ART);
      expect(art).to.be.greaterThan(45);
      expect(paper).to.be.greaterThan(14);
      expect(rule).to.be.within(0.5, 2.5);
    });
  }

  it("rules a line at one distance all around", () => {
    expect(frameAt("mat", 0.86 + 0.036, 0)).to.equal(RULE);
    expect(frameAt("roundel", 0, -0.86 - 0.036)).to.equal(RULE);
    expect(frameAt("arch", 0, -0.86 - 0.036)).to.equal(RULE);
  });

  it("parts a triptych in three and panes in four", () => {
    expect([-0.6, 0, 0.6].map((x) => frameAt("triptych", x, 0))).to.deep.equal([
      ART,
      ART,
      ART,
    ]);
    expect(frameAt("triptych", 0.86 / 3, 0.5)).to.equal(PAPER);
    expect(frameAt("panes", 0, 0.5)).to.equal(PAPER);
    expect(frameAt("panes", 0.5, 0)).to.equal(PAPER);
  });
});
