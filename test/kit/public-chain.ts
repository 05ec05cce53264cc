import type { RpcProvider } from "../../offchain/adapters/rpc.ts";

/**
 * A chain in this process that is taken for a public one: its client has another name. Blocks come by themselves, one before each
 * look at the height; `onLook` may do to the chain what networks do. Its own finality is answered here, since Hardhat has none: the
 * block `finality` below the newest, nothing while there is no such block.
 */
export function asPublic(
  provider: RpcProvider,
  {
    onLook = async () => {},
    finality = 2,
    blocks = true,
  }: {
    readonly onLook?: (height: number) => Promise<void>;
    readonly finality?: number;
    readonly blocks?: boolean;
  } = {},
): RpcProvider {
  const height = async (): Promise<number> =>
    Number(await provider.send("eth_blockNumber", []));
  return {
    async send(method, params) {
      if (method === "web3_clientVersion") return "Geth/v1.17.0";
      if (method === "eth_blockNumber") {
        if (blocks) await provider.send("hardhat_mine", ["0x1"]);
        await onLook(await height());
        return provider.send(method, params);
      }
      if (method === "eth_getBlockByNumber" && params[0] === "finalized") {
        const number = (await height()) - finality;
        if (number < 0) return null;
        return provider.send(method, [`0x${number.toString(16)}`, false]);
      }
      return provider.send(method, params);
    },
  };
}
