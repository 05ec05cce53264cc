import { setTimeout as sleep } from "node:timers/promises";

import { concat, equal } from "../kernel/bytes.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import {
  encodeCarHeader,
  encodeFrameHead,
  MAX_BLOCK_BYTES,
} from "../publishing/car-format.ts";
import { isLeaf, parseCid } from "../publishing/cid.ts";
import { decodeNode } from "../publishing/dag-node.ts";
import { nativeSha256 } from "./blocks-hash.ts";
import type { Http } from "./http.ts";
import { steadily, type Steadiness } from "./steady.ts";

/** A trustless gateway, and how it is asked. */
export interface Gateway {
  readonly http: Http;
  /** The place's, for messages. */
  readonly name: string;
  /** `https://example.mypinata.cloud`. */
  readonly gateway: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How often a root is asked for that is not there yet. */
  readonly tries: number;
  /** ms, doubled each time. */
  readonly pause: number;
  readonly steadiness: Steadiness;
}

/** Blocks that are asked for at a time. */
const LANES = 8;

/**
 * What a gateway gives below a root, as a CAR: as one if it makes such, otherwise put together block by block. Nothing is checked but
 * what the walk needs; who reads it checks every block.
 * @throws FatalError `pins/not-held`; what `Http` throws.
 */
export async function* readGateway(
  gateway: Gateway,
  root: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  await requireRoot(gateway, root, signal);
  const { http, name, headers, steadiness } = gateway;
  const bytes = http.stream({
    method: "GET",
    url: addressOf(gateway, root, "format=car&dag-scope=all"),
    headers: { ...headers, accept: "application/vnd.ipld.car" },
    signal,
  });
  let isCar = false;
  const start: Uint8Array[] = [];
  try {
    for await (const piece of steadily(name, bytes, steadiness, signal)) {
      if (isCar) {
        yield piece;
        continue;
      }
      start.push(piece);
      const begun = concat(...start);
      if (begun.length < 16) continue;
      if (!beginsCar(begun)) break;
      isCar = true;
      yield begun;
    }
  } catch (error) {
    // Refused: it may still give single blocks. If it refuses those too, that is told.
    if (isCar || !isLoopError(error, "pins/refused")) throw error;
  }
  if (!isCar) yield* readBlocks(gateway, root, signal);
}

/** A length, then a map of two with the keys `roots` and `version`, whichever comes first. */
function beginsCar(bytes: Uint8Array): boolean {
  const text = String.fromCharCode(...bytes.subarray(1, 10));
  return text.startsWith("\xa2eroots") || text.startsWith("\xa2gversion");
}

async function requireRoot(
  gateway: Gateway,
  root: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { http, headers, name, tries, pause } = gateway;
  for (let tried = 1; ; tried++) {
    const { status } = await http.send({
      method: "HEAD",
      url: addressOf(gateway, root, "format=raw"),
      headers: { ...headers, accept: "application/vnd.ipld.raw" },
      // What a gateway says of HEAD itself is no matter: GET will tell.
      takes: (code) => [404, 405, 406, 410, 501].includes(code),
      signal,
    });
    if (status !== 404 && status !== 410) return;
    if (tried === tries)
      throw new FatalError(
        "pins/not-held",
        `\`${name}\` gives nothing for \`${root}\`, asked ${tries} times; send the archive again.`,
      );
    await sleep(pause * 2 ** (tried - 1), undefined, signal && { signal });
  }
}

async function* readBlocks(
  gateway: Gateway,
  root: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  yield encodeCarHeader(parseCid(root));
  const seen = new Set([root]);
  for (let waiting = [root]; waiting.length > 0;) {
    const asked = waiting.slice(0, LANES);
    waiting = waiting.slice(LANES);
    const blocks = await Promise.all(
      asked.map((cid) => readBlock(gateway, cid, signal)),
    );
    for (const [i, bytes] of blocks.entries()) {
      const cid = parseCid(asked[i] ?? "");
      yield concat(encodeFrameHead(cid, bytes.length), bytes);
      // Links of something else are not followed.
      if (isLeaf(cid) || !equal(nativeSha256(bytes), cid.multihash.digest))
        continue;
      for (const link of decodeNode(cid, bytes).links) {
        const name = link.cid.toString();
        if (seen.has(name)) continue;
        seen.add(name);
        waiting.push(name);
      }
    }
  }
}

async function readBlock(
  gateway: Gateway,
  cid: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const { http, headers, name, steadiness } = gateway;
  const bytes = http.stream({
    method: "GET",
    url: addressOf(gateway, cid, "format=raw"),
    headers: { ...headers, accept: "application/vnd.ipld.raw" },
    signal,
  });
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of steadily(name, bytes, steadiness, signal)) {
    size += piece.length;
    if (size > MAX_BLOCK_BYTES)
      throw new FatalError(
        "pins/bad-answer",
        `\`${name}\` gives more than 2 MiB for block \`${cid}\`; use another gateway.`,
      );
    pieces.push(piece);
  }
  return concat(...pieces);
}

function addressOf({ gateway }: Gateway, cid: string, query: string): URL {
  return new URL(`/ipfs/${cid}?${query}`, gateway);
}
