import type { CID } from "multiformats/cid";

import type { DagNode } from "./dag-node.ts";

/** Two sharded directories of the largest batch, some 8 MB. */
const MAX_CACHED_LINKS = 16_384;

/**
 * Keeps the nodes used last, so that looking up each work of a batch reads each directory once, not once a work.
 * Bounded by links, which is what their memory goes with.
 */
export function cacheNodes(
  loadNode: (cid: CID) => Promise<DagNode>,
): (cid: CID) => Promise<DagNode> {
  const kept = new Map<string, DagNode>();
  let links = 0;
  return async (cid) => {
    const name = cid.toString();
    const node = kept.get(name) ?? (await loadNode(cid));
    // A map lists its keys by age: to use one again is to insert it anew.
    if (!kept.delete(name)) links += node.links.length;
    kept.set(name, node);
    for (const [oldest, { links: freed }] of kept) {
      if (links <= MAX_CACHED_LINKS || oldest === name) break;
      kept.delete(oldest);
      links -= freed.length;
    }
    return node;
  };
}
