import { sha256 } from "../kernel/digest.ts";
import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { CarSink } from "./block-sink.ts";
import { cidToDigest, parseCid, type Block, type Hasher } from "./cid.ts";
import { buildDirectory } from "./unixfs-directory.ts";
import { buildFile, type FileContent } from "./unixfs-file.ts";
import type { Entry } from "./unixfs-node.ts";

/** A built directory to link into others, with all its blocks. */
export interface LinkedDirectory extends Entry {
  readonly blocks: readonly Block[];
}

/** The files of a batch that are no token's. */
export interface BatchRecords {
  /** Bytes of `transcript.json`. */
  readonly transcript: FileContent;
  /** Bytes of `hashes.json`. */
  readonly hashes: FileContent;
}

/** A finished batch directory. */
export interface PackedBatch {
  /** The root's CID. */
  readonly root: string;
  /** The root's digest, as `seal` takes it. */
  readonly digest: Hex;
  /** Bytes of all blocks below the root, repeated ones counted each time. */
  readonly size: number;
}

/** What is kept of a file until its directory is built: a CID's text is a tenth of the object. */
interface KeptEntry {
  readonly name: string;
  readonly cid: string;
  readonly size: number;
}

/** Builds a batch directory while its works are being made. Await each call before the next. */
export interface BatchPacker {
  /** Adds `images/<id>.png`; the next call must be `addMetadata` of the same token. */
  addImage(id: bigint, png: Uint8Array): Promise<{ readonly cid: string }>;
  /** Adds `<id>.json`; ids rise. */
  addMetadata(id: bigint, json: Uint8Array): Promise<{ readonly cid: string }>;
  /** Adds the recipe, the records and the directories, and finishes the archive. */
  finish(records: BatchRecords): Promise<PackedBatch>;
}

/**
 * A packer that writes into `sink`. The archive's bytes depend on the files and on nothing else: for each token its image then
 * its metadata, in rising order, then recipe, transcript, hashes and directories. So an interrupted packing is repeated from
 * the files on disk. Memory: a name, a CID and a size for each file.
 */
export function createBatchPacker({
  recipe,
  sink,
  hash = sha256,
}: {
  readonly recipe: LinkedDirectory;
  readonly sink: CarSink;
  readonly hash?: Hasher;
}): BatchPacker {
  const target = { sink, hash };
  const images: KeptEntry[] = [];
  const root: KeptEntry[] = [];
  let last = -1n;
  let pending: bigint | undefined;
  let busy = false;

  async function exclusive<T>(work: () => Promise<T>): Promise<T> {
    if (busy) throw outOfOrder("A call came before the one before it settled");
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  }

  async function add(
    list: KeptEntry[],
    name: string,
    content: FileContent,
  ): Promise<{ cid: string }> {
    const entry = await buildFile(target, content);
    const cid = entry.cid.toString();
    list.push({ name, cid, size: entry.size });
    return { cid };
  }

  const directory = (list: readonly KeptEntry[]): Promise<Entry> =>
    buildDirectory(
      target,
      list.map(({ name, cid, size }) => ({ name, cid: parseCid(cid), size })),
    );

  return {
    addImage: (id, png) =>
      exclusive(() => {
        if (pending !== undefined || id <= last)
          throw outOfOrder(`The image of \`${id}\` came out of turn`);
        pending = id;
        return add(images, `${id}.png`, png);
      }),
    addMetadata: (id, json) =>
      exclusive(() => {
        if (pending !== id)
          throw outOfOrder(`The metadata of \`${id}\` came out of turn`);
        pending = undefined;
        last = id;
        return add(root, `${id}.json`, json);
      }),
    finish: ({ transcript, hashes }) =>
      exclusive(async () => {
        if (pending !== undefined || root.length === 0)
          throw outOfOrder("The batch is not complete");
        for (const block of recipe.blocks) await sink.put(block);
        const link = recipe.cid.toString();
        root.push({ name: "recipe", cid: link, size: recipe.size });
        await add(root, "transcript.json", transcript);
        await add(root, "hashes.json", hashes);
        const folder = await directory(images);
        const pictures = folder.cid.toString();
        root.push({ name: "images", cid: pictures, size: folder.size });
        const { cid, size } = await directory(root);
        await sink.finish(cid);
        return { root: cid.toString(), digest: cidToDigest(cid), size };
      }),
  };
}

function outOfOrder(what: string): FatalError {
  return new FatalError(
    "publishing/out-of-order",
    `${what}; add image then metadata of each token in rising order, one call at a time.`,
  );
}
