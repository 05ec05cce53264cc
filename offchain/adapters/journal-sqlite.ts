import type { DatabaseSync } from "node:sqlite";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError, RetryableError } from "../kernel/errors.ts";
import { canonicalJson, type Json } from "../kernel/json.ts";
import {
  hashInput,
  noPoint,
  type Journal,
  type Point,
  type Run,
  type RunRecord,
  type RunRequest,
  type RunState,
} from "../loop/journal.ts";
import { createOutbox } from "./outbox-sqlite.ts";
import { createHolder, isAlive, type Holder } from "./process-identity.ts";
import { createRun, readSteps } from "./run-sqlite.ts";
import { explain, inTransaction, openDatabase } from "./sqlite.ts";

/** How often a held lease is renewed, and after how long without it a holder in another place counts as dead, ms. */
const HEARTBEAT = 5_000;
const LEASE = 30_000;

/** What a journal may be given besides its path. */
export interface JournalOptions {
  /** Called at every step boundary. */
  readonly point?: Point;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** Who this is; tests open one file as several processes. */
  readonly holder?: Holder;
  /** Bounds the database in pages of 4 KiB; beyond it every write fails as on a full disk. */
  readonly maxPages?: number;
}

/** One row of `runs`. */
interface RunRow {
  readonly id: number;
  readonly instance: Hex;
  readonly kind: string;
  readonly input: string;
  readonly input_hash: Hex;
  readonly state: RunState;
  readonly reason: string | null;
  readonly fence: number;
  readonly holder: string | null;
  readonly renewed_at: number;
  readonly created_at: number;
  readonly updated_at: number;
}

/**
 * Opens the journal in one SQLite file (`:memory:` for a chain that ends with the process), making it if it is new.
 * WAL and synchronous=FULL: what a method has returned survives a kill and a power cut.
 * @throws LoopError `journal/unwritable`, `journal/corrupt`, `journal/too-new`, `journal/disk-full`, `journal/busy`.
 */
export function openJournal(
  path: string,
  {
    point = noPoint,
    now = Date.now,
    holder = createHolder(),
    maxPages,
  }: JournalOptions = {},
): Journal {
  const db = openDatabase(path, maxPages);
  const held = new Map<number, number>();
  const write = <T>(work: () => T): T =>
    explain(path, () => inTransaction(db, work));

  const take = (row: RunRow, resumed: boolean): Run => {
    requireFree(row, holder, now());
    const fence = row.fence + 1;
    db.prepare(
      "UPDATE runs SET fence = ?, holder = ?, renewed_at = ? WHERE id = ?",
    ).run(fence, JSON.stringify(holder), now(), row.id);
    held.set(row.id, fence);
    return createRun({
      db,
      write,
      now,
      point,
      fence,
      resumed,
      record: toRecord(row),
      released: () => held.delete(row.id),
    });
  };

  const beat = setInterval(() => renew(db, held, now()), HEARTBEAT);
  beat.unref();

  return {
    ...createOutbox({ db, write, now }),
    async run(request) {
      return write(() => {
        const row = findOpen(db, request);
        if (row !== undefined) return take(row, true);
        return take(insertRun(db, request, now()), false);
      });
    },
    async resume(id) {
      return write(() => {
        const row = db
          .prepare("SELECT * FROM runs WHERE id = ? AND state = 'open'")
          .get(id) as RunRow | undefined;
        if (row === undefined) {
          throw new FatalError(
            "journal/no-such-run",
            `No open run \`${id}\` is in the journal; list the open ones with \`npx hardhat resume\`.`,
          );
        }
        return take(row, true);
      });
    },
    async openRuns(instance) {
      const rows = explain(path, () =>
        db
          .prepare(
            "SELECT * FROM runs WHERE instance = ? AND state = 'open' ORDER BY id",
          )
          .all(instance),
      );
      return (rows as unknown as RunRow[]).map(toRecord);
    },
    async allRuns(instance) {
      const rows = explain(path, () =>
        db
          .prepare("SELECT * FROM runs WHERE instance = ? ORDER BY id")
          .all(instance),
      );
      return (rows as unknown as RunRow[]).map(toRecord);
    },
    async stepsOf(id) {
      return explain(path, () => readSteps(db, id));
    },
    async close() {
      if (!db.isOpen) return;
      clearInterval(beat);
      write(() => {
        for (const [id, fence] of held)
          db.prepare(
            "UPDATE runs SET holder = NULL WHERE id = ? AND fence = ?",
          ).run(id, fence);
      });
      db.close();
    },
  };
}

function findOpen(db: DatabaseSync, request: RunRequest): RunRow | undefined {
  return db
    .prepare(
      "SELECT * FROM runs WHERE instance = ? AND kind = ? AND input_hash = ? AND state = 'open'",
    )
    .get(request.instance, request.kind, hashInput(request.input)) as
    RunRow | undefined;
}

function insertRun(db: DatabaseSync, request: RunRequest, now: number): RunRow {
  return db
    .prepare(
      `INSERT INTO runs (instance, kind, input, input_hash, state, fence, renewed_at, created_at, updated_at)
       VALUES (?, ?, ?, ?, 'open', 0, ?, ?, ?) RETURNING *`,
    )
    .get(
      request.instance,
      request.kind,
      canonicalJson(request.input),
      hashInput(request.input),
      now,
      now,
      now,
    ) as unknown as RunRow;
}

function requireFree(row: RunRow, self: Holder, now: number): void {
  if (row.holder === null) return;
  const other = JSON.parse(row.holder) as Holder;
  const alive = isAlive(other, self) ?? now - row.renewed_at < LEASE;
  if (!alive) return;
  throw new RetryableError(
    "journal/run-busy",
    `Process \`${other.pid}\` is already working on this run (number ${row.id}); wait for it, or stop it and run the command again.`,
  );
}

/** A missed beat costs nothing in this place, where process ids tell; so a busy database may be ignored. */
function renew(
  db: DatabaseSync,
  held: ReadonlyMap<number, number>,
  now: number,
): void {
  try {
    for (const [id, fence] of held)
      db.prepare(
        "UPDATE runs SET renewed_at = ? WHERE id = ? AND fence = ?",
      ).run(now, id, fence);
  } catch {
    // The next write of the run reports what is wrong with the database.
  }
}

function toRecord(row: RunRow): RunRecord {
  return {
    id: row.id,
    instance: row.instance,
    kind: row.kind,
    input: JSON.parse(row.input) as Json,
    inputHash: row.input_hash,
    state: row.state,
    reason: row.reason,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
