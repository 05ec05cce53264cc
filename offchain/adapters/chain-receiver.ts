import type { Hex } from "../kernel/bytes.ts";
import { RECEIVER } from "./chain-abi.ts";
import { hexData, refusalOf, type Rpc } from "./rpc.ts";

/** A token id that no batch has: batch 0 does not exist. */
const NO_TOKEN = 0n;

/** The collection does not call recipients back, so they are asked here, as the collection would ask them. */
export async function canReceive(
  rpc: Rpc,
  collection: Hex,
  to: Hex,
): Promise<boolean> {
  const code = await rpc.ask("eth_getCode", [to, "latest"], hexData);
  if (code === "0x") return true;
  const data = RECEIVER.encodeFunctionData("onERC721Received", [
    collection,
    `0x${"00".repeat(20)}`,
    NO_TOKEN,
    "0x",
  ]);
  try {
    const answer = await rpc.ask(
      "eth_call",
      [{ from: collection, to, data }, "latest"],
      hexData,
    );
    const accepted = RECEIVER.getFunction("onERC721Received")?.selector ?? "";
    return answer.startsWith(accepted) && answer.length === 66;
  } catch (error) {
    if (refusalOf(error) !== undefined) return false;
    throw error;
  }
}
