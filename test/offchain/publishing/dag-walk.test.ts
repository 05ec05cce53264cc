import { expect } from "chai";
import type { CID } from "multiformats/cid";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { collectBlocks } from "../../../offchain/publishing/block-sink.ts";
import { missingBlock } from "../../../offchain/publishing/car-reader.ts";
import { rawCid, type Block } from "../../../offchain/publishing/cid.ts";
import { createDag } from "../../../offchain/publishing/dag.ts";
import {
  fileLength,
  readBytes,
  walkDag,
  type WalkOptions,
} from "../../../offchain/publishing/dag-walk.ts";
import { putNode } from "../../../offchain/publishing/unixfs-node.ts";
import { UnixFS } from "ipfs-unixfs";
import { gather } from "../../kit/gather.ts";
import { expectCode } from "../../kit/rejection.ts";
import { buildTree, patterned, type Tree } from "../../kit/unixfs-trees.ts";

const MIB = 1_048_576;

/** A tree and how its blocks are loaded. */
async function treeOf(tree: Tree) {
  const { root, blocks } = await buildTree(tree);
  const byName = new Map(
    blocks.map(({ cid, bytes }) => [cid.toString(), bytes]),
  );
  const load = async (cid: CID): Promise<Uint8Array> => {
    const bytes = byName.get(cid.toString());
    if (bytes === undefined) throw missingBlock(cid.toString());
    return bytes;
  };
  const dag = createDag(load, nativeSha256);
  return { root: root.cid, load, dag, count: byName.size };
}

describe("publishing/dag-walk", () => {
  it("gives every block of a tree once, nodes before what they link", async () => {
    const big = patterned(2 * MIB + 5, 3);
    const { root, load, dag, count } = await treeOf({
      a: big,
      b: { c: utf8("c"), again: big },
    });
    const walked = await gather(walkDag(load, root, { scope: "all" }));
    const names = walked.map(({ cid }) => cid.toString());
    expect(new Set(names).size).to.equal(names.length);
    expect(names).to.have.length(count);
    const order = (cid: CID): number => names.indexOf(cid.toString());
    expect(order(root)).to.equal(0);
    expect(order(await dag.resolve(root, "a"))).to.equal(1);
    expect(order(await dag.resolve(root, "b"))).to.equal(5);
  });

  it("gives the bytes of any range, whatever repeats in the file", async () => {
    const piece = patterned(MIB, 1);
    const file = Buffer.concat([piece, piece, patterned(10, 2), piece]);
    const { root, load, dag } = await treeOf({ file });
    const cid = await dag.resolve(root, "file");
    expect(fileLength(cid, await load(cid))).to.equal(file.length);
    for (const [from, to] of [
      [0, file.length],
      [MIB - 1, MIB + 1],
      [2 * MIB + 3, 2 * MIB + 30],
      [5, 5],
    ] as const) {
      const bytes = Buffer.concat(
        await gather(readBytes(load, cid, { from, to })),
      );
      expect(bytes.equals(file.subarray(from, to)), `${from}-${to}`).to.equal(
        true,
      );
    }
    const count = async (options: WalkOptions): Promise<number> =>
      (await gather(walkDag(load, cid, options))).length;
    expect(await count({ scope: "entity" })).to.equal(4);
    expect(await count({ scope: "entity", repeats: true })).to.equal(5);
    expect(
      await count({
        scope: "entity",
        range: { from: 2 * MIB, to: 2 * MIB + 1 },
      }),
    ).to.equal(2);
    expect(await count({ scope: "block" })).to.equal(1);
  });

  it("refuses a file whose node tells another length than its leaf has", async () => {
    const sink = collectBlocks();
    const leaf: Block = { cid: rawCid(utf8("four")), bytes: utf8("four") };
    const data = new UnixFS({ type: "file", blockSizes: [5n] });
    const { cid } = await putNode({ sink, hash: nativeSha256 }, data, [
      { name: "", cid: leaf.cid, size: 4 },
    ]);
    const blocks = [...sink.blocks, leaf];
    const load = async (wanted: CID): Promise<Uint8Array> =>
      blocks.find((block) => block.cid.equals(wanted))?.bytes ??
      new Uint8Array();
    await expectCode(
      gather(readBytes(load, cid, { from: 0, to: 5 })),
      "publishing/bad-node",
    );
  });
});
