import type { DatabaseSync } from "node:sqlite";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";
import {
  hashInput,
  type Point,
  type Run,
  type RunRecord,
  type RunState,
  type StepRecord,
} from "../loop/journal.ts";

/** What a run needs of its journal. */
interface RunContext {
  readonly db: DatabaseSync;
  /** Runs its argument in one durable transaction. */
  readonly write: <T>(work: () => T) => T;
  readonly now: () => number;
  readonly point: Point;
  /** Number of this lease; a row with a higher one belongs to somebody else. */
  readonly fence: number;
  readonly resumed: boolean;
  readonly record: RunRecord;
  /** Called once the lease is given back. */
  readonly released: () => void;
}

/** One row of `steps`. */
interface StepRow {
  readonly key: string;
  readonly input_hash: Hex;
  readonly state: "started" | "done";
  readonly attempts: number;
  readonly result: string | null;
  readonly created_at: number;
  readonly updated_at: number;
}

/** The methods of a run whose lease has just been taken. */
export function createRun(context: RunContext): Run {
  const { db, write, now, point, fence, record } = context;

  /** Every write of a run goes through here: it fails if somebody else has taken the run over. */
  const writeHeld = <T>(work: () => T): T =>
    write(() => {
      const row = db
        .prepare("SELECT fence, state FROM runs WHERE id = ?")
        .get(record.id);
      if (row?.["fence"] !== fence || row["state"] !== "open") {
        throw new FatalError(
          "journal/lease-lost",
          `Run \`${record.id}\` was taken over by another process; leave it to that one.`,
        );
      }
      return work();
    });

  const end = (state: RunState, reason: string | null): void => {
    writeHeld(() =>
      db
        .prepare(
          "UPDATE runs SET state = ?, reason = ?, holder = NULL, updated_at = ? WHERE id = ?",
        )
        .run(state, reason, now(), record.id),
    );
    context.released();
  };

  return {
    ...record,
    resumed: context.resumed,
    key: (name) => `${record.kind}-${record.id}/${name}`,
    async step<T>(key: string, input: Json, work: () => Promise<T>) {
      const stored = writeHeld(() => begin(db, record.id, key, input, now()));
      if (stored !== undefined) return JSON.parse(stored) as T;
      point(`${key}/begun`);
      const result = toText(key, await work());
      point(`${key}/worked`);
      writeHeld(() =>
        db
          .prepare(
            "UPDATE steps SET state = 'done', result = ?, updated_at = ? WHERE run = ? AND key = ?",
          )
          .run(result, now(), record.id, key),
      );
      point(`${key}/stored`);
      return JSON.parse(result) as T;
    },
    async finish() {
      end("finished", null);
      point("run/finished");
    },
    async abort(reason) {
      end("aborted", reason);
      point("run/aborted");
    },
    async release() {
      // No complaint if the lease is gone: there is nothing to give back then.
      write(() =>
        db
          .prepare("UPDATE runs SET holder = NULL WHERE id = ? AND fence = ?")
          .run(record.id, fence),
      );
      context.released();
    },
  };
}

/** Every step of a run, in the order of their first start. */
export function readSteps(db: DatabaseSync, run: number): StepRecord[] {
  const rows = db
    .prepare("SELECT * FROM steps WHERE run = ? ORDER BY position")
    .all(run);
  return (rows as unknown as StepRow[]).map(toStep);
}

/** Records the start of a step; returns its result if it is done. */
function begin(
  db: DatabaseSync,
  run: number,
  key: string,
  input: Json,
  now: number,
): string | undefined {
  const inputHash = hashInput(input);
  const row = db
    .prepare("SELECT * FROM steps WHERE run = ? AND key = ?")
    .get(run, key) as StepRow | undefined;
  if (row !== undefined && row.input_hash !== inputHash) {
    throw new FatalError(
      "journal/step-changed",
      `Step \`${key}\` of run ${run} was started with another input; finish the run with the files and the version it was started with.`,
    );
  }
  if (row?.state === "done") return row.result ?? "null";
  db.prepare(
    `INSERT INTO steps (run, key, position, input_hash, state, attempts, created_at, updated_at)
     VALUES (?, ?, (SELECT count(*) FROM steps WHERE run = ?), ?, 'started', 1, ?, ?)
     ON CONFLICT DO UPDATE SET attempts = attempts + 1, updated_at = excluded.updated_at`,
  ).run(run, key, run, inputHash, now, now);
  return undefined;
}

function toText(key: string, result: unknown): string {
  try {
    // A step may return nothing; that is stored as null.
    return JSON.stringify(result ?? null);
  } catch (cause) {
    throw new FatalError(
      "journal/not-json",
      `Step \`${key}\` returned a value that JSON cannot hold; return numbers, strings, lists and plain objects.`,
      { cause },
    );
  }
}

function toStep(row: StepRow): StepRecord {
  return {
    key: row.key,
    inputHash: row.input_hash,
    state: row.state,
    attempts: row.attempts,
    result: row.result === null ? null : (JSON.parse(row.result) as Json),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
