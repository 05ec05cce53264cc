import type { ErrorDescription, Interface } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { ORACLE } from "./chain-abi-evolving.ts";
import { GOVERNANCE } from "./chain-abi-governance.ts";
import { COLLECTION, REGISTRY } from "./chain-abi.ts";
import { GOVERNANCE_REMEDIES } from "./chain-remedies-governance.ts";
import { refusalOf } from "./rpc.ts";
import { slotRefusal } from "./slot-refusal.ts";

/** Contracts whose errors may come through another's. */
const OURS = [COLLECTION, REGISTRY, ORACLE, ...GOVERNANCE];

/** What to do about a contract's error; the others speak for themselves. */
const REMEDIES: Readonly<Record<string, string>> = {
  ...GOVERNANCE_REMEDIES,
  AccessControlUnauthorizedAccount:
    "use an account that holds the role, or have the admin grant it",
  AttunementAtEnd: "the dial stands at its end; turn it the other way",
  EpochBeforeCadence: "epochs keep a distance; publish it after that time",
  EpochCoversLess:
    "the epoch before it covers more batches; wait for a round that covers as many",
  EpochDoesNotCover:
    "the work was sealed after the epoch's round; name a later epoch, or genesis",
  EpochIsVoided: "the epoch was taken back; name another, or genesis",
  EpochOracleMissing:
    "no oracle is named; the admin names one: npx hardhat parameters --set oracle=ADDRESS",
  EpochRoundNotNewer:
    "an epoch of that round or of a later one exists; wait for a newer round",
  EpochTooEarly: "wait for the block after the round's",
  EpochUnauthorizedVoider: "only the guardian and the admin take epochs back",
  EpochUnknown: "see the epochs that exist: npx hardhat epochs",
  ERC721BatchTokenLocked:
    "the work is locked for a child; wait until it is sealed or abandoned",
  CollectionRoyaltyNotOffered:
    "have the parameter authority offer it: npx hardhat parameters --set royalty-offer=RECEIVER:BPS",
  CreReceiverUnauthorizedForwarder:
    "only the forwarder that the contract names delivers reports",
  DataFeedSameDay:
    "the price of that day is kept already; poke again when the feed was updated on another day",
  DataFeedSequencerDown:
    "the chain's sequencer is down, or was until a moment ago; wait",
  DataFeedStale: "the feed is silent; wait until it was updated",
  LoopCollectionDailyLimitExceeded:
    "wait for the next day (UTC), or have the parameter authority raise the limit",
  LoopCollectionForgeTermsChanged:
    "the terms of forging have changed; look at them and run the same command again",
  LoopCollectionPaused: "the guardian has paused minting; wait for the admin",
  LoopCollectionSealTooLate: "abandon the batch and open it again",
  LoopCollectionSeedHashMismatch:
    "the chain was reorganised; compute the batch again from the new seed block",
  LoopCollectionSupplyExceeded: "ask for fewer works",
  MarketOracleFallbackTooEarly:
    "the active adapter is not stale; bring it after that time",
  MarketOracleFutureObservation: "bring it when its time has come",
  MarketOracleOutOfBounds:
    "the oracle takes no such value; look at the sources it came from",
  MarketOracleSameAdapter: "name two different adapters, or only one",
  MarketOracleStaleObservation:
    "the newest round is no older; bring a later one",
  MarketOracleTooOld: "bring an observation of after that time",
  MarketOracleTooSoon: "rounds keep a distance; bring it after that time",
  MarketOracleUnauthorizedAdapter: "only the oracle's adapters bring rounds",
  TermsNotInForce:
    "open it with the guard threshold and the odds that are in force: npx hardhat parameters",
  DatasetRegistryRevoked: "use a dataset that is not revoked",
  DatasetRegistryUnknown: "register the dataset first with `dataset register`",
  RecipeRegistryDatasetRevoked:
    "the dataset that the recipe was made from is revoked; use another recipe",
  RecipeRegistryUnknown: "register the recipe first with `recipe register`",
  RecipeRegistryRevoked: "use a recipe that is not revoked",
};

/**
 * The chain's refusal of a call as our error: `chain/refused` if a contract or the node said no, else the given error itself.
 * The contract's error is `details.name` in the cause and named in the sentence.
 * @param abi of the contract that was called, where it is none of the deployment's own.
 */
export function toRefusal(
  name: string,
  error: unknown,
  abi?: Interface,
): unknown {
  const refusal = refusalOf(error);
  if (refusal === undefined) return error;
  const known =
    refusal.data === undefined ? null : parseContractError(refusal.data, abi);
  const why =
    known === null ? refusal.message.split("\n")[0] : errorText(known);
  const remedy = REMEDIES[known?.name ?? ""] ?? "nothing was sent";
  return new RefusedError(name, String(why), remedy, known?.name);
}

/** FatalError `chain/refused` that keeps the name of the contract's error for use cases that react to it. */
export class RefusedError extends FatalError {
  /** Name of the contract's error, for instance `LoopCollectionSealTooLate`; undefined if it has none that we know. */
  readonly reason: string | undefined;

  constructor(
    call: string,
    why: string,
    remedy: string,
    reason: string | undefined,
  ) {
    super("chain/refused", `The chain refuses \`${call}\`: ${why}; ${remedy}.`);
    this.reason = reason;
  }
}

/** A contract's error as words where its numbers have units, else as the contract wrote it. */
export function errorText(known: ErrorDescription): string {
  return (
    slotRefusal(known) ?? `${known.name}(${known.args.map(String).join(", ")})`
  );
}

/** An error that a contract gave back, by name; null where it is none of ours. */
export function parseContractError(
  data: Hex,
  abi?: Interface,
): ErrorDescription | null {
  const known = [...(abi ? [abi] : []), ...OURS];
  for (const each of known) {
    const error = each.parseError(data);
    if (error !== null) return error;
  }
  return null;
}
