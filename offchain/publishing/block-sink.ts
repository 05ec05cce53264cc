import type { CID } from "multiformats/cid";

import type { Block } from "./cid.ts";

/**
 * Where blocks go as they are made. A promise means "wait": builders await it, so a slow sink holds them back and memory
 * stays flat. The bytes belong to the caller again once the call has settled.
 */
export interface BlockSink {
  put(block: Block): void | Promise<void>;
}

/** A sink that becomes an archive: nothing is visible under its final name before `finish`. */
export interface CarSink extends BlockSink {
  /** Writes the root into the header and makes the archive durable and visible. */
  finish(root: CID): Promise<void>;
  /** Throws the unfinished archive away; harmless after `finish`. */
  abort(): Promise<void>;
}

/** A sink that keeps every block, for small DAGs: a recipe, a test. */
export function collectBlocks(): BlockSink & { readonly blocks: Block[] } {
  const blocks: Block[] = [];
  return {
    blocks,
    put(block) {
      blocks.push(block);
    },
  };
}
