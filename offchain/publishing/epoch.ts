import { sha256 } from "../kernel/digest.ts";
import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { splitTokenId } from "../kernel/ids.ts";
import type { BlockSink, CarSink } from "./block-sink.ts";
import { cidToDigest, parseCid, type Block, type Hasher } from "./cid.ts";
import { tokenPaths } from "./paths.ts";
import { buildDirectory } from "./unixfs-directory.ts";
import { buildFile, type Link } from "./unixfs-file.ts";
import type { NamedEntry } from "./unixfs-node.ts";

/** One work of an epoch: its two files, wherever their blocks are. */
export interface EpochWork {
  readonly id: bigint;
  readonly metadata: Link;
  readonly image: Link;
}

/** What an epoch cost. */
export interface PackingCounts {
  readonly blocksWritten: number;
  /** Of the blocks, without the archive's own framing. */
  readonly bytesWritten: number;
  /** Blocks that were made and that an earlier archive holds. */
  readonly blocksShared: number;
}

/** A finished epoch directory. */
export interface PackedEpoch extends PackingCounts {
  readonly root: string;
  /** The root's digest, as `evolve` takes it. */
  readonly digest: Hex;
  /** Bytes of all blocks below the root, those of earlier archives included. */
  readonly size: number;
}

/** Builds an epoch directory batch by batch. Await each call before the next. */
export interface EpochPacker {
  /** Puts a file of a changed work; where it lies is said by {@link addBatch}. */
  addFile(content: Uint8Array): Promise<Link>;
  /** Adds the directory of a batch: its living works, ids rising. @returns what links it in a later epoch. */
  addBatch(batch: number, works: readonly EpochWork[]): Promise<Link>;
  /** Adds the directory of a batch that is as it was in an earlier epoch. */
  linkBatch(batch: number, directory: Link): void;
  finish(): Promise<PackedEpoch>;
}

/**
 * A packer that writes into `sink` only what no earlier archive holds. The root depends on the works and on nothing else: not on
 * what is held, nor on what was linked and what was built, nor on the order of the batches.
 */
export function createEpochPacker({
  sink,
  held,
  hash = sha256,
}: {
  readonly sink: CarSink;
  /** Whether an earlier archive of the collection holds a block. */
  readonly held: (cid: Block["cid"]) => boolean;
  readonly hash?: Hasher;
}): EpochPacker {
  const news = onlyNew(sink, held);
  const target = { sink: news, hash };
  const batches: NamedEntry[] = [];
  return {
    async addFile(content) {
      const { cid, size } = await buildFile(target, content);
      return { cid: cid.toString(), size };
    },
    async addBatch(batch, works) {
      requireWorks(batch, works);
      const images = await buildDirectory(
        target,
        works.map(({ id, image }) =>
          entry(tokenPaths(id).image.slice("images/".length), image),
        ),
      );
      const files = works.map(({ id, metadata }) =>
        entry(tokenPaths(id).metadata, metadata),
      );
      const { cid, size } = await buildDirectory(target, [
        ...files,
        { ...images, name: "images" },
      ]);
      batches.push({ name: `${batch}`, cid, size });
      return { cid: cid.toString(), size };
    },
    linkBatch(batch, directory) {
      batches.push(entry(`${batch}`, directory));
    },
    async finish() {
      const { cid, size } = await buildDirectory(target, batches);
      // An archive without its root would be none, even where nothing at all has changed.
      await news.putLast();
      await sink.finish(cid);
      const digest = cidToDigest(cid);
      return { root: cid.toString(), digest, size, ...news.counts() };
    },
  };
}

/** Leaves out what is held, and counts. */
function onlyNew(
  sink: BlockSink,
  held: (cid: Block["cid"]) => boolean,
): BlockSink & {
  /** Writes the last block even if it is held. */
  putLast(): Promise<void>;
  counts(): PackingCounts;
} {
  const written = new Set<string>();
  let [bytesWritten, blocksShared] = [0, 0];
  let last: { readonly block: Block; readonly left: boolean } | undefined;
  const write = (block: Block): void | Promise<void> => {
    const name = block.cid.toString();
    if (written.has(name)) return undefined;
    written.add(name);
    bytesWritten += block.bytes.length;
    return sink.put(block);
  };
  return {
    put(block) {
      const left = held(block.cid);
      last = { block, left };
      if (!left) return write(block);
      blocksShared += 1;
      return undefined;
    },
    async putLast() {
      if (last?.left === true) await write(last.block);
    },
    counts: () => ({ blocksWritten: written.size, bytesWritten, blocksShared }),
  };
}

function entry(name: string, { cid, size }: Link): NamedEntry {
  return { name, cid: parseCid(cid), size };
}

function requireWorks(batch: number, works: readonly EpochWork[]): void {
  let last = -1n;
  for (const { id } of works) {
    if (id <= last || splitTokenId(id).batch !== BigInt(batch))
      throw outOfOrder(`Work \`${id}\` came out of turn in batch ${batch}`);
    last = id;
  }
  if (last < 0n) throw outOfOrder(`Batch \`${batch}\` has no works`);
}

function outOfOrder(what: string): FatalError {
  return new FatalError(
    "publishing/out-of-order",
    `${what}; add each batch that has living works, in rising order of their ids.`,
  );
}
