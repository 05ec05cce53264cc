import { expect } from "chai";
import { AbiCoder } from "ethers";

import { createRpc } from "../../../offchain/adapters/rpc.ts";
import { createTargets } from "../../../offchain/adapters/targets-rpc.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";

const TARGET: Hex = `0x${"11".repeat(20)}`;
const OTHER: Hex = `0x${"22".repeat(20)}`;
const IMPLEMENTATION =
  "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";
const BEACON =
  "0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50";
const coder = AbiCoder.defaultAbiCoder();

/** A node that has this code at every address, these slots, and this answer to `name()`. */
function look(
  code: string,
  {
    slots = {},
    answer = "0x",
  }: { readonly slots?: Record<string, string>; readonly answer?: string } = {},
) {
  const send = async (method: string, params: unknown[]): Promise<unknown> => {
    if (method === "eth_getCode") return code;
    if (method === "eth_call") return answer;
    return slots[String(params[1])] ?? `0x${"00".repeat(32)}`;
  };
  return createTargets(createRpc({ send }, 1)).look(TARGET);
}
const word = (address: Hex): string =>
  `0x${"00".repeat(12)}${address.slice(2)}`;

describe("adapters/targets-rpc", () => {
  it("tells accounts, delegated accounts, clones, proxies and contracts apart", async () => {
    expect(await look("0x")).to.deep.equal({ kind: "none" });
    expect(await look(`0xef0100${OTHER.slice(2)}`)).to.deep.equal({
      kind: "delegated",
      implementation: OTHER,
    });
    const clone = `0x363d3d373d3d3d363d73${OTHER.slice(2)}5af43d82803e903d91602b57fd5bf3`;
    expect(await look(clone)).to.deep.equal({
      kind: "clone",
      implementation: OTHER,
    });
    for (const slot of [IMPLEMENTATION, BEACON])
      expect(
        await look("0x60", { slots: { [slot]: word(OTHER) } }),
      ).to.deep.equal({ kind: "proxy", implementation: OTHER });
    expect(await look("0x60")).to.deep.equal({ kind: "contract" });
  });

  it("takes a name as it comes, and none from what is no name", async () => {
    const named = coder.encode(["string"], ["Loop"]);
    expect(await look("0x60", { answer: named })).to.include({ name: "Loop" });
    const broken = coder.encode(["bytes"], ["0xff4c"]);
    expect(await look("0x60", { answer: broken })).to.include({
      name: "\ufffdL",
    });
    for (const answer of ["0x01", `0x${"ff".repeat(64)}`, named.slice(0, 100)])
      expect(await look("0x60", { answer })).to.deep.equal({
        kind: "contract",
      });
  });
});
