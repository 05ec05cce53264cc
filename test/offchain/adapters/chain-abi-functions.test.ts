import { expect } from "chai";
import { Interface } from "ethers";
import { artifacts } from "hardhat";

import { FUNCTIONS } from "../../../offchain/adapters/chain-abi-functions.ts";

describe("the readable ABI of Functions", () => {
  it("holds only what FunctionsAdapter was compiled to", async () => {
    const { abi } = await artifacts.readArtifact("FunctionsAdapter");
    const compiled = linesOf(new Interface(abi));
    const missing = linesOf(FUNCTIONS).filter(
      (line) => !compiled.includes(line),
    );
    expect(missing).to.deep.equal([]);
  });
});

/** What an interface promises as a view, a contract may keep as a pure function. */
function linesOf(abi: Interface): string[] {
  return abi.fragments.map((fragment) =>
    fragment.format("full").replace(" pure ", " view "),
  );
}
