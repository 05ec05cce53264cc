import { toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { canonicalBytes, type Json } from "../kernel/json.ts";

/**
 * Called at every boundary between two states that a crash could separate, with a stable label.
 * Fault injection kills the process here; in production it does nothing.
 */
export type Point = (label: string) => void;

/** The point that does nothing. */
export const noPoint: Point = () => {};

/** What tells inputs apart: the SHA-256 of their canonical JSON. */
export function hashInput(input: Json): Hex {
  return toHex(sha256(canonicalBytes(input)));
}

/** FatalError `journal/bad-input`: the input of a journalled run is none that this version understands. */
export function badInput(input: Json): FatalError {
  return new FatalError(
    "journal/bad-input",
    `The journal holds a run with input \`${JSON.stringify(input)}\`; it is of another version, finish it with that.`,
  );
}

/** What makes two commands the same command: the same request continues the same unfinished run. */
export interface RunRequest {
  /** `ChainInstance.id`: runs of another chain, or of this one before its node restarted, are never mixed in. */
  readonly instance: Hex;
  /** The command, for instance `mint-batch`. */
  readonly kind: string;
  /** Everything that decides what the command does (integers and strings only); its hash is the identity of the run. */
  readonly input: Json;
}

/** A run is `open` until its command has finished, or has been given up with a reason. */
export type RunState = "open" | "finished" | "aborted";

/** One row of the journal: a command at work, or what became of it. Times are unix milliseconds. */
export interface RunRecord extends RunRequest {
  readonly id: number;
  readonly inputHash: Hex;
  readonly state: RunState;
  /** Why it was aborted; null otherwise. */
  readonly reason: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** One step of a run. `started` and no result means that the effect may or may not have happened: it is run again under its key. */
export interface StepRecord {
  readonly key: string;
  readonly inputHash: Hex;
  readonly state: "started" | "done";
  /** How often it was started. */
  readonly attempts: number;
  /** The stored result; null until done. */
  readonly result: Json;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A run that this process holds the lease of. */
export interface Run extends RunRecord {
  /** True if an earlier process left it unfinished. */
  readonly resumed: boolean;
  /** A name made unique in the journal, for the outbox key of a transaction of this run. */
  key(name: string): string;
  /**
   * Runs `work` unless its result is stored already, and stores what it returns before anything else happens.
   * What comes back is always the stored JSON read again, so that a first run and a resumed one see the same value.
   * `work` must be safe to repeat under the same key: a crash may fall between its effect and the storing of its result.
   * @throws FatalError `journal/step-changed` if the step was started with another input,
   * `journal/not-json` if the result is no JSON, `journal/lease-lost` if another process took the run over.
   */
  step<T>(key: string, input: Json, work: () => Promise<T>): Promise<T>;
  /** Marks the run finished and gives the lease back. The next identical command is a new run. */
  finish(): Promise<void>;
  /** Marks the run as given up: nothing of it is pending on the chain and it can never be finished. */
  abort(reason: string): Promise<void>;
  /** Gives the lease back and leaves the run open, for instance on Ctrl-C; harmless if it is finished or lost. */
  release(): Promise<void>;
}

/** What is fixed about a transaction before it is sent. */
export interface NewTransaction {
  /** `ChainInstance.chain`. */
  readonly chain: Hex;
  /** Unique per chain: two transactions of one key can never both be mined. */
  readonly key: string;
  readonly sender: Hex;
  readonly nonce: number;
  /** Every field that was signed: to, data, value, gas and fees. */
  readonly request: Json;
  /** The signed bytes; null where the node holds the key and signs by itself. */
  readonly raw: Hex | null;
  /** Hash of the signed bytes; null where the node signs. */
  readonly hash: Hex | null;
  /** Height of the chain when it was signed: it cannot be in an earlier block. */
  readonly since: number;
}

/** Another signing of a stored transaction: the same call and nonce with higher fees, so at most one of them is ever mined. */
export type Signing = Pick<NewTransaction, "request"> & {
  readonly raw: Hex;
  readonly hash: Hex;
};

/**
 * A transaction in the outbox. `stored`: may or may not have been sent. `mined`: in a block that was settled.
 * `displaced`: another transaction of the sender was mined with its nonce in such a block, so this one never can be.
 */
export interface TransactionRecord extends NewTransaction {
  /** 0, or one more than the displaced transaction of the same key. */
  readonly attempt: number;
  /** Hashes of the signings before the one in `raw` and `hash`, oldest first: any of them may be the one that is mined. */
  readonly earlier: readonly Hex[];
  readonly state: "stored" | "mined" | "displaced";
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What the outbox keys of a run begin with; undefined for a key that belongs to no run. See {@link Run.key}. */
export function runOfKey(key: string): string | undefined {
  return /^[a-z-]+-\d+\//.exec(key)?.[0];
}

/** Signed transactions, stored before they are sent. */
export interface Outbox {
  /** The newest transaction of a key. */
  find(chain: Hex, key: string): Promise<TransactionRecord | undefined>;
  /** Every transaction whose key begins so, displaced ones included, oldest first. */
  beginning(chain: Hex, prefix: string): Promise<readonly TransactionRecord[]>;
  /** Every transaction of a sender with this nonce or a later one that was not displaced, mined ones included, by nonce. */
  live(
    chain: Hex,
    sender: Hex,
    from: number,
  ): Promise<readonly TransactionRecord[]>;
  /**
   * Stores a signed transaction.
   * @throws RetryableError `journal/nonce-taken` if another stored transaction of the sender has its nonce.
   * @throws FatalError `journal/transaction-exists` if the key has one that is not displaced.
   */
  store(transaction: NewTransaction): Promise<TransactionRecord>;
  /**
   * Stores another signing in place of the one that the record holds, which is kept among the earlier ones. If somebody else has done
   * so meanwhile, nothing is stored. Returns what is stored now.
   */
  resign(
    transaction: TransactionRecord,
    signing: Signing,
  ): Promise<TransactionRecord>;
  /** Records what became of it; `hash` is kept where the node signed and the hash is only known now. */
  settle(
    transaction: TransactionRecord,
    state: "mined" | "displaced",
    hash?: Hex,
  ): Promise<void>;
}

/**
 * The durable memory of everything with an effect. What a method has returned survives the death of the process.
 * Many machines: an implementation on a shared database needs only to keep `run`'s lease and its fence.
 */
export interface Journal extends Outbox {
  /**
   * The unfinished run of the same request, or a new one; either way with its lease.
   * @throws RetryableError `journal/run-busy` if a living process works on it.
   */
  run(request: RunRequest): Promise<Run>;
  /**
   * The open run with this id, with its lease.
   * @throws FatalError `journal/no-such-run`; RetryableError `journal/run-busy`.
   */
  resume(id: number): Promise<Run>;
  /** Every open run of a chain instance, oldest first. */
  openRuns(instance: Hex): Promise<readonly RunRecord[]>;
  /** Every run of a chain instance, whatever became of it, oldest first. */
  allRuns(instance: Hex): Promise<readonly RunRecord[]>;
  /** The steps of any run, in the order of their first start; needs no lease. */
  stepsOf(id: number): Promise<readonly StepRecord[]>;
  /** Gives back every lease and closes the database. */
  close(): Promise<void>;
}
