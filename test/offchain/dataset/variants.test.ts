import { expect } from "chai";

import {
  apart,
  createShrinker,
  turned,
  TURNS,
  WINDOWS,
} from "../../../offchain/dataset/variants.ts";
import { drawnPictures } from "../../kit/dataset-fixture.ts";

const pictures = [...drawnPictures().values()];
const slant = drawnPictures().get("Slant") ?? new Uint8Array();

/** A window's mean at one pixel, the slow way. */
function mean(
  rgb: Uint8Array,
  left: number,
  top: number,
  side: number,
): number {
  let sum = 0;
  for (let y = top; y < top + side; y++)
    for (let x = left; x < left + side; x++) sum += rgb[(y * 256 + x) * 3] ?? 0;
  return Math.floor(sum / (side * side));
}

describe("dataset/variants", () => {
  it("shrinks by the mean of what each pixel covers", () => {
    const small = createShrinker(slant)();
    expect(small).to.have.length(64 * 64 * 3);
    for (const [x, y] of [
      [0, 0],
      [13, 40],
      [63, 63],
    ] as const)
      expect(small[(y * 64 + x) * 3]).to.equal(mean(slant, 4 * x, 4 * y, 4));
    const part = createShrinker(slant)({ left: 64, top: 128, side: 128 });
    expect(part[(5 * 64 + 7) * 3]).to.equal(mean(slant, 64 + 14, 128 + 10, 2));
  });

  it("turns a picture back by turning it on", () => {
    const small = createShrinker(slant)();
    for (const turn of [
      "mirrored",
      "upside down",
      "turned by 180 degrees",
    ] as const)
      expect(turned(turned(small, turn), turn)).to.deep.equal(small);
    expect(
      turned(turned(small, "turned by 90 degrees"), "turned by 270 degrees"),
    ).to.deep.equal(small);
    expect(
      turned(turned(small, "turned by 90 degrees"), "turned by 90 degrees"),
    ).to.deep.equal(turned(small, "turned by 180 degrees"));
    expect(new Set(TURNS).size).to.equal(5);
  });

  it("keeps its windows inside the picture", () => {
    for (const { left, top, side } of WINDOWS)
      expect(Math.max(left, top) + side).to.be.at.most(256);
  });

  it("sets unlike pictures far apart, and the same in other light near", () => {
    const smalls = pictures.map((rgb) => createShrinker(rgb)());
    smalls.forEach((a, i) =>
      smalls.forEach((b, j) =>
        i === j
          ? expect(apart(a, b)).to.equal(0)
          : expect(apart(a, b)).to.be.above(60),
      ),
    );
    const [first = new Uint8Array()] = smalls;
    expect(
      apart(
        first,
        first.map((value) => Math.max(0, value - 9)),
      ),
    ).to.be.below(5);
  });
});
