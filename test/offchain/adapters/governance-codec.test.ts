import { expect } from "chai";
import { Interface } from "ethers";
import { artifacts } from "hardhat";

import {
  GOVERNED_ABI,
  governanceCodec,
} from "../../../offchain/adapters/governance-codec.ts";
import {
  GOVERNED_CONTRACTS,
  type GovernedContract,
} from "../../../offchain/loop/ports-governance-codec.ts";

const COMPILED: Readonly<Record<GovernedContract, string>> = {
  controller: "ParameterController",
  governor: "LoopGovernor",
  timelock: "LoopTimelock",
  votes: "LoopVotes",
  "registrar-seat": "RegistrarSeat",
  registry: "RecipeRegistry",
  collection: "LoopCollection",
  oracle: "MarketOracle",
};

describe("adapters/governance-codec", () => {
  for (const contract of GOVERNED_CONTRACTS)
    it(`knows only what the ${contract} was compiled to`, async () => {
      const { abi } = await artifacts.readArtifact(COMPILED[contract]);
      const compiled = new Interface(abi);
      GOVERNED_ABI[contract].forEachFunction((ours) => {
        const theirs = compiled.getFunction(ours.selector);
        expect(theirs?.format("sighash"), ours.name).to.equal(
          ours.format("sighash"),
        );
      });
    });

  it("decodes nothing that is cut off, or of another contract", () => {
    const call = {
      contract: "oracle",
      method: "accept",
      args: [`0x${"ab".repeat(32)}`],
    } as const;
    const data = governanceCodec.encode(call);
    expect(governanceCodec.decode("oracle", data)).to.deep.equal(call);
    expect(governanceCodec.decode("votes", data)).to.equal(undefined);
    expect(governanceCodec.decode("oracle", "0x")).to.equal(undefined);
    const short = data.slice(0, -2) as `0x${string}`;
    expect(governanceCodec.decode("oracle", short)).to.equal(undefined);
  });
});
