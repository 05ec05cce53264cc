import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import type { CID } from "multiformats/cid";

import { equal } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import type { StoreBlocks, StoredArchive } from "../loop/ports-store.ts";
import { missingBlock } from "../publishing/car-reader.ts";
import { cidToDigest, parseCid } from "../publishing/cid.ts";
import { cidMismatch } from "../publishing/dag.ts";
import { nativeSha256 } from "./blocks-hash.ts";
import { openBlockIndex, type BlockIndex } from "./car-blocks-sqlite.ts";
import { openCarSource } from "./car-source.ts";

/** How the store names its archives, see `placeIn`. */
const ARCHIVE = /^(b[a-z2-7]{58})\.car$/;

/** Opens the store in a folder; where there is none, it is an empty one. */
export function openStoreBlocks(store: string): StoreBlocks {
  let current:
    { readonly names: string; readonly index: BlockIndex } | undefined;
  let refreshing: Promise<BlockIndex> | undefined;
  let closed = false;

  async function roots(): Promise<string[]> {
    const names = await readdir(store).catch((): string[] => []);
    return names
      .flatMap((name) => ARCHIVE.exec(name)?.[1] ?? [])
      .sort((a, b) => (a < b ? -1 : 1));
  }

  /** Looks at the folder again; archives that are known and have not changed are not read. */
  async function refresh(): Promise<BlockIndex> {
    const found = await roots();
    const index = await openBlockIndex(
      join(store, "blocks.sqlite"),
      found.map((root) => ({
        root: cidToDigest(parseCid(root)),
        path: join(store, `${root}.car`),
      })),
    );
    current?.index.close();
    current = { names: found.join(), index };
    if (closed) index.close();
    return index;
  }
  const refreshed = (): Promise<BlockIndex> =>
    (refreshing ??= refresh().finally(() => (refreshing = undefined)));

  async function look(cid: CID, index: BlockIndex): Promise<Uint8Array> {
    const place = index.find(cid);
    if (place === undefined) throw missingBlock(cid.toString());
    // Opened for each block: a file that is mended is found under its name, and a few system calls are nothing beside the hash.
    const source = await openCarSource(place.path);
    try {
      const bytes = await source.read(place.offset, place.length);
      if (!equal(nativeSha256(bytes), cid.multihash.digest))
        throw cidMismatch(cid);
      return bytes;
    } finally {
      await source.close();
    }
  }

  return {
    async list() {
      const archives: StoredArchive[] = [];
      for (const root of await roots()) {
        const size = await stat(join(store, `${root}.car`)).then(
          (stats) => stats.size,
          () => undefined,
        );
        if (size !== undefined) archives.push({ root, size });
      }
      return archives;
    },
    async get(cid) {
      try {
        return await look(cid, current?.index ?? (await refreshed()));
      } catch (error) {
        if (!isLoopError(error)) throw error;
        const missing = isLoopError(error, "publishing/missing-block");
        if (missing && (await roots()).join() === current?.names) throw error;
        return look(cid, await refreshed());
      }
    },
    async close() {
      closed = true;
      await refreshing?.catch(() => undefined);
      current?.index.close();
    },
  };
}
