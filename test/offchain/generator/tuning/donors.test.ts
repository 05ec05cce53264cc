import { expect } from "chai";

import {
  chooseDonors,
  describePicture,
} from "../../../../offchain/generator/tuning/donors.ts";

describe("donors", () => {
  const at = (...places: number[]): Float32Array[] =>
    places.map((x) => Float32Array.of(x, 0));

  it("are all where there is room", () => {
    expect(chooseDonors(at(5, 1, 9), 3)).to.deep.equal([0, 1, 2]);
  });

  it("stand for all: the middle one, then always the farthest", () => {
    const places = at(0, 0.1, 5, 5.1, 10, 10.1, 4.9);
    expect(chooseDonors(places, 3)).to.deep.equal([0, 2, 5]);
  });

  it("are never the same picture twice, even among equals", () => {
    const chosen = chooseDonors(at(1, 1, 1, 1, 2), 4);
    expect(new Set(chosen).size).to.equal(4);
    expect(chosen).to.include(4);
  });

  it("are compared by mean colours of 16 x 16 parts", () => {
    const rgb = new Uint8Array(32 * 32 * 3).fill(255);
    rgb.fill(0, 0, 6);
    const description = describePicture(rgb);
    expect(description).to.have.length(768);
    expect(Math.abs(description[0]! - 0.5)).to.be.at.most(1e-6);
    expect(Math.abs(description[3]! - 1)).to.be.at.most(1e-6);
  });
});
