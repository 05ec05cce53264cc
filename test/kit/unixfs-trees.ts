import { importer, type ImportCandidate } from "ipfs-unixfs-importer";
import type { CID } from "multiformats/cid";

import type { Block } from "../../offchain/publishing/cid.ts";
import { collectBlocks } from "../../offchain/publishing/block-sink.ts";
import { nativeSha256 } from "../../offchain/adapters/blocks-hash.ts";
import { buildDirectory } from "../../offchain/publishing/unixfs-directory.ts";
import { buildFile } from "../../offchain/publishing/unixfs-file.ts";
import type {
  BuildTarget,
  Entry,
  NamedEntry,
} from "../../offchain/publishing/unixfs-node.ts";

/** A directory as nested maps. */
export interface Tree {
  readonly [name: string]: Uint8Array | Tree;
}

/** Deterministic bytes of a given length. */
export function patterned(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = (seed * 2654435761 + 1) >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** The tree's root and blocks as our builder makes them. */
export async function buildTree(
  tree: Tree,
): Promise<{ root: Entry; blocks: readonly Block[] }> {
  const sink = collectBlocks();
  const root = await build({ sink, hash: nativeSha256 }, tree);
  return { root, blocks: sink.blocks };
}

async function build(
  target: BuildTarget,
  node: Uint8Array | Tree,
): Promise<Entry> {
  if (node instanceof Uint8Array) return buildFile(target, node);
  const entries: NamedEntry[] = [];
  for (const [name, child] of Object.entries(node))
    entries.push({ name, ...(await build(target, child)) });
  return buildDirectory(target, entries);
}

/** The tree's root and blocks as `ipfs-unixfs-importer` makes them in the `unixfs-v1-2025` profile. */
export async function importTree(
  tree: Tree,
): Promise<{ root: CID; size: bigint; blocks: Map<string, Uint8Array> }> {
  const blocks = new Map<string, Uint8Array>();
  const store = {
    put: async (cid: CID, bytes: Uint8Array) => {
      blocks.set(cid.toString(), bytes);
      return cid;
    },
  };
  let last;
  for await (const entry of importer(candidates(tree, ""), store as never, {
    profile: "unixfs-v1-2025",
    wrapWithDirectory: true,
  }))
    last = entry;
  if (last === undefined) throw new Error("nothing imported");
  return { root: last.cid, size: last.size, blocks };
}

function* candidates(tree: Tree, prefix: string): Generator<ImportCandidate> {
  for (const [name, child] of Object.entries(tree)) {
    if (child instanceof Uint8Array)
      yield { path: prefix + name, content: child };
    else if (Object.keys(child).length === 0) yield { path: prefix + name };
    else yield* candidates(child, `${prefix}${name}/`);
  }
}
