import type { Hex } from "../kernel/bytes.ts";
import type { Royalty } from "./chain.ts";

/** What gas costs now, wei. */
export interface GasPrices {
  readonly baseFee: bigint;
  readonly tip: bigint;
}

/** A transaction, as far as its price goes. */
export interface Weighed {
  /** Null for a deployment. */
  readonly to: Hex | null;
  readonly data: Hex;
  /** What it uses, or at most may. */
  readonly gas: number;
}

/** What a chain asks for transactions, in wei of its own coin. Errors as of `Chain`. */
export interface Fees {
  prices(): Promise<GasPrices>;
  /** What a rollup asks beside the gas, for its bytes on the chain below and for its operator; 0 elsewhere. */
  dataFee(transaction: Weighed): Promise<bigint>;
  /** What the sender of a mined transaction paid for it, everything included; undefined if it is in no block. */
  paid(hash: Hex): Promise<bigint | undefined>;
}

/** How the collection stands, as far as the gas of its next batches depends on it. */
export interface Standing {
  readonly deployed: boolean;
  /** Whether the recipe is in the registry. */
  readonly registered: boolean;
  /** Whether a batch was opened before. */
  readonly begun: boolean;
  /** Whether the recipient holds works already. */
  readonly holds: boolean;
  /** Whether something was opened today: the first of a day writes the date. */
  readonly today: boolean;
}

/** What is rehearsed: one opening and one sealing for each count, and before them what the standing lacks. */
export interface RehearsalRequest {
  readonly standing: Standing;
  readonly counts: readonly number[];
  readonly to: Hex;
  readonly recipe: Hex;
  /** What the recipe was made from, which every opening and sealing asks about; none for most. */
  readonly dataset?: Hex | undefined;
  readonly conditions: Hex;
  readonly royalty?: Royalty | undefined;
}

/** One transaction as it was played. */
export interface RehearsedTransaction extends Weighed {
  readonly kind: "deploy" | "register" | "open" | "seal";
  /** Which batch of the run it belongs to, from 0; null for what comes before all of them. */
  readonly part: number | null;
}

/** Plays a run's transactions on a chain of its own, with the same contracts in the same standing. */
export type Rehearse = (
  request: RehearsalRequest,
) => Promise<readonly RehearsedTransaction[]>;

/** What one whole unit of a coin is worth in a currency, with 18 decimals. @throws LoopError `market/*`. */
export type PriceOf = (coin: string, currency: string) => Promise<bigint>;
