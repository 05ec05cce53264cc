import type { Result } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import {
  BATCH_STATUSES,
  type BatchTiming,
  type Chain,
  type OpenedEvent,
} from "../loop/chain.ts";
import { COLLECTION } from "./chain-abi.ts";
import { createBlocks, type BlockContext } from "./chain-blocks.ts";
import type { Call } from "./chain-call.ts";
import { RefusedError } from "./chain-errors.ts";
import { readLogs, safe, toOpened, toSealed, topicOf } from "./chain-events.ts";
import { canReceive } from "./chain-receiver.ts";

/** What reading needs. */
interface ReadContext extends BlockContext {
  readonly collection: Hex;
  readonly fromBlock: number;
  readonly call: Call;
}

type Reads = Pick<
  Chain,
  | "batchOf"
  | "timing"
  | "batches"
  | "tokenURI"
  | "contractURI"
  | "blockByNumber"
  | "height"
  | "reachBlock"
  | "reachSettled"
  | "openedEvent"
  | "sealedEvents"
  | "canReceive"
>;

/** The reading half of a chain. */
export function createReads({
  rpc,
  collection,
  fromBlock,
  pause,
  chance,
  instance,
  frontier,
  call,
}: ReadContext): Reads {
  const blocks = createBlocks({ rpc, pause, chance, instance, frontier });
  const { height } = blocks;
  const logs = async (
    topics: readonly (string | null)[],
    to: number,
  ): ReturnType<typeof readLogs> =>
    readLogs(rpc, { address: collection, topics, from: fromBlock, to });
  let rules: BatchTiming | undefined;
  const timing = async (): Promise<BatchTiming> => {
    rules ??= {
      seedDelay: safe((await call(COLLECTION, "SEED_DELAY"))[0]),
      sealWindow: safe((await call(COLLECTION, "SEAL_WINDOW"))[0]),
    };
    return rules;
  };

  const openedEvent = async (batch: number): Promise<OpenedEvent> => {
    const topics = [
      topicOf("Opened"),
      `0x${batch.toString(16).padStart(64, "0")}`,
    ];
    const [log] = await logs(topics, await height());
    if (log !== undefined) return toOpened(log);
    throw new FatalError(
      "chain/no-batch",
      `Batch \`${batch}\` was never opened in this collection; give the number of one that was.`,
    );
  };

  return {
    ...blocks,
    timing,
    async batchOf(batch) {
      const [info] = (await call(COLLECTION, "batchOf", [
        batch,
      ])) as unknown as [Result];
      const status = BATCH_STATUSES[safe(info["status"])] ?? "none";
      // Once sealed, the collection has given the block's bits to the ordinal.
      const openBlock =
        status === "sealed"
          ? (await openedEvent(batch)).block
          : safe(info["openBlock"]);
      const { seedDelay, sealWindow } = await timing();
      const seedBlock = status === "none" ? 0 : openBlock + seedDelay;
      return {
        status,
        to: info["to"] as Hex,
        count: safe(info["count"]),
        recipe: safe(info["recipe"]),
        openBlock,
        seedBlock,
        deadline: status === "none" ? 0 : seedBlock + sealWindow,
        ordinal: safe(info["sealOrdinal"]),
        root: info["root"] as Hex,
        generation: safe(info["generation"]),
        parents: safe(info["parents"]),
      };
    },
    async batches() {
      const [counts] = (await call(COLLECTION, "totals")) as unknown as [
        Result,
      ];
      return safe(counts["batches"]);
    },
    tokenURI: async (token) =>
      String((await ofToken(call, "tokenURI", token))[0]),
    contractURI: async () => String((await call(COLLECTION, "contractURI"))[0]),
    openedEvent,
    async sealedEvents(before) {
      const found = await logs(
        [topicOf("Sealed")],
        before?.block ?? (await height()),
      );
      return found
        .map(toSealed)
        .filter(
          (event) =>
            before === undefined ||
            event.block < before.block ||
            event.logIndex < before.logIndex,
        );
    },
    canReceive: (to) => canReceive(rpc, collection, to),
  };
}

/**
 * A view of one token.
 * @throws FatalError `chain/no-token` if it was never minted or is burned.
 */
export async function ofToken(
  call: Call,
  name: string,
  token: bigint,
  more: readonly unknown[] = [],
): Promise<Result> {
  try {
    return await call(COLLECTION, name, [token, ...more]);
  } catch (cause) {
    if (
      !(cause instanceof RefusedError) ||
      cause.reason !== "ERC721NonexistentToken"
    )
      throw cause;
    throw new FatalError(
      "chain/no-token",
      `Token \`${token}\` does not exist in this collection; give the id of a token that was minted and not burned.`,
      { cause },
    );
  }
}
