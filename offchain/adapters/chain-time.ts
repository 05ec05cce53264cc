import { z } from "zod";

import { quantity, type Rpc } from "./rpc.ts";

/** Time of the newest block, unix seconds. */
export async function newestTime(rpc: Rpc): Promise<number> {
  const { timestamp } = await rpc.ask(
    "eth_getBlockByNumber",
    ["latest", false],
    z.object({ timestamp: quantity }),
  );
  return timestamp;
}

/** Blocks of a development chain come on demand, and so does their time: an observation is never from its future. */
export async function reachTime(rpc: Rpc, time: number): Promise<void> {
  if ((await newestTime(rpc)) >= time) return;
  await rpc.ask("evm_setNextBlockTimestamp", [time], z.unknown());
  await rpc.ask("hardhat_mine", ["0x1"], z.unknown());
}
