import { readFileSync } from "node:fs";

import { expect } from "chai";
import { artifacts } from "hardhat";

import { digestsOf, VECTOR, type Bytecode } from "../vectors/bytecode.ts";

describe("the bytecode", () => {
  it("is what every other machine's build gives", async () => {
    // What differs was changed on purpose: LOOP_WRITE=1 npm run bench:builds. Or this machine compiles differently.
    const { creation } = JSON.parse(readFileSync(VECTOR, "utf8")) as Bytecode;
    expect(
      await digestsOf((name) => artifacts.readArtifact(name)),
    ).to.deep.equal(creation);
  });
});
