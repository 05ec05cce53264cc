import { expect } from "chai";
import { z } from "zod";

import {
  createRpc,
  quantity,
  refusalOf,
} from "../../../offchain/adapters/rpc.ts";
import { expectCode } from "../../kit/rejection.ts";

/** What Hardhat's provider throws when the node refuses. */
const refusal = (code: number, message: string, data?: unknown): Error =>
  Object.assign(new Error(message), { code, data });

/** A provider that plays back outcomes: errors are thrown. */
function playback(...outcomes: unknown[]) {
  const asked: string[] = [];
  return {
    asked,
    provider: {
      async send(method: string): Promise<unknown> {
        asked.push(method);
        const outcome = outcomes.shift();
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
    },
  };
}

describe("JSON-RPC", () => {
  it("asks again after failures on the way, up to five times in all", async () => {
    const lost = new Error("socket hang up");
    const good = playback(lost, lost, lost, lost, "0x10");
    expect(
      await createRpc(good.provider, 1).ask("eth_blockNumber", [], quantity),
    ).to.equal(16);
    const bad = playback(lost, lost, lost, lost, lost, "0x10");
    await expectCode(
      createRpc(bad.provider, 1).ask("eth_blockNumber", [], quantity),
      "chain/unreachable",
    );
    expect(bad.asked.length).to.equal(5);
  });

  it("asks only once what the node refuses", async () => {
    const no = refusal(-32601, "Method not found");
    const { provider, asked } = playback(no, "0x10");
    let thrown: unknown;
    await createRpc(provider, 1)
      .ask("eth_strange", [], quantity)
      .catch((error: unknown) => (thrown = error));
    expect(thrown).to.equal(no);
    expect(asked.length).to.equal(1);
  });

  it("never repeats what is sent once", async () => {
    const { provider, asked } = playback(new Error("socket hang up"), "0x10");
    await createRpc(provider, 1)
      .sendOnce("eth_sendRawTransaction", ["0x"])
      .catch(() => {});
    expect(asked).to.deep.equal(["eth_sendRawTransaction"]);
  });

  it("refuses an answer of another shape, and a number that is not safe", async () => {
    for (const answer of [null, "16", "0x", "0x20000000000000", { a: 1 }]) {
      const { provider } = playback(answer);
      await expectCode(
        createRpc(provider, 1).ask("eth_blockNumber", [], quantity),
        "chain/bad-answer",
      );
    }
    const { provider } = playback("0x1fffffffffffff");
    expect(await createRpc(provider).ask("x", [], quantity)).to.equal(
      Number.MAX_SAFE_INTEGER,
    );
  });

  it("stops pausing when it is told to", async () => {
    const { provider } = playback(new Error("lost"), "0x10");
    const signal = AbortSignal.timeout(20);
    let thrown: unknown;
    await createRpc(provider, 60_000)
      .ask("eth_blockNumber", [], z.string(), signal)
      .catch((error: unknown) => (thrown = error));
    expect(thrown).to.have.property("name", "AbortError");
  });

  it("reads refusals of Hardhat and of ethers, however deep the revert data lies", () => {
    expect(refusalOf(refusal(3, "reverted", "0xdeadbeef"))).to.deep.equal({
      message: "reverted",
      data: "0xdeadbeef",
    });
    expect(
      refusalOf(refusal(-32603, "reverted", { data: "0x01" }))?.data,
    ).to.equal("0x01");
    expect(
      refusalOf(refusal(-32603, "reverted", { data: { data: "0x02" } }))?.data,
    ).to.equal("0x02");
    const ethers = {
      code: "UNKNOWN_ERROR",
      info: { error: { code: -32000, message: "nonce too low" } },
    };
    expect(refusalOf(ethers)).to.deep.equal({
      message: "nonce too low",
      data: undefined,
    });
    expect(
      refusalOf({
        code: "CALL_EXCEPTION",
        error: { code: 3, message: "no", data: "0x" },
      })?.data,
    ).to.equal("0x");
  });

  it("takes limits, garbage and lost lines for failures on the way", () => {
    for (const error of [
      refusal(-32005, "Limit exceeded"),
      refusal(-32700, "Invalid JSON"),
      refusal(-1, "Unknown error"),
      Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
      new Error("503"),
      undefined,
      null,
      "text",
    ])
      expect(refusalOf(error)).to.equal(undefined);
  });
});
