import { z } from "zod";

import { quantity, type Rpc } from "./rpc.ts";

/** Blocks of a development chain come on demand, and so does their time: an observation is never from its future. */
export async function reachTime(rpc: Rpc, time: number): Promise<void> {
  const { timestamp } = await rpc.ask(
    "eth_getBlockByNumber",
    ["latest", false],
    z.object({ timestamp: quantity }),
  );
  if (timestamp >= time) return;
  await rpc.ask("evm_setNextBlockTimestamp", [time], z.unknown());
  await rpc.ask("hardhat_mine", ["0x1"], z.unknown());
}
