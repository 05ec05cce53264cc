import { expect } from "chai";

import { carOfBlocks } from "../../../offchain/adapters/pins-blocks.ts";
import { concat, equal } from "../../../offchain/kernel/bytes.ts";
import { FatalError } from "../../../offchain/kernel/errors.ts";
import { MAX_BLOCK_BYTES } from "../../../offchain/publishing/car-format.ts";
import { carOf } from "../../kit/car-bytes.ts";
import { gather } from "../../kit/gather.ts";
import { expectCode } from "../../kit/rejection.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

describe("adapters/pins-blocks", () => {
  it("makes the archive that the blocks came from, fetching a few ahead", async () => {
    const tree = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`${i}`, patterned(50 + i, i)]),
    );
    const { bytes, root, blocks } = await carOf(tree);
    const held = new Map(
      blocks.map(({ cid, bytes: content }) => [cid.toString(), content]),
    );
    let [running, most] = [0, 0];
    async function* get(cid: string): AsyncGenerator<Uint8Array> {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      const content = held.get(cid) as Uint8Array;
      yield content.subarray(0, 20);
      yield content.subarray(20);
      running -= 1;
    }
    const made = await gather(carOfBlocks(root.toString(), held.keys(), get));
    expect(equal(concat(...made), bytes)).to.equal(true);
    expect(most).to.be.within(2, 8);
  });

  it("takes no block that is longer than blocks are, and hands failures on", async () => {
    const { root } = await carOf({ a: patterned(10, 1) });
    const cid = root.toString();
    async function* long(): AsyncGenerator<Uint8Array> {
      for (;;) yield new Uint8Array(MAX_BLOCK_BYTES / 2);
    }
    await expectCode(
      gather(carOfBlocks(cid, [cid], long)),
      "publishing/cid-mismatch",
    );
    async function* gone(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1);
      throw new FatalError("test/gone", "It is gone, says the test.");
    }
    await expectCode(
      gather(carOfBlocks(cid, [cid, cid, cid], gone)),
      "test/gone",
    );
  });
});
