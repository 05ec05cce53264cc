import type { CID } from "multiformats/cid";

import { equal } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import {
  CAR_HEADER_BYTES,
  carTruncated,
  decodeCarHeader,
  decodeFrameHead,
  MAX_VARINT_BYTES,
} from "./car-format.ts";
import { CID_BYTES, isLeaf, type Hasher } from "./cid.ts";
import { cidMismatch, type GetBlock } from "./dag.ts";
import { decodeNode } from "./dag-node.ts";

/** Bytes that can be read anywhere: a file, an array. */
export interface ByteSource {
  /** Number of bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`; the caller stays inside `size`. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Where a block's bytes lie. */
export interface BlockPlace {
  readonly offset: number;
  readonly length: number;
}

/** An archive's table of contents. */
export interface CarIndex {
  readonly root: CID;
  /** By the text of the CID, in the order of the file. */
  readonly blocks: ReadonlyMap<string, BlockPlace>;
}

/** More blocks than the largest batch has: 5,000 works at 4,096 pixels stay under 200,000. */
export const MAX_BLOCKS = 1_000_000;

/** Bytes read at once while every block is hashed; more than the longest block and its head. */
const WINDOW_BYTES = 4_194_304;

/** Bytes read at once while only the heads are wanted: one page, which costs no more than a head. */
const INDEX_WINDOW_BYTES = 4_096;

const HEAD_BYTES = MAX_VARINT_BYTES + CID_BYTES;

/**
 * Reads where each block lies, without reading the blocks: enough to look up single works, whose blocks {@link createDag} checks.
 * @throws FatalError `publishing/car-*`, `publishing/bad-cid`
 */
export function indexCar(source: ByteSource): Promise<CarIndex> {
  return scan(source, INDEX_WINDOW_BYTES, () => {});
}

/**
 * Reads a whole archive strictly: the root is the one expected, every block hashes to its CID and occurs once, all blocks below
 * the root are there, and nothing else is. Memory: one window and the index.
 * @throws FatalError `publishing/car-*`, `publishing/cid-mismatch`, `publishing/bad-cid`, `publishing/bad-node`
 */
export async function checkCar(
  source: ByteSource,
  { root, hash = sha256 }: { readonly root?: CID; readonly hash?: Hasher },
): Promise<CarIndex> {
  const { index, links } = await checkBlocks(source, hash);
  if (root !== undefined && root.toString() !== index.root.toString()) {
    throw wrongRoot(index.root, root);
  }
  const reached = reach(index, links);
  for (const name of index.blocks.keys()) {
    if (!reached.has(name)) throw strayBlock(name);
  }
  return index;
}

/**
 * Reads an archive that is a part of its tree, as strictly but for that: other archives hold the rest. Whether all of it lies below
 * the root is the caller's to ask, who has the others.
 * @throws FatalError as {@link checkCar}, but for the root, missing and stray blocks.
 */
export async function checkCarPart(
  source: ByteSource,
  hash: Hasher = sha256,
): Promise<CarIndex> {
  return (await checkBlocks(source, hash)).index;
}

/** Every block hashed, and the links of those that are nodes. */
async function checkBlocks(
  source: ByteSource,
  hash: Hasher,
): Promise<{
  index: CarIndex;
  links: ReadonlyMap<string, readonly CID[]>;
}> {
  const links = new Map<string, readonly CID[]>();
  const index = await scan(source, WINDOW_BYTES, async (cid, place, read) => {
    const bytes = await read(place);
    if (!equal(hash(bytes), cid.multihash.digest)) throw cidMismatch(cid);
    if (!isLeaf(cid))
      links.set(
        cid.toString(),
        decodeNode(cid, bytes).links.map((link) => link.cid),
      );
  });
  return { index, links };
}

/** Blocks out of an indexed archive. They are not checked here: {@link createDag} does that. */
export function carBlocks(source: ByteSource, index: CarIndex): GetBlock {
  return (cid) => {
    const place = index.blocks.get(cid.toString());
    if (place === undefined) throw missingBlock(cid.toString());
    return source.read(place.offset, place.length);
  };
}

type ReadPlace = (place: BlockPlace) => Promise<Uint8Array>;

async function scan(
  source: ByteSource,
  windowBytes: number,
  visit: (cid: CID, place: BlockPlace, read: ReadPlace) => void | Promise<void>,
): Promise<CarIndex> {
  if (source.size < CAR_HEADER_BYTES) throw carTruncated(0);
  const read = windowed(source, windowBytes);
  const root = decodeCarHeader(
    (await read({ offset: 0, length: CAR_HEADER_BYTES })).slice(),
  );
  const blocks = new Map<string, BlockPlace>();
  for (let position = CAR_HEADER_BYTES; position < source.size;) {
    const head = decodeFrameHead(
      await read({
        offset: position,
        length: Math.min(HEAD_BYTES, source.size - position),
      }),
      position,
    );
    const offset = position + head.headBytes;
    const place = { offset, length: head.blockBytes };
    if (offset + place.length > source.size) throw carTruncated(position);
    const name = head.cid.toString();
    if (blocks.has(name) || blocks.size === MAX_BLOCKS)
      throw repeatedBlock(name);
    await visit(head.cid, place, read);
    blocks.set(name, place);
    position = offset + place.length;
  }
  return { root, blocks };
}

/** Everything below the root, by a walk over the links that were read. */
function reach(
  index: CarIndex,
  links: ReadonlyMap<string, readonly CID[]>,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [index.root.toString()];
  for (;;) {
    const name = waiting.pop();
    if (name === undefined) return reached;
    if (reached.has(name)) continue;
    if (!index.blocks.has(name)) throw missingBlock(name);
    reached.add(name);
    for (const cid of links.get(name) ?? []) waiting.push(cid.toString());
  }
}

/** Reads through a sliding window, so that a scan makes few large reads; what it returns is good until the next read. */
function windowed(source: ByteSource, windowBytes: number): ReadPlace {
  let start = 0;
  let window: Uint8Array = new Uint8Array(0);
  return async ({ offset, length }) => {
    if (offset < start || offset + length > start + window.length) {
      start = offset;
      window = await source.read(
        offset,
        Math.min(Math.max(length, windowBytes), source.size - offset),
      );
    }
    return window.subarray(offset - start, offset - start + length);
  };
}

/** The error of an archive of another root. */
export function wrongRoot(found: CID, wanted: CID): FatalError {
  return new FatalError(
    "publishing/car-wrong-root",
    `The archive's root is \`${found.toString()}\`, not \`${wanted.toString()}\`; give the archive of that batch.`,
  );
}

/** The error of a block that is in an archive already, or of one too many. */
export function repeatedBlock(name: string): FatalError {
  return new FatalError(
    "publishing/car-repeated-block",
    `Block \`${name}\` occurs twice, or the archive has more than ${MAX_BLOCKS} blocks; fetch it again.`,
  );
}

/** The error of a block that nothing below the root links. */
export function strayBlock(name: string): FatalError {
  return new FatalError(
    "publishing/car-stray-block",
    `Block \`${name}\` is in the archive but not below its root; fetch the archive again.`,
  );
}

/** The error of a block that is linked and in no archive. */
export function missingBlock(name: string): FatalError {
  return new FatalError(
    "publishing/missing-block",
    `Block \`${name}\` is not in the archive; fetch the whole archive.`,
  );
}
