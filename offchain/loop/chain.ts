import type { Hex } from "../kernel/bytes.ts";

/** Which chain this is, so precisely that a restarted development node is another one. */
export interface ChainInstance {
  /** Identity of chain and collection together: the `instance` of journal runs. */
  readonly id: Hex;
  /** Identity of the chain alone: nonces and the outbox belong to it. */
  readonly chain: Hex;
  /** Hash of block 0. */
  readonly genesis: Hex;
  readonly chainId: number;
  readonly collection: Hex;
  /** True for Hardhat's and Anvil's own chains under their own id, 31337: blocks come on demand and the chain ends with its process. */
  readonly development: boolean;
}

/** A transaction that was mined and did not revert. */
export interface MinedTransaction {
  readonly hash: Hex;
  readonly block: number;
  readonly gasUsed: number;
}

/** A header, as far as seeds need it. */
export interface BlockHeader {
  readonly number: number;
  readonly hash: Hex;
  /** `mixHash`, which is prevRandao since the merge; zero on chains that have none. */
  readonly mixHash: Hex;
  /** Unix seconds. */
  readonly timestamp: number;
}

/** States of a batch, in the order of the contract's enum. */
export const BATCH_STATUSES = ["none", "open", "sealed", "abandoned"] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** A batch as the collection tells it now. */
export interface BatchView {
  readonly status: BatchStatus;
  readonly to: Hex;
  readonly count: number;
  /** Number of its recipe in the registry. */
  readonly recipe: number;
  /** Block of the opening. */
  readonly openBlock: number;
  /** Block whose header seeds it. */
  readonly seedBlock: number;
  /** Last block in which it can be sealed. */
  readonly deadline: number;
  /** 0 until sealed, then how many batches were sealed up to this one. */
  readonly ordinal: number;
  /** Sha-256 digest of the root of the batch directory; zero until sealed. */
  readonly root: Hex;
  /** 0 for what the operator opened; a forged child has one more than the lowest of its parents. */
  readonly generation: number;
  /** Works locked for a forged child, burned when it is sealed; 0 for what the operator opened. */
  readonly parents: number;
}

/** On which terms holders make a new work out of several: fixed by the parameter authority, the same for everybody. */
export interface ForgeTerms {
  readonly recipe: Hex;
  /** Conditions of every child, but for its generation. */
  readonly conditions: Hex;
  /** Works that make one; 0 while the forge is closed. */
  readonly parents: number;
}

/** A royalty: who receives it, and hundredths of a percent. */
export interface Royalty {
  readonly receiver: Hex;
  readonly bps: number;
}

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

/** What a `Forged` event says. */
export interface ForgedEvent {
  readonly child: number;
  readonly holder: Hex;
  readonly generation: number;
  readonly parents: readonly string[];
}

/** The jobs of the loop, see contracts/interfaces/ILoopRoles.sol. */
export const JOBS = [
  "admin",
  "operator",
  "registrar",
  "guardian",
  "parameterAuthority",
  "publisher",
  "voucherSigner",
] as const;
export type Job = (typeof JOBS)[number];

/** The collection as a whole. Amounts are decimal strings: they need not be safe integers. */
export interface CollectionView {
  readonly name: string;
  readonly symbol: string;
  readonly maxSupply: number;
  readonly batches: number;
  readonly seals: number;
  readonly abandoned: number;
  /** Ever minted, burned works included. */
  readonly minted: number;
  /** Promised to open batches. */
  readonly reserved: number;
  readonly paused: boolean;
  readonly worksPerDay: number;
  readonly royalty: Royalty;
  /** Who may refuse transfers; undefined while nobody is asked. */
  readonly validator: Hex | undefined;
  readonly owner: Hex;
  /** Where the collection's own metadata lies; empty while it has none. */
  readonly contractURI: string;
  /** Who holds which job now. */
  readonly jobs: Readonly<Record<Job, readonly Hex[]>>;
}

/** One move of one work; from zero it was minted, to zero it was burned. */
export interface Transfer {
  readonly from: Hex;
  readonly to: Hex;
  readonly token: string;
  readonly block: number;
}

/** A market observation that the oracle accepted. */
export interface RoundEvent {
  /** Number given by the oracle, from 1. */
  readonly round: number;
  /** The packed observation. */
  readonly observation: Hex;
  /** Who brought it: an account or a contract. */
  readonly adapter: Hex;
  /** Batches sealed when it was accepted: what an epoch of this round covers. */
  readonly seals: number;
  /** Block of its acceptance: holders' acts up to and with it count. */
  readonly block: number;
  readonly logIndex: number;
}

