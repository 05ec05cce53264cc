import { expect } from "chai";

import { readChainIdentity } from "../../../offchain/adapters/chain-instance.ts";
import { createRpc } from "../../../offchain/adapters/rpc.ts";

const GENESIS = `0x${"0e".repeat(32)}`;

describe("which chain it is", () => {
  /** The answers of a node; a real one of each kind is in the tests of the chain and in the rehearsal. */
  const identify = (client: string, chainId: number, instanceId?: string) =>
    readChainIdentity(
      createRpc({
        async send(method) {
          if (method === "eth_chainId") return `0x${chainId.toString(16)}`;
          if (method === "eth_getBlockByNumber") return { hash: GENESIS };
          if (method === "web3_clientVersion") return client;
          if (method === "hardhat_metadata" && instanceId !== undefined)
            return { instanceId };
          throw Object.assign(new Error("no such method"), { code: -32_601 });
        },
      }),
    );

  for (const [client, chainId, development] of [
    ["HardhatNetwork/3.17.0/@nomicfoundation/edr/0.12", 31_337, true],
    ["anvil/v1.7.1", 31_337, true],
    ["anvil/v1.7.1", 11_155_111, false],
    ["HardhatNetwork/3.17.0/@nomicfoundation/edr/0.12", 1, false],
    ["Geth/v1.17.0", 31_337, false],
    ["Geth/v1.17.0", 11_155_111, false],
  ] as const) {
    it(`takes ${client.split("/")[0]} with id ${chainId} for ${development ? "a development" : "a public"} chain`, async () => {
      const identity = await identify(client, chainId, "0x01");
      expect(identity).to.include({ development, chainId, genesis: GENESIS });
    });
  }

  it("takes two starts of one local node for two, whatever their id", async () => {
    for (const chainId of [31_337, 11_155_111]) {
      const [a, b] = await Promise.all([
        identify("anvil/v1.7.1", chainId, "0x01"),
        identify("anvil/v1.7.1", chainId, "0x02"),
      ]);
      expect(a.chain).to.not.equal(b.chain);
    }
    const [a, b] = await Promise.all([
      identify("Geth/v1.17.0", 1, "0x01"),
      identify("Geth/v1.17.0", 1, "0x02"),
    ]);
    expect(a.chain).to.equal(b.chain);
  });
});
