import { expect } from "chai";
import type { CID } from "multiformats/cid";

import { rawCid } from "../../../offchain/publishing/cid.ts";
import type { DagNode } from "../../../offchain/publishing/dag-node.ts";
import { cacheNodes } from "../../../offchain/publishing/dag-node-cache.ts";

const cid = (i: number): CID => rawCid(Uint8Array.of(i));

/** A cache over nodes of so many links, and which of them it loaded. */
function counted(linksOfEach: number) {
  const loaded: string[] = [];
  const links = Array.from({ length: linksOfEach }, (_, i) => ({
    name: `${i}`,
    cid: cid(0),
    size: 1,
  }));
  const node: DagNode = { kind: "directory", links, byName: new Map() };
  const get = cacheNodes((wanted) => {
    loaded.push(wanted.toString());
    return Promise.resolve(node);
  });
  return { get, loaded };
}

describe("publishing/dag-node-cache", () => {
  it("loads a node once while it is in use", async () => {
    const { get, loaded } = counted(4_000);
    for (const i of [1, 2, 3, 4, 1, 2, 3, 4]) await get(cid(i));
    expect(loaded).to.have.length(4);
  });

  it("forgets the node that was used longest ago, when links are too many", async () => {
    const { get, loaded } = counted(4_000);
    // Four nodes fit; using the first again makes the second the oldest.
    for (const i of [1, 2, 3, 4, 1, 5]) await get(cid(i));
    expect(loaded).to.have.length(5);
    for (const i of [1, 3, 4, 5]) await get(cid(i));
    expect(loaded).to.have.length(5);
    await get(cid(2));
    expect(loaded.at(-1)).to.equal(cid(2).toString());
    expect(loaded).to.have.length(6);
  });

  it("serves a node larger than itself, and counts nothing twice", async () => {
    const { get, loaded } = counted(20_000);
    await Promise.all([get(cid(1)), get(cid(1))]);
    await get(cid(1));
    expect(loaded).to.have.length(2);
    await get(cid(2));
    await get(cid(1));
    expect(loaded).to.have.length(4);
  });
});
