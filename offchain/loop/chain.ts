import type { LeafFields } from "../dataset/tree.ts";
import type { Hex } from "../kernel/bytes.ts";
import type {
  BatchTiming,
  BatchView,
  BlockHeader,
  ChainInstance,
  CollectionView,
  ForgedEvent,
  ForgeTerms,
  Job,
  MinedTransaction,
  OpenedEvent,
  RegisteredDataset,
  RegisteredRecipe,
  Royalty,
  SealedEvent,
  TermsInForce,
  Transfer,
} from "./chain-facts.ts";
import type {
  AdapterView,
  AttunedEvent,
  EpochsView,
  EpochView,
  OracleView,
  PinEvent,
  RoundEvent,
} from "./chain-market.ts";

export * from "./chain-facts.ts";
export * from "./chain-market.ts";

/** Everything about a collection that can be moved, and by whom. */
export type ParameterChange =
  | { readonly name: "royalty"; readonly royalty: Royalty }
  | {
      readonly name: "royalty-offer";
      readonly royalty: Royalty;
      readonly offered: boolean;
    }
  | { readonly name: "works-per-day"; readonly limit: number }
  | { readonly name: "validator"; readonly validator: Hex }
  | { readonly name: "forge"; readonly terms: ForgeTerms }
  | { readonly name: "paused"; readonly paused: boolean }
  | { readonly name: "oracle"; readonly oracle: Hex }
  | { readonly name: "contract-uri"; readonly uri: string }
  | {
      readonly name: "adapters";
      readonly active: Hex;
      readonly fallback: Hex;
    }
  | {
      readonly name: "reporters";
      /** The contract of signed reporters; it need not be named yet. */
      readonly adapter: Hex;
      readonly quorum: number;
      /** Ascending. */
      readonly set: readonly Hex[];
    };

/** How a writing call is made exactly once: the key names its transaction in the outbox for ever. */
export interface Once {
  /** From `Run.key`, or another name that is unique on the chain. */
  readonly key: string;
  readonly signal?: AbortSignal;
}

/**
 * The collection and the registry on one chain. Numbers are safe integers (checked), so that results can be journalled as JSON.
 * Every writing call signs, stores, sends and waits until its block is settled; called again with the same key it never makes a second
 * transaction that could be mined as well, and tells where the one that there is lies now. Writing calls throw FatalError `chain/refused` (would revert; nothing was sent), `chain/reverted` (was mined and
 * reverted), `chain/no-key`, `chain/no-funds`; all calls throw RetryableError `chain/unreachable`, `chain/not-mined`.
 */
export interface Chain {
  instance(): Promise<ChainInstance>;
  /** The account that signs; undefined if the chain is only read. */
  readonly account: Hex | undefined;

  openBatch(
    opening: {
      readonly to: Hex;
      readonly recipe: Hex;
      readonly count: number;
      readonly conditions: Hex;
      /** The batch's own, for ever; it must be offered by the parameter authority. */
      readonly royalty?: Royalty;
    },
    once: Once,
  ): Promise<MinedTransaction & { readonly opened: OpenedEvent }>;
  sealBatch(
    sealing: {
      readonly batch: number;
      readonly root: Hex;
      readonly blockHash: Hex;
      /** Of a forged child: every parent, which the same transaction burns. */
      readonly parents?: readonly string[];
    },
    once: Once,
  ): Promise<MinedTransaction & { readonly sealed: SealedEvent }>;
  /** Locks works of the holder's for a child, on the given terms; signed by the holder. */
  forge(
    forging: {
      readonly holder: Hex;
      readonly parents: readonly string[];
      readonly terms: ForgeTerms;
    },
    once: Once,
  ): Promise<MinedTransaction & { readonly opened: OpenedEvent }>;
  /** Burns a work for ever; signed by its holder. */
  burn(
    burning: { readonly holder: Hex; readonly token: string },
    once: Once,
  ): Promise<MinedTransaction>;
  /** Moves one parameter; signed by whoever holds the job that may. */
  setParameter(change: ParameterChange, once: Once): Promise<MinedTransaction>;
  abandon(batch: number, once: Once): Promise<MinedTransaction>;
  /** Brings an observation to the oracle; signed by its adapter. */
  bringRound(
    observation: Hex,
    once: Once,
  ): Promise<MinedTransaction & { readonly round: RoundEvent }>;
  /** Publishes an epoch; signed by the publisher. */
  evolve(
    evolving: { readonly root: Hex; readonly round: number },
    once: Once,
  ): Promise<MinedTransaction & { readonly epoch: number }>;
  /** Takes an epoch back; signed by the guardian, or by the admin. */
  voidEpoch(epoch: number, once: Once): Promise<MinedTransaction>;
  /** Turns a dial of a work (act 0..7); signed by its holder. */
  attune(
    attuning: {
      readonly holder: Hex;
      readonly token: string;
      readonly act: number;
    },
    once: Once,
  ): Promise<MinedTransaction>;
  /** Pins a work to an epoch (0 is genesis), or lets it go where `epoch` is undefined; signed by its holder. */
  pin(
    pinning: {
      readonly holder: Hex;
      readonly token: string;
      readonly epoch: number | undefined;
    },
    once: Once,
  ): Promise<MinedTransaction>;
  /** Registers a recipe, tied for ever to its dataset where one is given; that must be registered and not revoked. */
  registerRecipe(
    id: Hex,
    once: Once & { readonly dataset?: Hex },
  ): Promise<MinedTransaction>;
  revokeRecipe(id: Hex, once: Once): Promise<MinedTransaction>;
  /** Registers a dataset by its Merkle root. */
  registerDataset(root: Hex, once: Once): Promise<MinedTransaction>;
  /** Revokes a dataset for ever, and with it every recipe that was made from it. */
  revokeDataset(root: Hex, once: Once): Promise<MinedTransaction>;

