import { concat } from "../../offchain/kernel/bytes.ts";
import type { Block } from "../../offchain/publishing/cid.ts";
import type { ByteSource } from "../../offchain/publishing/car-reader.ts";
import {
  createCarWriter,
  type CarOutput,
} from "../../offchain/publishing/car-writer.ts";
import { buildTree, type Tree } from "./unixfs-trees.ts";

/** An archive in memory. */
export function memoryOutput(): CarOutput & { bytes(): Uint8Array } {
  const parts: Uint8Array[] = [];
  let patched: Uint8Array = new Uint8Array();
  return {
    append(bytes) {
      parts.push(bytes.slice());
    },
    async patch(offset, bytes) {
      patched = concat(...parts);
      patched.set(bytes, offset);
    },
    bytes: () => patched,
  };
}

/** Bytes as a source of an archive. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.slice(offset, offset + length),
  };
}

/** The archive of a tree, as our writer makes it from our blocks. */
export async function carOf(tree: Tree): Promise<{
  bytes: Uint8Array;
  root: Block["cid"];
  blocks: readonly Block[];
}> {
  const { root, blocks } = await buildTree(tree);
  const output = memoryOutput();
  const writer = await createCarWriter(output);
  for (const block of blocks) await writer.put(block);
  await writer.finish(root.cid);
  return { bytes: output.bytes(), root: root.cid, blocks };
}
