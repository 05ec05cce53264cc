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

/** What the collection holds openings, forgings and epochs to (contracts/interfaces/ITermsInForce.sol). */
export interface TermsInForce {
  /** Of every opening's and forging's conditions, bps; zero is a threshold, and a sensitivity, as well. */
  readonly guardThreshold: number;
  readonly oddsSensitivity: number;
  /** Seconds from one epoch to the next, at least; 0 for any. */
  readonly cadence: number;
}

/** A royalty: who receives it, and hundredths of a percent. */
export interface Royalty {
  readonly receiver: Hex;
  readonly bps: number;
}

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
  /** For itself, or for its dataset. */
  readonly revoked: boolean;
  /** What it was made from; left out where that is no dataset. */
  readonly dataset?: {
    /** Its Merkle root. */
    readonly root: Hex;
    readonly revoked: boolean;
  };
}

/** One dataset in the registry. */
export interface RegisteredDataset {
  /** Its Merkle root. */
  readonly root: Hex;
  readonly number: number;
  readonly revoked: boolean;
}
