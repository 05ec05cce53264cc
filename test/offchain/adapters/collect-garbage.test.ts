import { expect } from "chai";

import { collectGarbage } from "../../../offchain/adapters/collect-garbage.ts";

/** Heap in use while 300,000 objects are held that nobody holds afterwards. */
function heapWithLitter(): number {
  const litter = Array.from({ length: 300_000 }, (_, i) => ({ i }));
  const { heapUsed } = process.memoryUsage();
  return litter.length > 0 ? heapUsed : 0;
}

describe("adapters/collect-garbage", () => {
  it("takes what nothing holds any more", () => {
    const before = heapWithLitter();
    collectGarbage();
    const { heapUsed } = process.memoryUsage();
    expect(heapUsed).to.be.below(before - 5_000_000);
  });
});
