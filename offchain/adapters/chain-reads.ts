import { setTimeout as sleep } from "node:timers/promises";

import type { Interface, Result } from "ethers";
import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import {
  BATCH_STATUSES,
  type BatchTiming,
  type BlockHeader,
  type Chain,
  type ChainInstance,
  type OpenedEvent,
} from "../loop/chain.ts";
import { COLLECTION, RECEIVER, REGISTRY } from "./chain-abi.ts";
import { RefusedError, toRefusal } from "./chain-errors.ts";
import { readLogs, safe, toOpened, toSealed, topicOf } from "./chain-events.ts";
import { hexData, quantity, refusalOf, type Rpc } from "./rpc.ts";

/** Recipes asked for in one call. */
const PAGE = 200;

/** A token id that no batch has: batch 0 does not exist. */
const NO_TOKEN = 0n;

const headerSchema = z.object({
  number: quantity,
  hash: hexData,
  mixHash: hexData,
  timestamp: quantity,
});

/** What reading needs. */
interface ReadContext {
  readonly rpc: Rpc;
  readonly collection: Hex;
  readonly registry: Hex;
  readonly fromBlock: number;
  readonly pause: number;
  readonly chance: (() => Hex) | undefined;
  readonly instance: () => Promise<ChainInstance>;
}

type Reads = Pick<
  Chain,
  | "batchOf"
  | "timing"
  | "batches"
  | "tokenURI"
  | "blockByNumber"
  | "height"
  | "reachBlock"
  | "openedEvent"
  | "sealedEvents"
  | "recipes"
  | "canReceive"
>;

/** The reading half of a chain. */
export function createReads({
  rpc,
  collection,
  registry,
  fromBlock,
  pause,
  chance,
  instance,
}: ReadContext): Reads {
  const call = async (
    target: Interface,
    name: string,
    args: readonly unknown[] = [],
  ): Promise<Result> => {
    const request = {
      to: target === COLLECTION ? collection : registry,
      data: target.encodeFunctionData(name, args),
    };
    try {
      const answer = await rpc.ask("eth_call", [request, "latest"], hexData);
      return target.decodeFunctionResult(name, answer);
    } catch (error) {
      throw toRefusal(name, error);
    }
  };
  const height = (): Promise<number> =>
    rpc.ask("eth_blockNumber", [], quantity);
  const header = (number: number): Promise<BlockHeader | null> =>
    rpc.ask(
      "eth_getBlockByNumber",
      [`0x${number.toString(16)}`, false],
      headerSchema.nullable(),
    );
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
    height,
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
      };
    },
    async batches() {
      const [counts] = (await call(COLLECTION, "totals")) as unknown as [
        Result,
      ];
      return safe(counts["batches"]);
    },
    async tokenURI(token) {
      try {
        return String((await call(COLLECTION, "tokenURI", [token]))[0]);
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
    },
    async blockByNumber(number) {
      const block = await header(number);
      if (block !== null) return block;
      throw new FatalError(
        "chain/no-block",
        `The chain has no block \`${number}\`; wait until it has.`,
      );
    },
    async reachBlock(number, signal) {
      const { development } = await instance();
      for (;;) {
        signal?.throwIfAborted();
        const block = await header(number);
        if (block !== null) return block;
        if (development) await mine(rpc, number - (await height()), chance);
        else await sleep(pause, undefined, signal && { signal });
      }
    },
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
    async recipes() {
      const count = safe((await call(REGISTRY, "count"))[0]);
      const found = [];
      for (let first = 1; first <= count; first += PAGE) {
        const [page] = (await call(REGISTRY, "list", [
          first,
          PAGE,
        ])) as unknown as [Result[]];
        for (const [i, entry] of page.entries())
          found.push({
            id: entry["id"] as Hex,
            number: first + i,
            revoked: Boolean(entry["revoked"]),
          });
      }
      return found;
    },
    canReceive: (to) => canReceive(rpc, collection, to),
  };
}

/** A development chain repeats its `mixHash`es at every start; with `chance`, the last block mined here has a fresh one. */
async function mine(
  rpc: Rpc,
  blocks: number,
  chance: (() => Hex) | undefined,
): Promise<void> {
  if (blocks <= 0) return;
  const ask = (method: string, ...params: readonly unknown[]) =>
    rpc.ask(method, [...params], z.unknown());
  if (blocks > 1) await ask("hardhat_mine", `0x${(blocks - 1).toString(16)}`);
  if (chance !== undefined) await ask("hardhat_setPrevRandao", chance());
  await ask("hardhat_mine", "0x1");
}

/** The collection does not call recipients back, so they are asked here, as the collection would ask them. */
async function canReceive(
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
