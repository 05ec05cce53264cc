import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { FatalError, LoopError, RetryableError } from "../kernel/errors.ts";

const MIGRATIONS = new URL("./migrations/", import.meta.url);

/** How long a write waits for another process's write, ms. Every transaction of ours is far shorter. */
const BUSY_TIMEOUT = 10_000;

/**
 * Opens a database file (or `:memory:`) in WAL with full sync, and brings its schema up to date.
 * `maxPages` bounds its size; beyond it every write fails as on a full disk.
 * @throws LoopError `journal/unwritable`, `journal/corrupt`, `journal/too-new`, `journal/disk-full`, `journal/busy`.
 */
export function openDatabase(path: string, maxPages?: number): DatabaseSync {
  return explain(path, () => {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
    const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
    try {
      db.exec(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
      );
      migrate(db, path);
      if (maxPages !== undefined)
        db.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  });
}

/** Runs `work` in one write transaction, taken at once so that two processes queue instead of failing half-way. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    // After some failures (a full disk) SQLite has rolled back by itself.
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

/** Turns SQLite's failures into ours; errors that are ours already pass. */
export function explain<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toLoopError(path, error);
  }
}

function migrate(db: DatabaseSync, path: string): void {
  const files = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  const current = (): number =>
    Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (current() === files.length) return;
  inTransaction(db, () => {
    const version = current();
    if (version > files.length) {
      throw new FatalError(
        "journal/too-new",
        `Journal \`${path}\` was written by a later version of this program; use that version, or name another journal.`,
      );
    }
    for (const file of files.slice(version))
      db.exec(readFileSync(new URL(file, MIGRATIONS), "utf8"));
    db.exec(`PRAGMA user_version = ${files.length}`);
  });
}

function toLoopError(path: string, error: unknown): unknown {
  if (error instanceof LoopError) return error;
  const { code, errcode } = error as { code?: string; errcode?: number };
  const cause = { cause: error };
  if (code === "ENOSPC" || primary(errcode) === 13) {
    return new FatalError(
      "journal/disk-full",
      `The disk that holds the journal \`${path}\` is full; free some space and run the same command again.`,
      cause,
    );
  }
  if (
    ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(code ?? "") ||
    [8, 14].includes(primary(errcode))
  ) {
    return new FatalError(
      "journal/unwritable",
      `The journal \`${path}\` cannot be written; make its folder writable or name another one.`,
      cause,
    );
  }
  if (primary(errcode) === 5) {
    return new RetryableError(
      "journal/busy",
      `The journal \`${path}\` is locked by another process; run the same command again.`,
      cause,
    );
  }
  if ([10, 11, 26].includes(primary(errcode))) {
    return new FatalError(
      "journal/corrupt",
      `The journal \`${path}\` cannot be read as a database; restore it from a copy, or move it away once nothing is open on the chain.`,
      cause,
    );
  }
  return error;
}

/** SQLite's extended result codes carry the primary one in their low byte. */
function primary(errcode: number | undefined): number {
  return (errcode ?? 0) & 255;
}
