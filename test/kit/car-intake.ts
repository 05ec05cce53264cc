import { createHash } from "node:crypto";

import { CarBlockIterator } from "@ipld/car/iterator";

import { equal } from "../../offchain/kernel/bytes.ts";

/** What a service found in an archive that was sent to it. */
export interface TakenIn {
  readonly root: string;
  readonly blocks: number;
  readonly bytes: number;
}

/**
 * Reads an archive as a service does: parsed by @ipld/car, every block hashed against its CID, the root among them. None of the
 * project's own readers takes part.
 * @param keep is given each block.
 * @throws an Error that says what is wrong.
 */
export async function takeIn(
  pieces: AsyncIterable<Uint8Array>,
  keep: (cid: string, bytes: Uint8Array) => void = () => {},
): Promise<TakenIn> {
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      bytes += piece.length;
      yield piece;
    }
  }
  const car = await CarBlockIterator.fromIterable(counted());
  const roots = await car.getRoots();
  const root = roots[0]?.toString() ?? "";
  if (roots.length !== 1) throw new Error("not one root");
  let blocks = 0;
  let rooted = false;
  for await (const block of car) {
    const cid = block.cid.toString();
    const digest = createHash("sha256").update(block.bytes).digest();
    if (!equal(digest, block.cid.multihash.digest))
      throw new Error(`block ${cid} is not what it says`);
    rooted ||= cid === root;
    blocks++;
    keep(cid, block.bytes);
  }
  if (!rooted) throw new Error("the root is not among the blocks");
  return { root, blocks, bytes };
}
