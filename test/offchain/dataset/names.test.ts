import { expect } from "chai";

import {
  createNames,
  pathOf,
  stemOf,
  traitWord,
} from "../../../offchain/dataset/names.ts";

describe("dataset/names", () => {
  it("makes a trait's word of any words", () => {
    expect(traitWord("Fleur n° 3, « Été »")).to.equal("Fleur n 3 Ete");
    expect(traitWord("Ada's rose")).to.equal("Adas rose");
    expect(traitWord("文")).to.equal("");
    const long = traitWord("Flag of the Democratic Republic of the Congo");
    expect(long).to.equal("Flag of the Democratic Republic of the");
    expect(traitWord("x".repeat(99))).to.have.length(40);
  });

  it("gives each picture a word and a path of its own", () => {
    const nameFor = createNames();
    const long = "y".repeat(60);
    const names = [
      ["文", "Rose!"],
      ["rose"],
      ["ROSE"],
      ["文"],
      [long],
      [long],
    ].map(nameFor);
    expect(names).to.deep.equal([
      "Rose",
      "Rose 2",
      "ROSE 3",
      "Picture",
      `Y${"y".repeat(39)}`,
      `Y${"y".repeat(37)} 2`,
    ]);
    expect(new Set(names.map(pathOf))).to.have.property("size", 6);
    expect(pathOf("ROSE 3")).to.equal("images/rose-3.png");
  });

  it("takes the last extension off a file's name", () => {
    expect(["a.b.png", "a", ".png"].map(stemOf)).to.deep.equal([
      "a.b",
      "a",
      "",
    ]);
  });
});
