import { CarBufferReader } from "@ipld/car/buffer-reader";
import type { CID } from "multiformats/cid";

import { concat, equal } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import {
  carTruncated,
  decodeFrameHead,
  MAX_VARINT_BYTES,
} from "./car-format.ts";
import {
  MAX_BLOCKS,
  missingBlock,
  repeatedBlock,
  strayBlock,
  wrongRoot,
} from "./car-reader.ts";
import { CID_BYTES, requireProfile, type Block, type Hasher } from "./cid.ts";
import { cidMismatch } from "./dag.ts";

/** What must be in an archive that somebody else sends. */
export interface CarExpectation {
  /** What its header must name; left out, any that is among its blocks. */
  readonly root?: CID;
  /** CIDs of the blocks that must be there. */
  readonly expected: Iterable<string>;
  /** Whether nothing else may be there, and no block twice. Otherwise others are hashed and passed over. */
  readonly exact: boolean;
  /** The kernel's SHA-256 if left out. */
  readonly hash?: Hasher;
  /** Given each block once it is hashed; its bytes are good until what this returns has settled. */
  readonly onBlock?: (block: Block) => void | Promise<void>;
}

/** What was found. */
export interface CarFound {
  /** Expected blocks, each hashed: all of them. */
  readonly blocks: number;
  /** Bytes of the whole archive, as they came. */
  readonly bytes: number;
}

const HEAD_BYTES = MAX_VARINT_BYTES + CID_BYTES;

/**
 * Checks an archive as it comes, in pieces of any sizes and blocks in any order, with one block in memory: every block hashes to its
 * CID, the root and all that is expected are there, and the last block ends where the bytes do.
 * Who sends it may have written it anew (kubo does): the header may be any CARv1's with one root, not only ours.
 * @throws FatalError `publishing/car-*`, `publishing/bad-cid`, `publishing/cid-mismatch`, `publishing/missing-block`; and whatever the
 * stream throws.
 */
export async function checkCarStream(
  stream: AsyncIterable<Uint8Array>,
  { root, expected, exact, hash = sha256, onBlock }: CarExpectation,
): Promise<CarFound> {
  const wanted = new Set(expected);
  const missing = new Set(wanted);
  const bytes = createIntake(stream);
  try {
    const found = await readHeader(bytes);
    if (root !== undefined && found.toString() !== root.toString())
      throw wrongRoot(found, root);
    missing.add(found.toString());
    for (let count = 0; ; count++) {
      const position = bytes.position();
      const head = await bytes.take(HEAD_BYTES);
      if (head.length === 0) break;
      const { cid, headBytes, blockBytes } = decodeFrameHead(head, position);
      bytes.giveBack(head.subarray(headBytes));
      const block = await bytes.take(blockBytes);
      if (block.length < blockBytes) throw carTruncated(position);
      if (!equal(hash(block), cid.multihash.digest)) throw cidMismatch(cid);
      await onBlock?.({ cid, bytes: block });
      const name = cid.toString();
      const first = missing.delete(name);
      if (exact && !wanted.has(name)) throw strayBlock(name);
      // Without an end no archive would ever be refused.
      if ((exact && !first) || count === MAX_BLOCKS) throw repeatedBlock(name);
    }
    for (const name of missing) throw missingBlock(name);
    return { blocks: wanted.size, bytes: bytes.position() };
  } finally {
    await bytes.close();
  }
}

/** A header with one root of our profile has 58 bytes, in whatever order its two fields are; its length therefore one. */
async function readHeader(bytes: Intake): Promise<CID> {
  const [length] = await bytes.take(1);
  if (length === undefined) throw carTruncated(0);
  if (length > 127) throw badHeader();
  const header = await bytes.take(length);
  if (header.length < length) throw carTruncated(0);
  try {
    const reader = CarBufferReader.fromBytes(
      concat(new Uint8Array([length]), header),
    );
    const [root, ...others] = reader.getRoots();
    if (reader.version === 1 && root !== undefined && others.length === 0)
      return requireProfile(root);
  } catch (cause) {
    throw badHeader(cause);
  }
  throw badHeader();
}

function badHeader(cause?: unknown): FatalError {
  return new FatalError(
    "publishing/car-bad-header",
    "What came does not begin with the header of a CARv1 with one root; fetch the archive again, from elsewhere if need be.",
    { cause },
  );
}

/** Bytes of a stream by number. */
interface Intake {
  /** How many were taken and not given back. */
  position(): number;
  /** The next bytes; fewer only where the stream ends. Good until the next call. */
  take(count: number): Promise<Uint8Array>;
  /** What was taken last, or the end of it, to be taken again. */
  giveBack(bytes: Uint8Array): void;
  close(): Promise<void>;
}

function createIntake(stream: AsyncIterable<Uint8Array>): Intake {
  const iterator = stream[Symbol.asyncIterator]();
  const empty = new Uint8Array(0);
  let piece: Uint8Array = empty;
  let given: Uint8Array = empty;
  let position = 0;
  let ended = false;

  /** The rest of the oldest piece; empty at the end. */
  async function some(): Promise<Uint8Array> {
    for (;;) {
      if (given.length > 0) return given;
      if (piece.length > 0) return piece;
      if (ended) return empty;
      const next = await iterator.next();
      if (next.done === true) ended = true;
      else piece = next.value;
    }
  }

  function drop(count: number): void {
    if (given.length > 0) given = given.subarray(count);
    else piece = piece.subarray(count);
    position += count;
  }

  return {
    position: () => position,
    async take(count) {
      const first = await some();
      if (first.length >= count) {
        drop(count);
        return first.subarray(0, count);
      }
      const whole = new Uint8Array(count);
      let filled = 0;
      while (filled < count) {
        const next = (await some()).subarray(0, count - filled);
        if (next.length === 0) return whole.subarray(0, filled);
        whole.set(next, filled);
        filled += next.length;
        drop(next.length);
      }
      return whole;
    },
    giveBack(bytes) {
      given = given.length === 0 ? bytes : concat(bytes, given);
      position -= bytes.length;
    },
    async close() {
      if (!ended) await iterator.return?.();
    },
  };
}
