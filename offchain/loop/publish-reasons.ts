import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { canonicalBytes, type Json } from "../kernel/json.ts";
import { cidToDigest, rawCid } from "../publishing/cid.ts";
import type { Chain } from "./chain.ts";
import {
  pinArchive,
  requirePlaces,
  type PinPorts,
  type PinReceipt,
  type Places,
} from "./pin-archive.ts";
import type { Archives } from "./ports-archive.ts";

/** Reasons are one block, so that the digest in the call is the digest of the file; places take blocks of up to 1 MiB. */
const MAX_BYTES = 262_144;

/** What publishing reasons needs of the world. */
export interface ReasonsPorts extends PinPorts, Places {
  readonly chain: Pick<Chain, "instance">;
  readonly archives: Archives;
}

/** Reasons as bytes and as what a call names. */
export interface ReasonsBlock {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes: what `govern` and `move` take. */
  readonly hash: Hex;
  /** CIDv1 of the same bytes as a `raw` block. */
  readonly cid: string;
}

/** Reasons that whoever has the CID can read. */
export interface PublishedReasons extends Omit<ReasonsBlock, "bytes"> {
  readonly car: string;
  readonly pins: readonly PinReceipt[];
}

/**
 * The block of a document of reasons: its canonical JSON. Nothing is written.
 * @throws FatalError `kernel/bad-json` if it is none; `dao/reasons-too-long` above 256 KiB.
 */
export function reasonsBlock(document: Json): ReasonsBlock {
  const bytes = canonicalBytes(document);
  if (bytes.length > MAX_BYTES)
    throw new FatalError(
      "dao/reasons-too-long",
      `The reasons take \`${bytes.length}\` bytes; give at most ${MAX_BYTES}, and name what is longer by its address.`,
    );
  const cid = rawCid(bytes);
  return { bytes, hash: cidToDigest(cid), cid: cid.toString() };
}

/**
 * Publishes reasons like any artefact, before a call names them: kept in the store under their hash, and held by every place, read back
 * from there. Doing it again is harmless.
 * @param car where the archive of the one block is written.
 * @throws FatalError as {@link reasonsBlock}; `pins/none-configured` where nobody would hold them, and as {@link pinArchive}.
 */
export async function publishReasons(
  document: Json,
  ports: ReasonsPorts,
  car: string,
): Promise<PublishedReasons> {
  const { bytes, hash, cid } = reasonsBlock(document);
  const targets = await requirePlaces(ports);
  const sink = await ports.archives.create(car);
  try {
    await sink.put({ cid: rawCid(bytes), bytes });
    await sink.finish(rawCid(bytes));
  } catch (error) {
    await sink.abort();
    throw error;
  }
  await ports.archives.keep(hash, car);
  const request = { path: car, part: false };
  const pins = await pinArchive({ ...ports, targets }, request);
  return { hash, cid, car, pins };
}

/** The bytes of published reasons from the store, checked against the hash; undefined if they are not there. */
export async function readReasons(
  hash: Hex,
  archives: Pick<Archives, "find">,
): Promise<Uint8Array | undefined> {
  const archive = await archives.find(hash);
  if (archive === undefined) return undefined;
  try {
    return await archive.read("");
  } finally {
    await archive.close();
  }
}
