import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";

import { aheadInOrder, inOrder } from "../../../offchain/loop/in-order.ts";

const items = Array.from({ length: 20 }, (_, i) => i);

describe("loop/in-order", () => {
  it("runs every item, never more than the width at a time", async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inOrder(items, 3, async (item) => {
      most = Math.max(most, ++running);
      await sleep(item % 3);
      done.push(item);
      running--;
    });
    expect(most).to.equal(3);
    expect(done.sort((a, b) => a - b)).to.deep.equal(items);
  });

  it("throws the first failure, starts nothing after it, and leaves nothing running", async () => {
    const started: number[] = [];
    let running = 0;
    const failure = new Error("no");
    const outcome = await inOrder(items, 2, async (item) => {
      started.push(item);
      running++;
      await sleep(1);
      running--;
      if (item === 4) throw failure;
    }).catch((error: unknown) => error);
    expect(outcome).to.equal(failure);
    expect(running).to.equal(0);
    expect(started.length).to.be.below(8);
  });

  it("yields results in order while later ones run ahead", async () => {
    let ahead = 0;
    let most = 0;
    const results: number[] = [];
    const source = aheadInOrder(items, 4, async (item) => {
      most = Math.max(most, ++ahead);
      await sleep((20 - item) % 4);
      return item * 2;
    });
    for await (const result of source) {
      ahead--;
      results.push(result);
    }
    expect(results).to.deep.equal(items.map((item) => item * 2));
    expect(most).to.equal(4);
  });
});
