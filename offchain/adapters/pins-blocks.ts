import { concat } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import {
  encodeCarHeader,
  encodeFrameHead,
  MAX_BLOCK_BYTES,
} from "../publishing/car-format.ts";
import { parseCid } from "../publishing/cid.ts";

/** Blocks that are fetched ahead. */
const AHEAD = 8;

/**
 * The bytes of a CAR out of single blocks, as they are given: whoever reads it checks them. An epoch is a small part of its tree, and
 * fetching the whole collection to see whether that part arrived would cost more with every batch.
 */
export async function* carOfBlocks(
  root: string,
  blocks: Iterable<string>,
  get: (cid: string) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield encodeCarHeader(parseCid(root));
  const waiting: Promise<Uint8Array>[] = [];
  try {
    for (const name of blocks) {
      const frame = fetchFrame(name, get);
      // Awaited below, in order; until then a failure must not count as unhandled.
      frame.catch(() => undefined);
      waiting.push(frame);
      if (waiting.length === AHEAD) yield await (waiting.shift() as Frame);
    }
    for (const frame of waiting.splice(0)) yield await frame;
  } finally {
    await Promise.allSettled(waiting);
  }
}

type Frame = Promise<Uint8Array>;

async function fetchFrame(
  name: string,
  get: (cid: string) => AsyncIterable<Uint8Array>,
): Frame {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of get(name)) {
    size += piece.length;
    if (size > MAX_BLOCK_BYTES) {
      throw new FatalError(
        "publishing/cid-mismatch",
        `Block \`${name}\` came with more than ${MAX_BLOCK_BYTES} bytes; fetch it again.`,
      );
    }
    pieces.push(piece);
  }
  return concat(encodeFrameHead(parseCid(name), size), ...pieces);
}
