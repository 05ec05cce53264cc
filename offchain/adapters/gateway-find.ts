import type { CID } from "multiformats/cid";

import type { StoreBlocks } from "../loop/ports-store.ts";
import type { Block } from "../publishing/cid.ts";
import { createDag } from "../publishing/dag.ts";
import { nativeSha256 } from "./blocks-hash.ts";
import type { Wanted } from "./gateway-request.ts";

/** What was asked for, found: the blocks that lead there, and the first block of the thing itself. */
export interface Found extends Block {
  /** CIDs of the root and of each name's content, the last one being `cid`. */
  readonly roots: readonly CID[];
  /** Blocks that the path leads through, in its order. */
  readonly trail: readonly Block[];
}

/** Goes along a path; every block on it is kept, for whoever wants to check the way. */
export async function find(
  store: StoreBlocks,
  { root, path }: Pick<Wanted, "root" | "path">,
): Promise<Found> {
  const trail: Block[] = [];
  const dag = createDag(async (cid) => {
    const bytes = await store.get(cid);
    trail.push({ cid, bytes });
    return bytes;
  }, nativeSha256);
  // A root that is not here is told as such, not as a path that leads nowhere.
  await store.get(root);
  const roots = [root];
  for (const name of path)
    roots.push(await dag.resolve(roots.at(-1) ?? root, name));
  const cid = roots.at(-1) ?? root;
  return { cid, bytes: await store.get(cid), roots, trail };
}
