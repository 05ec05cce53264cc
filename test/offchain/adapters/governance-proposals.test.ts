import { expect } from "chai";
import { AbiCoder, keccak256 } from "ethers";

import { toCreated } from "../../../offchain/adapters/governance-proposals.ts";

const TARGET = `0x${"11".repeat(20)}`;
const TYPES = [
  "uint256",
  "address",
  "address[]",
  "uint256[]",
  "string[]",
  "bytes[]",
  "uint256",
  "uint256",
  "bytes",
];

describe("adapters/governance-proposals", () => {
  it("reads a proposal whose description is no text, and keeps its hash", () => {
    const description = "0x2320ff41";
    const data = AbiCoder.defaultAbiCoder().encode(TYPES, [
      7n,
      TARGET,
      [TARGET],
      [5n],
      [""],
      ["0xabcd"],
      10n,
      20n,
      description,
    ]) as `0x${string}`;
    expect(toCreated({ data })).to.deep.equal({
      id: "7",
      proposer: TARGET,
      calls: [{ target: TARGET, value: 5n, data: "0xabcd" }],
      description: "# \ufffdA",
      descriptionHash: keccak256(description),
      snapshot: 10,
    });
  });
});
