import { expect } from "chai";

import {
  blend,
  colours,
  type Colour,
} from "../../../../offchain/generator/work/colours.ts";
import { PALETTE_NAMES } from "../../../../offchain/generator/work/palettes/palettes.ts";
import {
  LIGHT_NAMES,
  SLOT,
} from "../../../../offchain/generator/work/vocabulary.ts";

const CALM = { warmth: 0, saturation: 1000 };
const luma = ([r, g, b]: Colour): number =>
  (r * 299 + g * 587 + b * 114) / 1000;

describe("colours", () => {
  for (const name of PALETTE_NAMES) {
    it(`climbs from ink to light in ${name}, in every key`, () => {
      for (const key of LIGHT_NAMES) {
        const { slots, paper } = colours(name, key, CALM);
        const ramp = [SLOT.ink, SLOT.deep, SLOT.low, SLOT.mid].map((slot) =>
          luma(slots[slot]!),
        );
        ramp.forEach(
          (value, i) => i && expect(value - ramp[i - 1]!).to.be.greaterThan(8),
        );
        expect(luma(slots[SLOT.light]!) - ramp[3]!).to.be.greaterThan(40);
        expect(luma(paper)).to.be.greaterThan(225);
        expect(slots).to.have.length(8);
        expect(
          slots.flat().every((x) => Number.isInteger(x) && x >= 0 && x <= 255),
        ).to.equal(true);
      }
    });
  }

  it("puts the ground far from the light at night and far from the ink by day", () => {
    for (const name of PALETTE_NAMES) {
      const at = (key: "day" | "night"): number =>
        luma(colours(name, key, CALM).slots[SLOT.ground]!);
      expect(at("day")).to.be.greaterThan(190);
      expect(at("night")).to.be.lessThan(60);
    }
  });

  it("warms red and cools blue by whole steps, smoothly", () => {
    const warm = colours("slate", "day", { warmth: 1000, saturation: 1000 })
      .slots[SLOT.mid]!;
    const calm = colours("slate", "day", CALM).slots[SLOT.mid]!;
    expect([
      warm[0] - calm[0],
      warm[1] - calm[1],
      warm[2] - calm[2],
    ]).to.deep.equal([14, 0, -14]);
    const slightly = colours("slate", "day", { warmth: 80, saturation: 1000 })
      .slots[SLOT.mid]!;
    expect(Math.abs(slightly[0] - calm[0])).to.be.at.most(2);
  });

  it("blends in thousandths", () => {
    expect(blend([0, 100, 200], [100, 100, 0], 250)).to.deep.equal([
      25, 100, 150,
    ]);
  });
});
