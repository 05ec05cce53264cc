import { UnixFS } from "ipfs-unixfs";

import { sha256 } from "../kernel/digest.ts";
import { rawCid, type Hasher } from "./cid.ts";
import { putNode, type BuildTarget, type Entry } from "./unixfs-node.ts";

/** Bytes of a leaf: 1 MiB, the `unixfs-v1-2025` profile (IPIP-499). */
export const CHUNK_BYTES = 1_048_576;

/** Most links of one node of a file. */
export const FILE_LINKS = 1_024;

/** A subtree of a file: its entry, and how many bytes of the file it holds. */
interface Part extends Entry {
  readonly content: number;
}

/** Contents of a file: whole, or in pieces of any length, so that a long one need not be in memory. */
export type FileContent =
  Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Cuts a file into raw leaves of 1 MiB under a balanced tree of at most 1,024 links a node; a file of one leaf is that leaf.
 * Blocks leave in file order, each node after what it links. Memory: one chunk and a link for each leaf.
 */
export async function buildFile(
  target: BuildTarget,
  content: FileContent,
): Promise<Entry> {
  if (content instanceof Uint8Array && content.length <= CHUNK_BYTES)
    return putLeaf(target, content);
  let level: Part[] = [];
  for await (const chunk of chunks(content)) {
    level.push({ ...(await putLeaf(target, chunk)), content: chunk.length });
  }
  while (level.length > 1) {
    const next: Part[] = [];
    for (let i = 0; i < level.length; i += FILE_LINKS)
      next.push(await parent(target, level.slice(i, i + FILE_LINKS)));
    level = next;
  }
  const { cid, size } = level[0] as Part;
  return { cid, size };
}

async function putLeaf(
  { sink, hash }: BuildTarget,
  bytes: Uint8Array,
): Promise<Entry> {
  const cid = rawCid(bytes, hash);
  await sink.put({ cid, bytes });
  return { cid, size: bytes.length };
}

/** The CID that a file has, without keeping its blocks. */
export async function fileCid(content: FileContent): Promise<string> {
  return (await fileLink(content)).cid;
}

/** A finished file or directory as text: what is kept of it, and linked without its bytes. */
export interface Link {
  readonly cid: string;
  /** As in {@link Entry}. */
  readonly size: number;
}

/** The same with its size, as a directory links it. */
export async function fileLink(
  content: FileContent,
  hash: Hasher = sha256,
): Promise<Link> {
  const sink = { put: () => undefined };
  const { cid, size } = await buildFile({ sink, hash }, content);
  return { cid: cid.toString(), size };
}

async function parent(
  target: BuildTarget,
  parts: readonly Part[],
): Promise<Part> {
  const data = new UnixFS({
    type: "file",
    blockSizes: parts.map(({ content }) => BigInt(content)),
  });
  const entry = await putNode(
    target,
    data,
    parts.map(({ cid, size }) => ({ cid, size, name: "" })),
  );
  return {
    ...entry,
    content: parts.reduce((total, part) => total + part.content, 0),
  };
}

/** Full chunks and one shorter last one; an empty file is one empty chunk. */
async function* chunks(content: FileContent): AsyncGenerator<Uint8Array> {
  const pieces = content instanceof Uint8Array ? [content] : content;
  let chunk = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  let yielded = false;
  for await (const piece of pieces) {
    for (let offset = 0; offset < piece.length;) {
      const part = piece.subarray(offset, offset + CHUNK_BYTES - filled);
      chunk.set(part, filled);
      filled += part.length;
      offset += part.length;
      if (filled === CHUNK_BYTES) {
        yield chunk;
        yielded = true;
        chunk = new Uint8Array(CHUNK_BYTES);
        filled = 0;
      }
    }
  }
  if (filled > 0 || !yielded) yield chunk.slice(0, filled);
}
