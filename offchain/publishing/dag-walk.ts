import type { CID } from "multiformats/cid";

import { isLeaf } from "./cid.ts";
import { badNode, decodeNode, type DagNode } from "./dag-node.ts";
import type { Block } from "./cid.ts";

/** How much of what lies below a block: all, what one file or one directory's listing takes, or the block alone. */
export type DagScope = "all" | "entity" | "block";

/** Bytes of a file: from the first to the one before `to`. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Which blocks of a tree are wanted, see {@link walkDag}. */
export interface WalkOptions {
  readonly scope: DagScope;
  /** Of a file, only what these bytes take. */
  readonly range?: ByteRange | undefined;
  /** Give a block every time it occurs; left out, once. */
  readonly repeats?: boolean;
}

/** A block, and where the bytes of the file below it begin. */
export interface WalkedBlock extends Block {
  readonly start: number;
}

interface Visit {
  readonly cid: CID;
  readonly start: number;
  /** Bytes that its parent says it holds. */
  readonly length?: number | undefined;
}

/**
 * The blocks of a tree, depth first in the order of the links, each node before what it links: the order in which a light client can
 * check them one by one.
 * @param load gives blocks that were checked against their CIDs.
 * @throws FatalError `publishing/bad-node`, and whatever `load` throws.
 */
export async function* walkDag(
  load: (cid: CID) => Promise<Uint8Array>,
  root: CID,
  { scope, range, repeats = false }: WalkOptions,
): AsyncGenerator<WalkedBlock> {
  const seen = new Set<string>();
  const waiting: Visit[] = [{ cid: root, start: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { cid, start, length } = next;
    const name = cid.toString();
    const again = !repeats && seen.has(name);
    // Below a file's node that was walked for other bytes of the range there may be leaves that were not.
    if (again && (range === undefined || isLeaf(cid))) continue;
    seen.add(name);
    const bytes = await load(cid);
    if (length !== undefined && fileLength(cid, bytes) !== length)
      throw badNode(cid, "has another length than its parent says");
    if (!again) yield { cid, bytes, start };
    if (isLeaf(cid) || scope === "block") continue;
    const links = follow(decodeNode(cid, bytes), start, { scope, range });
    for (const link of links.reverse()) waiting.push(link);
  }
}

/** Bytes of the file that begins with this block; undefined if it is a directory. */
export function fileLength(cid: CID, bytes: Uint8Array): number | undefined {
  if (isLeaf(cid)) return bytes.length;
  const node = decodeNode(cid, bytes);
  return node.kind === "file"
    ? node.lengths.reduce((sum, length) => sum + length, 0)
    : undefined;
}

function follow(
  node: DagNode,
  start: number,
  { scope, range }: Pick<WalkOptions, "scope" | "range">,
): Visit[] {
  if (node.kind !== "file")
    return (
      node.links
        // A shard's link whose name is its slot alone leads to a deeper shard; the others are entries.
        .filter(
          ({ name }) =>
            scope === "all" || (node.kind === "shard" && name.length === 2),
        )
        .map(({ cid }) => ({ cid, start: 0 }))
    );
  const { from, to } = range ?? { from: 0, to: Infinity };
  const visits: Visit[] = [];
  let offset = start;
  for (const [i, { cid }] of node.links.entries()) {
    const length = node.lengths[i] ?? 0;
    if (offset < to && offset + length > from)
      visits.push({ cid, start: offset, length });
    offset += length;
  }
  return visits;
}

/** The bytes of a file, or of a range of it, in pieces of at most 2 MiB. Errors as of {@link walkDag}. */
export async function* readBytes(
  load: (cid: CID) => Promise<Uint8Array>,
  file: CID,
  { from, to }: ByteRange,
): AsyncGenerator<Uint8Array> {
  const options = {
    scope: "entity",
    range: { from, to },
    repeats: true,
  } as const;
  for await (const { cid, bytes, start } of walkDag(load, file, options)) {
    if (!isLeaf(cid)) continue;
    const piece = bytes.subarray(Math.max(0, from - start), to - start);
    if (piece.length > 0) yield piece;
  }
}
