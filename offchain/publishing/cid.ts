import * as dagPb from "@ipld/dag-pb";
import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import { create as createDigest } from "multiformats/hashes/digest";

import { fromHex, toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";

/** SHA-256 as an argument: the kernel's by default, a native one where speed counts. Both give the same 32 bytes. */
export type Hasher = (bytes: Uint8Array) => Uint8Array;

/** A piece of a DAG under its content identifier. */
export interface Block {
  readonly cid: CID;
  readonly bytes: Uint8Array;
}

/** Multicodec of the `sha2-256` multihash. */
export const SHA2_256 = 0x12;

/** Bytes of every CID we make or read: version 1, codec, hash function, length 32, digest. */
export const CID_BYTES = 36;

/** CIDv1 of a leaf: the bytes themselves (`raw` codec). */
export function rawCid(bytes: Uint8Array, hash: Hasher = sha256): CID {
  return CID.createV1(raw.code, createDigest(SHA2_256, hash(bytes)));
}

/** CIDv1 of a `dag-pb` node: a directory, a shard of one, or a file of several leaves. */
export function nodeCid(bytes: Uint8Array, hash: Hasher = sha256): CID {
  return CID.createV1(dagPb.code, createDigest(SHA2_256, hash(bytes)));
}

/** Whether a CID names a `raw` leaf; otherwise it is a `dag-pb` node, since {@link requireProfile} admits nothing else. */
export function isLeaf(cid: CID): boolean {
  return cid.code === raw.code;
}

/**
 * Passes a CID of the `unixfs-v1-2025` profile through: version 1, `raw` or `dag-pb`, sha2-256 of 32 bytes.
 * @throws FatalError `publishing/bad-cid` on any other.
 */
export function requireProfile(cid: CID): CID {
  const { version, code, multihash } = cid;
  if (
    version !== 1 ||
    (code !== raw.code && code !== dagPb.code) ||
    multihash.code !== SHA2_256 ||
    multihash.digest.length !== 32
  ) {
    throw new FatalError(
      "publishing/bad-cid",
      `\`${cid.toString()}\` is not a CIDv1 of raw or dag-pb under sha2-256; publish it in the unixfs-v1-2025 profile.`,
    );
  }
  return cid;
}

/**
 * Reads a CID's text (base32).
 * @throws FatalError `publishing/bad-cid` if it is none, or not one of our profile.
 */
export function parseCid(text: string): CID {
  let cid: CID;
  try {
    cid = CID.parse(text);
  } catch (cause) {
    throw new FatalError(
      "publishing/bad-cid",
      `\`${text.slice(0, 80)}\` is not a CID; give one such as \`bafybei…\`.`,
      { cause },
    );
  }
  return requireProfile(cid);
}

/** The 32-byte digest inside a CID, as the chain stores roots and recipe ids. */
export function cidToDigest(cid: CID): Hex {
  return toHex(requireProfile(cid).multihash.digest);
}

/**
 * The CID of a directory root (`dag-pb`) that the chain stores as a digest; the inverse of {@link cidToDigest}.
 * @throws FatalError `publishing/bad-digest` unless the digest has 32 bytes.
 */
export function digestToCid(digest: Hex): CID {
  const bytes = fromHex(digest);
  if (bytes.length !== 32) {
    throw new FatalError(
      "publishing/bad-digest",
      `Digest \`${digest}\` has ${bytes.length} bytes; give 32.`,
    );
  }
  return CID.createV1(dagPb.code, createDigest(SHA2_256, bytes));
}
