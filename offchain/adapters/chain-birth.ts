import type { Hex } from "../kernel/bytes.ts";
import { hexData, quantity, refusalOf, type Rpc } from "./rpc.ts";

/**
 * The block of a contract's deployment, by halving: about 25 questions on an old chain. 0, from which every event is found, where the
 * node has forgotten the states that it is asked about.
 */
export async function birthBlock(rpc: Rpc, address: Hex): Promise<number> {
  let [low, high] = [0, await rpc.ask("eth_blockNumber", [], quantity)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const at = `0x${middle.toString(16)}`;
    try {
      const code = await rpc.ask("eth_getCode", [address, at], hexData);
      if (code === "0x") low = middle + 1;
      else high = middle;
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      return 0;
    }
  }
  return low;
}
