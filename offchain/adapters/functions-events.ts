import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { DevContract, DevReceipt } from "./functions-transact.ts";
import { hexData, type Rpc } from "./rpc.ts";

/** How the router ended a request. */
export interface Outcome {
  /** 0 is fulfilled, 1 the callback reverted, 2 and above nothing was called. */
  readonly resultCode: number;
  /** LINK that the subscription was billed, in 10^-18. */
  readonly juels: bigint;
}

const outcome = z.object({
  resultCode: z.bigint().transform(Number),
  totalCostJuels: z.bigint().optional(),
});

/** What the coordinator was asked, from its own event. @throws FatalError `functions/no-request`. */
export async function requestOf(
  rpc: Rpc,
  { address, abi }: DevContract,
  requestId: Hex,
): Promise<{ readonly data: Hex; readonly commitment: unknown }> {
  const topics = abi.encodeFilterTopics("OracleRequest", [requestId]);
  const [log] = await rpc.ask(
    "eth_getLogs",
    [{ address, topics, fromBlock: "0x0", toBlock: "latest" }],
    z.array(z.object({ data: hexData, topics: z.array(hexData) })),
  );
  const parsed = log === undefined ? null : abi.parseLog(log);
  if (parsed !== null)
    return {
      data: hexData.parse(parsed.args["data"]),
      commitment: parsed.args["commitment"],
    };
  throw new FatalError(
    "functions/no-request",
    `No request \`${requestId}\` was sent through coordinator \`${address}\`; send one first.`,
  );
}

/** What the router made of a transmission. @throws FatalError `functions/not-processed`. */
export function outcomeOf(
  { address, abi }: DevContract,
  receipt: DevReceipt,
): Outcome {
  for (const log of receipt.logs) {
    if (log.address !== address) continue;
    const parsed = abi.parseLog(log);
    if (
      parsed?.name !== "RequestProcessed" &&
      parsed?.name !== "RequestNotProcessed"
    )
      continue;
    const { resultCode, totalCostJuels = 0n } = outcome.parse(
      parsed.args.toObject(),
    );
    return { resultCode, juels: totalCostJuels };
  }
  throw new FatalError(
    "functions/not-processed",
    `Transaction \`${receipt.transactionHash}\` answered no request; it may have been answered before.`,
  );
}
