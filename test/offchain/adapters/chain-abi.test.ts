import { expect } from "chai";
import { Interface } from "ethers";
import { artifacts } from "hardhat";

import {
  MARKET_ADAPTER,
  SIGNED_REPORTERS,
} from "../../../offchain/adapters/chain-abi-adapters.ts";
import {
  BOOK,
  COLLECTION_SETTINGS,
  ORACLE_SETTINGS,
} from "../../../offchain/adapters/chain-abi-deployment.ts";
import { FUNCTIONS } from "../../../offchain/adapters/chain-abi-functions.ts";
import {
  CRE_RECEIVER,
  DATA_FEED_ADAPTER,
  DEVELOPMENT_FEED,
} from "../../../offchain/adapters/chain-abi-vendors.ts";
import { ORACLE } from "../../../offchain/adapters/chain-abi-evolving.ts";
import { COLLECTION, REGISTRY } from "../../../offchain/adapters/chain-abi.ts";

describe("the readable ABI", () => {
  for (const [name, ours] of [
    ["LoopCollection", COLLECTION],
    ["RecipeRegistry", REGISTRY],
    ["MarketOracle", ORACLE],
    ["RecipeRegistry", BOOK],
    ["LoopCollection", COLLECTION_SETTINGS],
    ["MarketOracle", ORACLE_SETTINGS],
    ["IMarketAdapter", MARKET_ADAPTER],
    ["SignedReporters", SIGNED_REPORTERS],
    ["DataFeedAdapter", DATA_FEED_ADAPTER],
    ["CreReceiver", CRE_RECEIVER],
    ["FunctionsAdapter", FUNCTIONS],
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

function linesOf(abi: Interface): string[] {
  return abi.fragments.map((fragment) =>
    fragment
      .format("full")
      // Where an adapter knows its kind, it reads nothing; what ERC-165 answers has a name or none.
      .replace(" pure ", " view ")
      .replace("(bool supported)", "(bool)"),
  );
}