/** What may stand between a market and the oracle: an account, or a contract of contracts/oracle. */
export const ADAPTER_KINDS = [
  "account",
  "signed-reporters",
  "data-feeds",
  "cre",
  "functions",
] as const;
export type AdapterKind = (typeof ADAPTER_KINDS)[number];

/** Who may bring rounds. */
export interface AdapterView {
  readonly address: Hex;
  /** `unknown` for a contract that is no adapter of ours. */
  readonly kind: AdapterKind | "unknown";
}

/** The oracle that the collection names, see contracts/interfaces/IMarketOracle.sol. */
export interface OracleView {
  readonly oracle: Hex;
  /** 0 before the first. */
  readonly latestRound: number;
  readonly active: AdapterView | undefined;
  readonly fallback: AdapterView | undefined;
  /** When the fallback is heard, unless the active one speaks before, unix seconds. */
  readonly fallbackFrom: number;
  readonly bounds: {
    readonly leastInterval: number;
    readonly staleAfter: number;
    readonly maxAge: number;
    readonly maxChange: number;
    readonly maxVolatility: number;
    readonly maxTrend: number;
    readonly maxFloorFactor: number;
  };
}

/** One evolution of the whole collection, as the chain keeps it. */
export interface EpochView {
  /** From 1; epoch 0 is genesis and is not stored. */
  readonly epoch: number;
  /** Digest of the root of its directory. */
  readonly root: Hex;
  readonly round: number;
  /** Batches with a seal ordinal up to this one are in it. */
  readonly covered: number;
  /** Unix seconds of its publication. */
  readonly time: number;
  readonly voided: boolean;
}

/** The list of epochs as a whole. */
export interface EpochsView {
  /** Epochs ever published, the newest one's number. */
  readonly count: number;
  /** The newest that was not voided; 0 for genesis. */
  readonly shown: number;
  /** Round of the newest epoch, void or not. */
  readonly lastRound: number;
  /** Where rounds come from; undefined before one is named. */
  readonly oracle: Hex | undefined;
}

/** What an `Attuned` event says: the dials of a work after an act. */
export interface AttunedEvent {
  readonly token: string;
  /** See offchain/generator/evolution/attunement.ts. */
  readonly attunement: Hex;
  readonly block: number;
  readonly logIndex: number;
}

/** A work pinned to an epoch (0 is genesis), or let go. */
export interface PinEvent {
  readonly token: string;
  readonly epoch: number | undefined;
  readonly block: number;
  readonly logIndex: number;
}

/** The collection's immutable rules, in blocks. */
export interface BatchTiming {
  /** From an opening to its seed block. */
  readonly seedDelay: number;
  /** From the seed block to the last block in which the batch can be sealed. */
  readonly sealWindow: number;
}

/** What an `Opened` event says and where it lies. */
export interface OpenedEvent {
  readonly batch: number;
  readonly recipe: Hex;
  readonly to: Hex;
  readonly count: number;
  readonly conditions: Hex;
  readonly block: number;
  /** Position in the block, so that events of one block have an order. */
  readonly logIndex: number;
  readonly transaction: Hex;
}

/** What a `Sealed` event says and where it lies. */
export interface SealedEvent {
  readonly batch: number;
  readonly recipe: Hex;
  readonly root: Hex;
  readonly blockHash: Hex;
  /** How many batches were sealed up to this one. */
  readonly ordinal: number;
  readonly block: number;
  readonly logIndex: number;
  readonly transaction: Hex;
}

/** One recipe in the registry. */
export interface RegisteredRecipe {
  readonly id: Hex;
  readonly number: number;
  readonly revoked: boolean;
}

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
  registerRecipe(id: Hex, once: Once): Promise<MinedTransaction>;
  revokeRecipe(id: Hex, once: Once): Promise<MinedTransaction>;

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
  /** Whether this network's configuration holds the key of the account, so that calls in its name can be signed. */
  signsFor(account: Hex): Promise<boolean>;
  /** Whether one of the configured accounts holds the job. */
  signsAs(job: Job): Promise<boolean>;
  /** @throws FatalError `chain/no-token` if it was never minted or is burned. */
  ownerOf(token: bigint): Promise<Hex>;
  /** Batch of the child that a work is locked for; 0 if it is free. */
  lockOf(token: bigint): Promise<number>;
  forgeTerms(): Promise<ForgeTerms>;
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
