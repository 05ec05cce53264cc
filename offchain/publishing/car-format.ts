import { createWriter } from "@ipld/car/buffer-writer";
import { CID } from "multiformats/cid";

import { equal } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { CID_BYTES, requireProfile } from "./cid.ts";

/** Bytes of the header of a CARv1 with one root of our profile: always the same, so the root can be filled in last. */
export const CAR_HEADER_BYTES = 59;

/** Longest block that is read: 2 MiB, what IPFS nodes exchange. Ours have 1 MiB at most. */
export const MAX_BLOCK_BYTES = 2_097_152;

/** Longest length prefix that {@link MAX_BLOCK_BYTES} can need. */
export const MAX_VARINT_BYTES = 4;

/** The header of a CARv1 (length, then dag-cbor `{roots: [root], version: 1}`). */
export function encodeCarHeader(root: CID): Uint8Array {
  return createWriter(new ArrayBuffer(CAR_HEADER_BYTES), {
    roots: [requireProfile(root)],
  }).close();
}

/**
 * Reads a header back; only the exact bytes that {@link encodeCarHeader} makes are one.
 * @throws FatalError `publishing/car-bad-header`
 */
export function decodeCarHeader(bytes: Uint8Array): CID {
  const offset = CAR_HEADER_BYTES - CID_BYTES - "gversion_".length;
  try {
    const root = requireProfile(
      CID.decode(bytes.slice(offset, offset + CID_BYTES)),
    );
    if (equal(encodeCarHeader(root), bytes)) return root;
  } catch (cause) {
    throw badHeader(cause);
  }
  throw badHeader();
}

function badHeader(cause?: unknown): FatalError {
  return new FatalError(
    "publishing/car-bad-header",
    "The file does not begin with the header of a CARv1 with one root; give a `.car` that this project wrote.",
    { cause },
  );
}

/** What precedes a block's bytes: the length of the rest as an unsigned LEB128, and the CID. */
export function encodeFrameHead(cid: CID, blockBytes: number): Uint8Array {
  const head: number[] = [];
  let rest = CID_BYTES + blockBytes;
  for (; rest >= 128; rest = Math.floor(rest / 128))
    head.push((rest % 128) | 128);
  head.push(rest);
  const bytes = new Uint8Array(head.length + CID_BYTES);
  bytes.set(head);
  bytes.set(requireProfile(cid).bytes, head.length);
  return bytes;
}

/** A frame's head, read. */
export interface FrameHead {
  readonly cid: CID;
  /** Bytes of the head itself. */
  readonly headBytes: number;
  /** Bytes of the block that follows. */
  readonly blockBytes: number;
}

/**
 * Reads the head of the frame at `position` from up to 40 bytes that lie there.
 * @throws FatalError `publishing/car-bad-frame` on a length that is zero, padded or above 2 MiB; `publishing/car-truncated`
 * if the bytes end first; `publishing/bad-cid` on a CID that is not of our profile.
 */
export function decodeFrameHead(
  bytes: Uint8Array,
  position: number,
): FrameHead {
  let length = 0;
  let unit = 1;
  let used = 0;
  for (;;) {
    const byte = bytes[used];
    if (byte === undefined) throw carTruncated(position);
    length += (byte & 127) * unit;
    unit *= 128;
    used++;
    if (byte < 128) {
      // A last byte of zero pads the number (or is the number zero): each length has one form only.
      if (byte === 0) throw badFrame(position, "has a padded or zero length");
      break;
    }
    if (used === MAX_VARINT_BYTES)
      throw badFrame(position, "has a length of more than four bytes");
  }
  const blockBytes = length - CID_BYTES;
  if (blockBytes < 0) throw badFrame(position, "is too short to hold a CID");
  if (blockBytes > MAX_BLOCK_BYTES)
    throw badFrame(position, `holds ${blockBytes} bytes, more than 2 MiB`);
  const headBytes = used + CID_BYTES;
  if (bytes.length < headBytes) throw carTruncated(position);
  return { cid: readCid(bytes, used, position), headBytes, blockBytes };
}

function readCid(bytes: Uint8Array, offset: number, position: number): CID {
  try {
    return requireProfile(CID.decode(bytes.slice(offset, offset + CID_BYTES)));
  } catch (cause) {
    throw new FatalError(
      "publishing/bad-cid",
      `The block at byte ${position} has no CIDv1 of raw or dag-pb under sha2-256; fetch the archive again.`,
      { cause },
    );
  }
}

function badFrame(position: number, why: string): FatalError {
  return new FatalError(
    "publishing/car-bad-frame",
    `The block at byte ${position} ${why}; fetch the archive again.`,
  );
}

/** The error of an archive that ends inside the frame at `position`. */
export function carTruncated(position: number): FatalError {
  return new FatalError(
    "publishing/car-truncated",
    `The archive ends inside the block at byte ${position}; fetch it again.`,
  );
}
