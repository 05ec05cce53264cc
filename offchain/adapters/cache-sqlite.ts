import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { explain, inTransaction } from "./sqlite.ts";

/** How long a write waits for another process's write, ms. */
const BUSY_TIMEOUT = 10_000;

/**
 * Opens a database that can be made again from what lies beside it; one that is damaged, or of another version, is made anew. WAL, and
 * synced at checkpoints only: what a power cut takes is found again.
 * @throws LoopError `journal/unwritable`, `journal/disk-full`, `journal/busy`.
 */
export function openCache(
  path: string,
  { schema, version }: { readonly schema: string; readonly version: number },
): DatabaseSync {
  return explain(path, () => {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
    try {
      return open(path, schema, version);
    } catch (error) {
      // SQLITE_CORRUPT, SQLITE_NOTADB, and a schema that is not ours.
      const code = (error as { errcode?: number }).errcode ?? 0;
      if (![1, 11, 26].includes(code & 255)) throw error;
      for (const suffix of ["", "-wal", "-shm"])
        rmSync(path + suffix, { force: true });
      return open(path, schema, version);
    }
  });
}

function open(path: string, schema: string, version: number): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
  try {
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    const current = (): boolean =>
      db.prepare("PRAGMA user_version").get()?.["user_version"] === version;
    // Two processes may open it at once: the second finds the first one's tables.
    if (!current())
      inTransaction(db, () => {
        if (current()) return;
        const tables = db
          .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
          .all();
        for (const { name } of tables) db.exec(`DROP TABLE "${String(name)}"`);
        db.exec(schema);
        db.exec(`PRAGMA user_version = ${Math.trunc(version)}`);
      });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
