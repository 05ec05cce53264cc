import type { Hex } from "../kernel/bytes.ts";
import type { Json } from "../kernel/json.ts";
import type { PackedEpoch } from "../publishing/epoch.ts";
import type { Artefacts } from "./artefacts.ts";
import type { EpochPorts } from "./epoch-ports.ts";
import type { EpochFacts } from "./epoch-facts.ts";
import { badInput, type Journal, type Run } from "./journal.ts";
import type { BatchTask } from "./mint-task.ts";
import type { PinReceipt, Places } from "./pin-archive.ts";
import type { Clock } from "./ports-progress.ts";
import type { StateIndex } from "./ports-states.ts";
import type { EpochPlan } from "./evolve-plan.ts";

/** What is asked for; its hash is the identity of the run. */
export interface EvolveRequest {
  /** Round of the oracle that the epoch is made of. */
  readonly round: number;
  /** Folder for the archive and for the pictures of changed works. */
  readonly out: string;
}

/** The world, as evolving needs it. */
export interface EvolvePorts extends EpochPorts, Places {
  readonly journal: Journal;
  readonly artefacts: Artefacts;
  readonly states: StateIndex;
  readonly clock: Clock;
}

/** Everything a stage of one evolution works with. */
export interface EvolveTask extends EvolvePorts {
  readonly run: Run;
  readonly request: EvolveRequest;
  readonly facts: EpochFacts;
  /** Roots of the archives that the collection's blocks lie in. */
  readonly roots: readonly Hex[];
  /** Prefix of the step keys: the round, and the mark of the facts. */
  readonly part: string;
  /** Made when a stage first asks for it: a resumed run may not need it any more. */
  readonly plan: () => Promise<EpochPlan>;
  readonly timed: BatchTask["timed"];
}

/** How many works an epoch holds, and what of them had to be made. */
export interface EpochCounts {
  /** Living works of the covered batches. */
  readonly works: number;
  /** Of those, how many are not as they were minted. */
  readonly evolved: number;
  /** Painted for this epoch: their state had never been painted. */
  readonly painted: number;
  readonly batches: number;
  /** Batches linked whole: all of their works are as in some epoch before. */
  readonly linked: number;
}

/** A packed epoch whose archive was read back. */
export interface PackedReport extends PackedEpoch, EpochCounts {
  readonly car: string;
}

/** A finished run. */
export interface EvolveReport extends PackedReport {
  readonly resumed: boolean;
  readonly round: number;
  readonly epoch: number;
  readonly hash: Hex;
  readonly gasUsed: number;
  /** Works that were rebuilt from the chain and compared. */
  readonly verified: readonly string[];
  /** Places that held the archive before the root was sent. */
  readonly pins: readonly PinReceipt[];
  /** Seconds by stage. */
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * The request of a journalled evolution.
 * @throws FatalError `journal/bad-input` if the run is not one of this command.
 */
export function evolveRequest(input: Json): EvolveRequest {
  const { round, out } = input as Partial<Record<string, Json>>;
  if (typeof round === "number" && typeof out === "string")
    return { round, out };
  throw badInput(input);
}

/** The archive of the epoch of a round. */
export function epochCar({ out, round }: EvolveRequest): string {
  return `${out}/round-${round}.car`;
}
