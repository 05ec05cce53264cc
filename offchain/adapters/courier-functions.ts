import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import { encodeRequest, type DonRequest } from "../don/request.ts";
import { toHex, type Hex } from "../kernel/bytes.ts";
import { RetryableError } from "../kernel/errors.ts";
import { unpackObservation } from "../kernel/observation.ts";
import type { Once } from "../loop/chain.ts";
import type { Courier } from "../loop/courier.ts";
import { FUNCTIONS } from "./chain-abi-functions.ts";
import { logOf, toMined } from "./chain-send.ts";
import type { CourierDesk } from "./courier-desk.ts";
import { receiptOf } from "./fate-ethers.ts";
import { notCalled, requireBrought } from "./functions-explain.ts";
import { hexData } from "./rpc.ts";

const topic = (event: string): string =>
  FUNCTIONS.getEvent(event)?.topicHash ?? "";

/** What the courier needs. */
export interface FunctionsCourierOptions {
  readonly desk: CourierDesk;
  /** The `FunctionsAdapter`. */
  readonly adapter: Hex;
  /** The request that it was made for. */
  readonly request: DonRequest;
  /** On a development chain: who answers (`functions-local.ts`). Elsewhere the network does. */
  readonly don?: {
    fulfil(requestId: Hex): Promise<{ readonly resultCode: number }>;
  };
  /** Longest wait for the answer, and pause between two looks, ms. */
  readonly patience?: number;
  readonly pause?: number;
}

/**
 * Sends the adapter's one request, exactly once under its key, and waits for what the network brings. Called again with the key it waits
 * for the same request's answer. The observation given only tells how late it is: the nodes look for themselves.
 * `bring` throws FatalError `courier/discarded` where the adapter dropped the answer, `courier/no-callback` where the router did not
 * call it, RetryableError `courier/unanswered`.
 */
export function functionsCourier({
  desk,
  adapter,
  request,
  don,
  patience = 600_000,
  pause = 1_000,
}: FunctionsCourierOptions): Courier {
  const target = { address: adapter, abi: FUNCTIONS };

  /** The transaction in which the adapter was called back; undefined while it was not. */
  const answerTo = async (
    requestId: Hex,
    since: number,
  ): Promise<Hex | undefined> => {
    const logs = await Promise.all(
      [
        [topic("Brought"), null, requestId],
        [topic("Discarded"), requestId],
      ].map((topics) =>
        desk.rpc.ask(
          "eth_getLogs",
          [
            {
              address: adapter,
              topics,
              fromBlock: `0x${since.toString(16)}`,
              toBlock: "latest",
            },
          ],
          z.array(z.object({ transactionHash: hexData })),
        ),
      ),
    );
    return logs.flat()[0]?.transactionHash;
  };

  const awaitAnswer = async (
    requestId: Hex,
    since: number,
    { signal }: Once,
  ): Promise<Hex> => {
    for (let waited = 0; waited <= patience; waited += pause) {
      signal?.throwIfAborted();
      const hash = await answerTo(requestId, since);
      if (hash !== undefined) return hash;
      await sleep(pause, undefined, signal && { signal });
    }
    throw new RetryableError(
      "courier/unanswered",
      `Request \`${requestId}\` was not answered in ${Math.round(patience / 1_000)} s; look at its subscription's LINK, then run the same command again: it waits for this request and sends no other.`,
    );
  };

  return {
    kind: "functions",
    async bring(observation, once) {
      const data = toHex(encodeRequest(request));
      const sent = await desk.send("anybody", target, "request", [data], once);
      const requestId = hexData.parse(
        logOf(sent, adapter, topic("Requested")).topics[1],
      );
      let hash = await answerTo(requestId, sent.blockNumber);
      if (hash === undefined && don !== undefined) {
        await desk.reachTime(unpackObservation(observation).time);
        const { resultCode } = await don.fulfil(requestId);
        if (resultCode !== 0) throw notCalled(requestId, resultCode);
      }
      hash ??= await awaitAnswer(requestId, sent.blockNumber, once);
      const receipt = await receiptOf(desk.rpc, hash, once.signal);
      if (receipt === null) throw new TypeError("a log without its receipt");
      requireBrought(receipt, adapter, requestId);
      return { ...toMined(receipt), round: await desk.roundIn(receipt) };
    },
  };
}
