import type { StateIndex } from "../loop/ports-states.ts";
import { openCache } from "./cache-sqlite.ts";
import { explain, inTransaction } from "./sqlite.ts";

const SCHEMA = `
CREATE TABLE works (
  batch TEXT NOT NULL,
  work INTEGER NOT NULL,
  state TEXT NOT NULL,
  image TEXT NOT NULL,
  image_size INTEGER NOT NULL,
  metadata TEXT NOT NULL,
  metadata_size INTEGER NOT NULL,
  PRIMARY KEY (batch, work, state)
) STRICT, WITHOUT ROWID;
CREATE TABLE directories (
  batch TEXT NOT NULL,
  signature TEXT NOT NULL,
  cid TEXT NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY (batch, signature)
) STRICT, WITHOUT ROWID;
CREATE TABLE epochs (root TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

/**
 * Opens the index of states in one SQLite file (or `:memory:`), making it if it is new.
 * @throws LoopError `journal/unwritable`, `journal/disk-full`, `journal/busy`.
 */
export function openStateIndex(path: string): StateIndex {
  const db = openCache(path, { schema: SCHEMA, version: 1 });
  const write = (work: () => void): Promise<void> => {
    explain(path, () => inTransaction(db, work));
    return Promise.resolve();
  };
  const findWork = db.prepare(
    "SELECT image, image_size, metadata, metadata_size FROM works WHERE batch = ? AND work = ? AND state = ?",
  );
  const findDirectory = db.prepare(
    "SELECT cid, size FROM directories WHERE batch = ? AND signature = ?",
  );
  return {
    async works(batch, wanted) {
      return wanted.map(({ index, state }) => {
        const row = findWork.get(batch, index, state);
        if (row === undefined) return undefined;
        return {
          image: { cid: String(row["image"]), size: Number(row["image_size"]) },
          metadata: {
            cid: String(row["metadata"]),
            size: Number(row["metadata_size"]),
          },
        };
      });
    },
    async directory(batch, signature) {
      const row = findDirectory.get(batch, signature);
      if (row === undefined) return undefined;
      return { cid: String(row["cid"]), size: Number(row["size"]) };
    },
    learn: (batch, { works, directory }) =>
      write(() => {
        const insert = db.prepare(
          "INSERT OR REPLACE INTO works VALUES (?, ?, ?, ?, ?, ?, ?)",
        );
        for (const { index, state, image, metadata } of works)
          insert.run(
            batch,
            index,
            state,
            image.cid,
            image.size,
            metadata.cid,
            metadata.size,
          );
        if (directory === undefined) return;
        const { signature, link } = directory;
        db.prepare(
          "INSERT OR REPLACE INTO directories VALUES (?, ?, ?, ?)",
        ).run(batch, signature, link.cid, link.size);
      }),
    knows: async (epoch) =>
      db.prepare("SELECT 1 FROM epochs WHERE root = ?").get(epoch) !==
      undefined,
    finished: (epoch) =>
      write(
        () =>
          void db.prepare("INSERT OR IGNORE INTO epochs VALUES (?)").run(epoch),
      ),
    async close() {
      if (db.isOpen) db.close();
    },
  };
}
