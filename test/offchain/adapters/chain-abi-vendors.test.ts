import { expect } from "chai";
import { Interface } from "ethers";
import { artifacts } from "hardhat";

import { SIGNED_REPORTERS } from "../../../offchain/adapters/chain-abi-adapters.ts";
import {
  CRE_RECEIVER,
  DATA_FEED_ADAPTER,
  DEVELOPMENT_FEED,
} from "../../../offchain/adapters/chain-abi-vendors.ts";

describe("the readable ABI of the oracle's adapters", () => {
  for (const [name, ours] of [
    ["SignedReporters", SIGNED_REPORTERS],
    ["CreReceiver", CRE_RECEIVER],
    ["DataFeedAdapter", DATA_FEED_ADAPTER],
    ["DevelopmentFeed", DEVELOPMENT_FEED],
  ] as const) {
    it(`holds only what ${name} was compiled to`, async () => {
      const { abi } = await artifacts.readArtifact(name);
      const compiled = linesOf(new Interface(abi));
      const missing = linesOf(ours).filter((line) => !compiled.includes(line));
      expect(missing).to.deep.equal([]);
    });
  }
});

/** What is pure in a contract may be a view in its interface. */
function linesOf(abi: Interface): string[] {
  return abi.fragments.map((fragment) =>
    fragment.format("full").replace(" pure ", " view "),
  );
}
