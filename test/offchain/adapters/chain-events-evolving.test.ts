import { expect } from "chai";

import {
  reigned,
  reignsOf,
} from "../../../offchain/adapters/chain-events-evolving.ts";

const A = `0x${"0a".repeat(20)}` as const;
const B = `0x${"0b".repeat(20)}` as const;
const NOBODY = `0x${"00".repeat(20)}` as const;

const named = (oracle: `0x${string}`, blockNumber: number, logIndex = 0) => ({
  topics: [
    "0x",
    "0x",
    `0x${"00".repeat(12)}${oracle.slice(2)}`,
  ] as `0x${string}`[],
  data: "0x" as const,
  blockNumber,
  logIndex,
  transactionHash: "0x" as const,
});

describe("the reigns of oracles", () => {
  it("end where the next one begins, whoever comes after whom", () => {
    const reigns = reignsOf([named(A, 5), named(B, 9), named(A, 9, 3)]);
    expect(
      reigns.map(({ oracle, from, to }) => [oracle, from.block, to?.block]),
    ).to.deep.equal([
      [A, 5, 9],
      [B, 9, 9],
      [A, 9, undefined],
    ]);
  });

  it("leave out the time in which there was none", () => {
    expect(
      reignsOf([named(A, 5), named(NOBODY, 9), named(B, 12)]).map(
        ({ oracle, to }) => [oracle, to?.block],
      ),
    ).to.deep.equal([
      [A, 9],
      [B, undefined],
    ]);
  });

  it("hold what happened in their own blocks by its place there", () => {
    const [first, second] = reignsOf([named(A, 5, 2), named(B, 9, 2)]);
    const at = (block: number, logIndex: number) =>
      [first, second].map(
        (reign) => reign !== undefined && reigned(reign, { block, logIndex }),
      );
    expect(at(5, 1)).to.deep.equal([false, false]);
    expect(at(5, 3)).to.deep.equal([true, false]);
    expect(at(9, 1)).to.deep.equal([true, false]);
    expect(at(9, 3)).to.deep.equal([false, true]);
  });
});
