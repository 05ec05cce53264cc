import { stat } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";

import type { CID } from "multiformats/cid";

import type { Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import { indexCar, type BlockPlace } from "../publishing/car-reader.ts";
import { cidToDigest, parseCid } from "../publishing/cid.ts";
import { openCache } from "./cache-sqlite.ts";
import { openCarSource } from "./car-source.ts";
import { explain, inTransaction } from "./sqlite.ts";

/** `at` is where the block's bytes begin in the archive. */
const SCHEMA = `
CREATE TABLE archives (id INTEGER PRIMARY KEY, root TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, written INTEGER NOT NULL) STRICT;
CREATE TABLE blocks (
  digest BLOB NOT NULL,
  archive INTEGER NOT NULL,
  at INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY (digest, archive)
) STRICT, WITHOUT ROWID;
`;

/** Which archive of a store holds which block. */
export interface BlockIndex {
  find(cid: CID): (BlockPlace & { readonly path: string }) | undefined;
  holds(cid: string): boolean;
  close(): void;
}

/**
 * Opens the index over archives of a store. An archive is scanned once; after that only its length and the time of its writing are
 * looked at, so that hundreds are opened in no time (one that was mended has the same length, and perhaps its blocks in another order). One that is not there, or is none, is passed over.
 */
export async function openBlockIndex(
  path: string,
  archives: readonly { readonly root: Hex; readonly path: string }[],
): Promise<BlockIndex> {
  const db = openCache(path, { schema: SCHEMA, version: 2 });
  const paths = new Map<number, string>();
  try {
    for (const archive of archives) {
      const id = await register(db, path, archive);
      if (id !== undefined) paths.set(id, archive.path);
    }
  } catch (error) {
    db.close();
    throw error;
  }
  const places = db.prepare(
    "SELECT archive, at, length FROM blocks WHERE digest = ?",
  );
  const find: BlockIndex["find"] = (cid) => {
    for (const row of places.all(cid.multihash.digest)) {
      const held = paths.get(Number(row["archive"]));
      if (held !== undefined)
        return {
          path: held,
          offset: Number(row["at"]),
          length: Number(row["length"]),
        };
    }
    return undefined;
  };
  return {
    find,
    holds: (cid) => find(parseCid(cid)) !== undefined,
    close: () => db.close(),
  };
}

/** The archive's number; scans it if it is new, or has another length than it had. */
async function register(
  db: DatabaseSync,
  database: string,
  { root, path }: { readonly root: Hex; readonly path: string },
): Promise<number | undefined> {
  const file = await stat(path).catch(() => undefined);
  if (file === undefined) return undefined;
  const [bytes, written] = [file.size, Math.trunc(file.mtimeMs)];
  const known = db
    .prepare("SELECT id, bytes, written FROM archives WHERE root = ?")
    .get(root);
  if (known?.["bytes"] === bytes && known["written"] === written)
    return Number(known["id"]);
  const blocks = await scan(path, root);
  if (blocks === undefined) return undefined;
  return explain(database, () =>
    inTransaction(db, () => {
      const old = db
        .prepare("DELETE FROM archives WHERE root = ? RETURNING id")
        .get(root);
      if (old !== undefined)
        db.prepare("DELETE FROM blocks WHERE archive = ?").run(
          Number(old["id"]),
        );
      const row = db
        .prepare(
          "INSERT INTO archives (root, bytes, written) VALUES (?, ?, ?) RETURNING id",
        )
        .get(root, bytes, written);
      const id = Number(row?.["id"]);
      const insert = db.prepare("INSERT INTO blocks VALUES (?, ?, ?, ?)");
      for (const [cid, { offset, length }] of blocks)
        insert.run(parseCid(cid).multihash.digest, id, offset, length);
      return id;
    }),
  );
}

async function scan(
  path: string,
  root: Hex,
): Promise<ReadonlyMap<string, BlockPlace> | undefined> {
  try {
    const source = await openCarSource(path);
    try {
      const index = await indexCar(source);
      return cidToDigest(index.root) === root ? index.blocks : undefined;
    } finally {
      await source.close();
    }
  } catch (error) {
    // A store is a cache: what is damaged is made or fetched again.
    if (isLoopError(error)) return undefined;
    throw error;
  }
}