  /** All zero and `none` if it was never opened. */
  batchOf(batch: number): Promise<BatchView>;
  timing(): Promise<BatchTiming>;
  /** Number of batches opened so far; the newest one has this number. */
  batches(): Promise<number>;
  /** @throws FatalError `chain/no-token` if it was never minted or is burned. */
  tokenURI(token: bigint): Promise<string>;
  /** Where the collection's own metadata lies (ERC-7572); empty if it says nothing. */
  contractURI(): Promise<string>;
  /** @throws FatalError `chain/no-block` if the chain has no such block yet. */
  blockByNumber(number: number): Promise<BlockHeader>;
  height(): Promise<number>;
  /** Waits until the block exists; a development chain is told to mine it. */
  reachBlock(number: number, signal?: AbortSignal): Promise<BlockHeader>;
  /** Waits until the block lies so deep that something may rest on it; on a development chain, until it exists. */
  reachSettled(number: number, signal?: AbortSignal): Promise<BlockHeader>;
  /** @throws FatalError `chain/no-batch` if the batch was never opened. */
  openedEvent(batch: number): Promise<OpenedEvent>;
  /** Every sealing before the given place, oldest first: what near-duplicates are compared with. */
  sealedEvents(
    before?: Pick<OpenedEvent, "block" | "logIndex">,
  ): Promise<readonly SealedEvent[]>;
  recipes(): Promise<readonly RegisteredRecipe[]>;
  datasets(): Promise<readonly RegisteredDataset[]>;
  /**
   * Whether the chain finds the picture below the root.
   * @throws FatalError `chain/refused` if no dataset with this root is registered.
   */
  provesInclusion(
    root: Hex,
    leaf: LeafFields,
    proof: readonly Hex[],
  ): Promise<boolean>;
  /** Whether this network's configuration holds the key of the account, so that calls in its name can be signed. */
  signsFor(account: Hex): Promise<boolean>;
  /** Whether one of the configured accounts holds the job. */
  signsAs(job: Job): Promise<boolean>;
  /** @throws FatalError `chain/no-token` if it was never minted or is burned. */
  ownerOf(token: bigint): Promise<Hex>;
  /** Batch of the child that a work is locked for; 0 if it is free. */
  lockOf(token: bigint): Promise<number>;
  forgeTerms(): Promise<ForgeTerms>;
  /** What openings, forgings and epochs must keep to; undefined until somebody puts terms in force. */
  termsInForce(): Promise<TermsInForce | undefined>;
  /** Every forging so far, oldest first. */
  forgedEvents(): Promise<readonly ForgedEvent[]>;
  /** Batches that were given up, oldest first. */
  abandonedBatches(): Promise<readonly number[]>;
  /** Every move so far, oldest first. */
  transfers(): Promise<readonly Transfer[]>;
  epochs(): Promise<EpochsView>;
  /** @throws FatalError `chain/no-epoch` if there is none with this number, or it is 0. */
  epochAt(epoch: number): Promise<EpochView>;
  /** Every round of the oracles that the collection ever named, while it named them, oldest first. */
  rounds(): Promise<readonly RoundEvent[]>;
  /** The oracle that is named now, and whom it hears. @throws FatalError `chain/no-oracle`. */
  oracleView(): Promise<OracleView>;
  /** What kind of adapter is, or would be, at an address. */
  adapterAt(address: Hex): Promise<AdapterView>;
  /** The epoch that a work shows now; 0 for genesis. @throws FatalError `chain/no-token`. */
  epochOf(token: bigint): Promise<number>;
  /** @throws FatalError `chain/no-token`, `chain/no-epoch` if the epoch does not cover it or was voided. */
  tokenURIAt(token: bigint, epoch: number): Promise<string>;
  /** Every act up to and with a block, oldest first. */
  attunedEvents(upTo: number): Promise<readonly AttunedEvent[]>;
  /** Every pinning and letting go up to and with a block, oldest first. */
  pinEvents(upTo: number): Promise<readonly PinEvent[]>;
  collectionView(): Promise<CollectionView>;
  /** Whether `to` has no code, or code that accepts ERC-721 tokens from the collection. */
  canReceive(to: Hex): Promise<boolean>;
}
