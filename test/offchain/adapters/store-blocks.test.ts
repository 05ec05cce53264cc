import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { openStoreBlocks } from "../../../offchain/adapters/store-blocks.ts";
import type { StoreBlocks } from "../../../offchain/loop/ports-store.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { createCarWriter } from "../../../offchain/publishing/car-writer.ts";
import { rawCid, type Block } from "../../../offchain/publishing/cid.ts";
import { memoryOutput } from "../../kit/car-bytes.ts";
import { expectCode } from "../../kit/rejection.ts";
import { buildTree, patterned } from "../../kit/unixfs-trees.ts";

describe("adapters/store-blocks", () => {
  let folder: string;
  let store: StoreBlocks;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-store-"));
    store = openStoreBlocks(join(folder, "cars"));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  async function write(
    root: Block["cid"],
    blocks: readonly Block[],
  ): Promise<string> {
    const output = memoryOutput();
    const writer = await createCarWriter(output);
    for (const block of blocks) await writer.put(block);
    await writer.finish(root);
    const path = join(folder, "cars", `${root.toString()}.car`);
    await mkdir(join(folder, "cars"), { recursive: true });
    await writeFile(path, output.bytes());
    return path;
  }

  it("is empty where there is no folder, and sees what comes later", async () => {
    const { root, blocks } = await buildTree({
      a: patterned(100, 1),
      b: patterned(50, 2),
    });
    expect(await store.list()).to.deep.equal([]);
    await expectCode(store.get(root.cid), "publishing/missing-block");
    await write(root.cid, blocks);
    for (const { cid, bytes } of blocks)
      expect(Buffer.from(await store.get(cid)).equals(bytes)).to.equal(true);
    const [only] = await store.list();
    expect(only?.root).to.equal(root.cid.toString());
    await expectCode(
      store.get(rawCid(utf8("other"))),
      "publishing/missing-block",
    );
  });

  it("finds the blocks of an archive that was mended, of the same length but in another order", async () => {
    const { root, blocks } = await buildTree({
      a: patterned(100, 1),
      b: patterned(50, 2),
    });
    await write(root.cid, blocks);
    for (const { cid } of blocks) await store.get(cid);
    const path = await write(root.cid, blocks.toReversed());
    await utimes(path, 1_000, 1_000);
    for (const { cid, bytes } of blocks)
      expect(Buffer.from(await store.get(cid)).equals(bytes)).to.equal(true);
  });

  it("gives no byte that is not what its CID says", async () => {
    const { root, blocks } = await buildTree({ a: patterned(100, 1) });
    const [first] = blocks;
    if (first === undefined) throw new Error("no blocks");
    const wrong = blocks.map(({ cid, bytes }) => ({
      cid,
      bytes: cid.equals(first.cid) ? bytes.toReversed() : bytes,
    }));
    await write(root.cid, wrong);
    await expectCode(store.get(first.cid), "publishing/cid-mismatch");
    await store.get(root.cid);
  });
});
