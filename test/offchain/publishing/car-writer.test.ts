import { CarReader } from "@ipld/car/reader";
import { expect } from "chai";

import { equal } from "../../../offchain/kernel/bytes.ts";
import { rawCid } from "../../../offchain/publishing/cid.ts";
import { createCarWriter } from "../../../offchain/publishing/car-writer.ts";
import { carOf } from "../../kit/car-bytes.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

describe("publishing/car-writer", () => {
  it("writes what @ipld/car reads, in the order of the puts", async () => {
    const { bytes, root, blocks } = await carOf({
      a: patterned(100, 1),
      b: { c: patterned(1_500_000, 2), d: new Uint8Array() },
    });
    const reader = await CarReader.fromBytes(bytes);
    expect((await reader.getRoots()).map(String)).to.deep.equal([
      root.toString(),
    ]);
    let next = 0;
    for await (const block of reader.blocks()) {
      const put = blocks[next++];
      expect(block.cid.toString()).to.equal(put?.cid.toString());
      expect(equal(block.bytes, put?.bytes ?? new Uint8Array())).to.equal(true);
    }
    expect(next).to.equal(blocks.length);
  });

  it("writes a block once, however often it is put", async () => {
    const once = await carOf({ a: patterned(500, 1) });
    const twice = await carOf({ a: patterned(500, 1), b: patterned(500, 1) });
    expect(twice.bytes.length - once.bytes.length).to.be.lessThan(100);
  });

  it("waits for a slow output before it goes on", async () => {
    const events: string[] = [];
    const writer = await createCarWriter({
      append: async () => {
        events.push("begin");
        await Promise.resolve();
        events.push("end");
      },
      patch: () => Promise.resolve(),
    });
    const bytes = patterned(10, 1);
    await writer.put({ cid: rawCid(bytes), bytes });
    expect(events.join(" ")).to.equal("begin end begin end begin end");
  });

  it("makes the same bytes again from the same blocks", async () => {
    const tree = { a: patterned(70_000, 1), b: { c: patterned(9, 2) } };
    expect(
      equal((await carOf(tree)).bytes, (await carOf(tree)).bytes),
    ).to.equal(true);
  });
});
