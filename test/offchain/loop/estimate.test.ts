import { expect } from "chai";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  batchCounts,
  estimateGas,
  needsOf,
} from "../../../offchain/loop/estimate.ts";
import type {
  Fees,
  RehearsalRequest,
  RehearsedTransaction,
} from "../../../offchain/loop/ports-fees.ts";

const TO: Hex = `0x${"11".repeat(20)}`;
const REQUEST: RehearsalRequest = {
  standing: {
    deployed: true,
    registered: true,
    begun: false,
    holds: false,
    today: false,
  },
  counts: [1],
  to: TO,
  recipe: `0x${"ab".repeat(32)}`,
  conditions: `0x${"00".repeat(32)}`,
};

describe("loop/estimate", () => {
  it("cuts a run into batches of 5,000", () => {
    expect(batchCounts(1)).to.deep.equal([1]);
    expect(batchCounts(5_000)).to.deep.equal([5_000]);
    expect(batchCounts(5_001)).to.deep.equal([5_000, 1]);
    expect(batchCounts(10_000)).to.deep.equal([5_000, 5_000]);
  });

  it("prices each transaction, with the room that the sender leaves", async () => {
    const played: readonly RehearsedTransaction[] = [
      { kind: "open", part: 0, to: TO, data: "0xab", gas: 100 },
      { kind: "seal", part: 0, to: TO, data: "0xabcd", gas: 1_000 },
    ];
    const fees: Fees = {
      prices: () => Promise.resolve({ baseFee: 10n, tip: 1n }),
      dataFee: ({ data }) => Promise.resolve(BigInt(data.length)),
      paid: () => Promise.resolve(undefined),
    };
    const found = await estimateGas(REQUEST, {
      rehearse: () => Promise.resolve(played),
      fees,
    });
    expect(found.gas).to.equal(1_100);
    expect(found.dataFee).to.equal(10n);
    expect(found.transactions).to.deep.equal([
      {
        kind: "open",
        part: 0,
        gas: 100,
        dataFee: 4n,
        cost: 100n * 11n + 4n,
        most: 120n * 21n + 4n,
      },
      {
        kind: "seal",
        part: 0,
        gas: 1_000,
        dataFee: 6n,
        cost: 1_000n * 11n + 6n,
        most: 1_200n * 21n + 6n,
      },
    ]);
    expect(found.cost).to.equal(1_104n + 11_006n);
    expect(found.needs).to.equal(1_104n + 25_206n);
  });

  it("needs the most that any transaction takes, on top of what was spent before it", () => {
    expect(needsOf([])).to.equal(0n);
    expect(needsOf([{ cost: 1n, most: 9n }])).to.equal(9n);
    const dearFirst = [
      { cost: 5n, most: 50n },
      { cost: 1n, most: 2n },
    ];
    expect(needsOf(dearFirst)).to.equal(50n);
    expect(needsOf(dearFirst.toReversed())).to.equal(51n);
  });
});
