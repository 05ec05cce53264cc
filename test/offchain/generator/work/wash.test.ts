import { expect } from "chai";

import type { Colour } from "../../../../offchain/generator/work/colours.ts";
import { SLOT } from "../../../../offchain/generator/work/vocabulary.ts";
import { createWash } from "../../../../offchain/generator/work/wash.ts";

const GREY: Colour = [100, 100, 100];
const wash = {
  upright: true,
  rim: [0, 0, 200] as Colour,
  rimShare: 0.5,
  glow: [200, 0, 0] as Colour,
  glowShare: 0.4,
};

describe("createWash", () => {
  it("hands colours through where there is nothing to wash", () => {
    expect(createWash(null)(GREY, SLOT.ground, 0, 0)).to.equal(GREY);
  });

  it("washes a sky from its top and glows below", () => {
    const print = createWash(wash);
    expect([...print(GREY, SLOT.ground, 0, -1)]).to.deep.equal([50, 50, 150]);
    expect([...print(GREY, SLOT.ground, 0.7, 0.9)]).to.deep.equal([
      140, 60, 60,
    ]);
  });

  it("washes from all edges, and glows in the middle, where there is no top", () => {
    const print = createWash({ ...wash, upright: false });
    expect([...print(GREY, SLOT.ground, 0, 0)]).to.deep.equal([140, 60, 60]);
    expect([...print(GREY, SLOT.ground, 1, 1)]).to.deep.equal([50, 50, 150]);
    expect([...print(GREY, SLOT.ground, 0.6, 0.2)]).to.deep.equal([
      ...print(GREY, SLOT.ground, -0.2, -0.6),
    ]);
  });

  it("touches what stands on the ground more lightly than the ground", () => {
    const print = createWash(wash);
    const ground = print(GREY, SLOT.ground, 0, -1)[2];
    const stem = print(GREY, SLOT.deep, 0, -1)[2];
    expect(stem).to.be.within(101, ground - 1);
  });
});
