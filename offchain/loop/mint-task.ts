import type { Hex } from "../kernel/bytes.ts";
import type { Hasher } from "../publishing/cid.ts";
import type { Artefacts } from "./artefacts.ts";
import type { Purse } from "./budget.ts";
import type { Chain, MinedTransaction, Royalty } from "./chain.ts";
import type { Journal, Run } from "./journal.ts";
import type { Archives } from "./ports-archive.ts";
import {
  addUsage,
  NO_USAGE,
  usedSince,
  type Meter,
  type Usage,
} from "./ports-meter.ts";
import type { Places } from "./pin-archive.ts";
import type { EnginePool } from "./ports-pool.ts";
import type { Clock, Progress } from "./ports-progress.ts";
import type { Recipe } from "./recipe.ts";

/** What is asked for. Everything that decides the outcome; its hash is the identity of the run. */
export interface MintRequest {
  /** Works to mint, 1..10,000; more than 5,000 become several batches. */
  readonly count: number;
  /** Owner of the works. */
  readonly to: Hex;
  /** The packed observation with the parameters and the size. */
  readonly conditions: Hex;
  /** Folder that the batches are written to. */
  readonly out: string;
  /** The batches' own royalty, for ever; left out, they follow the collection's. */
  readonly royalty?: Royalty;
}

/** The world, as minting needs it. */
export interface MintPorts extends Places {
  readonly chain: Chain;
  readonly journal: Journal;
  readonly artefacts: Artefacts;
  readonly archives: Archives;
  readonly pool: EnginePool;
  readonly progress: Progress;
  readonly clock: Clock;
  /** What the run uses is counted by it, where there is one. */
  readonly meter?: Meter | undefined;
  /** SHA-256 for packing. */
  readonly hash: Hasher;
  /** Most that the run may spend. */
  readonly purse?: Purse | undefined;
}

/** Everything a stage of minting one batch works with. */
export interface BatchTask extends MintPorts {
  readonly run: Run;
  readonly recipe: Recipe;
  readonly request: MintRequest;
  /** Prefix of this batch's step keys. */
  readonly part: string;
  readonly count: number;
  /** Of a forged child: the works that are burned when it is sealed. */
  readonly parents?: readonly string[];
  /** Runs a stage and adds its duration to the report. */
  readonly timed: <T>(stage: string, work: () => Promise<T>) => Promise<T>;
}

/** One transaction of a run. */
export interface SentTransaction {
  readonly kind: "open" | "seal" | "abandon" | "forge";
  readonly hash: Hex;
  readonly gasUsed: number;
}

/** A mined transaction as the report and the journal keep it. */
export function transaction(
  kind: SentTransaction["kind"],
  { hash, gasUsed }: MinedTransaction,
): SentTransaction {
  return { kind, hash, gasUsed };
}

/** The outbox key of a step's transaction. */
export function once({ run }: BatchTask, key: string): { key: string } {
  return { key: run.key(key) };
}

/** Adds up the seconds of each stage, and what it used where a meter counts. */
export function stopwatch(
  clock: Clock,
  meter?: Meter,
): {
  readonly seconds: Record<string, number>;
  readonly usage: Record<string, Usage>;
  readonly timed: BatchTask["timed"];
} {
  const seconds: Record<string, number> = {};
  const usage: Record<string, Usage> = {};
  return {
    seconds,
    usage,
    timed: async (stage, work) => {
      const start = clock.elapsed();
      const before = meter?.read();
      try {
        return await work();
      } finally {
        seconds[stage] =
          (seconds[stage] ?? 0) + (clock.elapsed() - start) / 1000;
        if (meter !== undefined && before !== undefined)
          usage[stage] = addUsage(
            usage[stage] ?? NO_USAGE,
            usedSince(before, meter.read()),
          );
      }
    },
  };
}
