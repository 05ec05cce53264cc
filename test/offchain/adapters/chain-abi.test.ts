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
  DAO_SETTINGS,
  ORACLE_SETTINGS,
} from "../../../offchain/adapters/chain-abi-deployment.ts";
import { FUNCTIONS } from "../../../offchain/adapters/chain-abi-functions.ts";
import {
  ACCEPTING,
  CONTROLLER,
  GOVERNOR,
  HOLDING,
  SEAT,
  TIMELOCK,
  VOTES,
} from "../../../offchain/adapters/chain-abi-governance.ts";
import {
  CRE_RECEIVER,
  DATA_FEED_ADAPTER,
  DEVELOPMENT_FEED,
} from "../../../offchain/adapters/chain-abi-vendors.ts";
import { ORACLE } from "../../../offchain/adapters/chain-abi-evolving.ts";
import { COLLECTION, REGISTRY } from "../../../offchain/adapters/chain-abi.ts";
import { parseContractError } from "../../../offchain/adapters/chain-errors.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";

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
    ["LoopGovernor", GOVERNOR],
    ["LoopGovernor", DAO_SETTINGS.governor],
    ["LoopTimelock", TIMELOCK],
    ["LoopTimelock", DAO_SETTINGS.timelock],
    ["LoopVotes", VOTES],
    ["LoopVotes", DAO_SETTINGS.votes],
    ["ParameterController", CONTROLLER],
    ["ParameterController", DAO_SETTINGS.controller],
    ["RegistrarSeat", SEAT],
    ["RegistrarSeat", DAO_SETTINGS.registrarSeat],
    ["LoopCollection", HOLDING],
    ["RecipeRegistry", ACCEPTING],
  ] as const) {
    it(`holds only what ${name} was compiled to`, async () => {
      const { abi } = await artifacts.readArtifact(name);
      const compiled = linesOf(new Interface(abi));
      const missing = linesOf(ours).filter((line) => !compiled.includes(line));
      expect(missing).to.deep.equal([]);
    });
  }
});

describe("errors of the DAO's contracts", () => {
  for (const name of [
    "LoopGovernor",
    "LoopTimelock",
    "LoopVotes",
    "ParameterController",
    "RegistrarSeat",
  ])
    it(`are known by name, those of ${name}`, async () => {
      const { abi } = await artifacts.readArtifact(name);
      const unknown: string[] = [];
      new Interface(abi).forEachError(({ name: error, selector }) => {
        const data = `${selector}${"00".repeat(512)}` as const;
        const known = parsed(data as Hex);
        if (known !== error && !FOREIGN.test(error)) unknown.push(error);
      });
      expect(unknown).to.deep.equal([]);
    });
});

/** OpenZeppelin's own, which no call of ours can meet. */
const FOREIGN =
  /^(AccessControlBad|Address|Checkpoint|DoubleEnded|ECDSA|EIP|ERC|FailedCall|GovernorDisabledDeposit|Insufficient|Invalid|MathOver|Queue|SafeCast|Strings|StringTooLong|VotesExpired)/;

function parsed(data: Hex): string | undefined {
  return parseContractError(data)?.name;
}

function linesOf(abi: Interface): string[] {
  return abi.fragments.map((fragment) =>
    fragment
      .format("full")
      // Where an adapter knows its kind, it reads nothing; what ERC-165 answers has a name or none.
      .replace(" pure ", " view ")
      .replace("(bool supported)", "(bool)"),
  );
}
