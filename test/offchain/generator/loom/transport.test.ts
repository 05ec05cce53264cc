import { expect } from "chai";

import type { Donor } from "../../../../offchain/generator/loom/donors.ts";
import {
  reversed,
  transport,
} from "../../../../offchain/generator/loom/transport.ts";
import type { Colour } from "../../../../offchain/generator/work/colours.ts";

/** A donor that prints these colours on these parts of its picture. */
function donor(palette: readonly Colour[], parts: readonly number[]): Donor {
  return {
    name: "x",
    codes: new Float32Array(),
    slots: new Uint8Array(),
    outside: new Uint8Array(),
    ground: [],
    figure: 0,
    palette,
    parts,
    mixes: [],
  };
}
const rgb = (...[r, g, b]: [number, number, number]): Colour => [r, g, b];
const grey = (x: number): Colour => [x, x, x];

describe("transport of palettes", () => {
  const from = donor(
    [
      grey(10),
      grey(12),
      grey(90),
      grey(128),
      grey(200),
      grey(240),
      grey(250),
      grey(70),
    ],
    [0.3, 0.1, 0.2, 0, 0.1, 0.3, 0, 0],
  );
  const to = donor(
    [
      rgb(20, 0, 0),
      rgb(120, 20, 10),
      rgb(180, 90, 60),
      rgb(230, 200, 170),
      rgb(255, 240, 230),
      grey(0),
      grey(0),
      grey(0),
    ],
    [0.3, 0.2, 0.1, 0.1, 0.3, 0, 0, 0],
  );

  it("gives every main colour one of its own, twins the same, in order of lightness", () => {
    const out = transport(from, to);
    expect(out[0]).to.deep.equal([20, 0, 0]);
    expect(out[1], "told apart by noise only").to.deep.equal(out[0]);
    expect(out[5]).to.deep.equal([255, 240, 230]);
    const main = [0, 2, 4, 5].map((slot) => String(out[slot]));
    expect(new Set(main).size).to.equal(4);
  });

  it("keeps mixtures mixtures", () => {
    const out = transport(from, to);
    const [low, mid, high] = [out[2]![0], out[3]![0], out[4]![0]];
    expect(mid).to.be.within(Math.min(low, high), Math.max(low, high));
  });

  it("leaves what the other has no colour for as it was, the smallest first", () => {
    const few = donor(
      [grey(0), rgb(255, 0, 0), ...Array.from({ length: 6 }, () => grey(0))],
      [0.5, 0.5, 0, 0, 0, 0, 0, 0],
    );
    const out = transport(from, few);
    expect(out[4]).to.deep.equal(from.palette[4]);
    expect(transport(few, few)).to.equal(few.palette);
  });

  it("changes dark and light over", () => {
    const out = reversed(from, from.palette);
    expect(out[0]).to.deep.equal(from.palette[5]);
    expect(out[5]).to.deep.equal(from.palette[0]);
  });
});
