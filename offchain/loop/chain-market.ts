import type { Hex } from "../kernel/bytes.ts";

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
