import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import type { OwnSale } from "../market/reading.ts";
import { readLogs, topicOf } from "./chain-events.ts";
import { hexData, quantity, type Rpc } from "./rpc.ts";
import { salesIn, type LeftOut } from "./seaport-sales.ts";

/** Seaport 1.6 and 1.5, at the same addresses on every chain. */
export const SEAPORTS: readonly Hex[] = [
  "0x0000000000000068f116a894984e2db1123eb395",
  "0x00000000000000adc04c56bf30ac9d3c0aaf14dc",
];

/** The wrapped coin of chains whose coin is ether. Elsewhere only the coin itself counts, unless the caller names more. */
export const WRAPPED_COINS: Readonly<Record<number, readonly Hex[]>> = {
  1: ["0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"],
  10: ["0x4200000000000000000000000000000000000006"],
  8453: ["0x4200000000000000000000000000000000000006"],
  42161: ["0x82af49447d8a07e3bd95bd0d56f35241523fbab1"],
  11155111: [
    "0x7b79995e5f793a07bc00c21412e50ecae098e7f9",
    "0xfff9976782d46cc05630d1f6ebab18b2324d6b14",
  ],
};

/** Blocks that one question spans at most; a node that wants fewer says so, and the span is halved. */
const SPAN = 10_000;

/** What to read. Addresses in lower case. */
export interface SalesQuery {
  readonly rpc: Rpc;
  readonly collection: Hex;
  /** Blocks, both inclusive. The last should be one that will not be reorganised. */
  readonly from: number;
  readonly to: number;
  /** Leave out blocks before this time, unix seconds: an old collection has many sales, and an observation looks back a month. */
  readonly since?: number;
  readonly seaports?: readonly Hex[];
  /** Tokens that stand for the chain's coin; by default {@link WRAPPED_COINS} of the chain. */
  readonly wrapped?: readonly Hex[];
  readonly span?: number;
}

/** The sales of a collection, and the orders that tell no price of one work. */
export interface SalesFound {
  /** Ascending by time. */
  readonly sales: readonly OwnSale[];
  readonly leftOut: LeftOut;
}

const receiptSchema = z.object({
  status: quantity,
  logs: z.array(
    z.object({ address: hexData, topics: z.array(hexData), data: hexData }),
  ),
});

const ZERO_WORD = `0x${"00".repeat(32)}`;

/**
 * The collection's own secondary sales on Seaport, read from the chain: each an order that Seaport fulfilled **and** a move of the
 * work that the collection tells in the same transaction. Begins with the moves, which are few; Seaport's orders are very many.
 * @throws RetryableError `chain/unreachable`; FatalError `chain/bad-answer`, `market/bad-order`.
 */
export async function readSales(query: SalesQuery): Promise<SalesFound> {
  const { rpc, seaports = SEAPORTS, since } = query;
  const from = since === undefined ? query.from : await reach(query, since);
  const chainId = await rpc.ask("eth_chainId", [], quantity);
  const market = {
    collection: query.collection,
    wrapped: query.wrapped ?? WRAPPED_COINS[chainId] ?? [],
    seaports,
  };
  const leftOut: LeftOut = {
    bundles: 0,
    otherCurrencies: 0,
    unconfirmed: 0,
    gifts: 0,
  };
  const times = new Map<number, number>();
  const sales: OwnSale[] = [];
  for (const [hash, block] of await transactionsOf({ ...query, from })) {
    const receipt = await rpc.ask(
      "eth_getTransactionReceipt",
      [hash],
      receiptSchema,
    );
    const sold = salesIn(receipt.logs, market, leftOut);
    if (sold.length === 0) continue;
    const time = times.get(block) ?? (await timeOf(rpc, block));
    times.set(block, time);
    sales.push(...sold.map((sale) => ({ time, ...sale })));
  }
  // Blocks come in their order, and so do their times.
  return { sales, leftOut };
}

/** Transactions in which a work changed hands, with their block, in chain order: neither minted nor burned. */
async function transactionsOf({
  rpc,
  collection,
  from,
  to,
  span = SPAN,
}: SalesQuery): Promise<ReadonlyMap<Hex, number>> {
  const found = new Map<Hex, number>();
  for (let first = from; first <= to; first += span) {
    const last = Math.min(to, first + span - 1);
    const logs = await readLogs(rpc, {
      address: collection,
      topics: [topicOf("Transfer")],
      from: first,
      to: last,
    });
    for (const { topics, transactionHash, blockNumber } of logs)
      if (topics[1] !== ZERO_WORD && topics[2] !== ZERO_WORD)
        found.set(transactionHash, blockNumber);
  }
  return found;
}

async function timeOf(rpc: Rpc, block: number): Promise<number> {
  const { timestamp } = await rpc.ask(
    "eth_getBlockByNumber",
    [`0x${block.toString(16)}`, false],
    z.object({ timestamp: quantity }),
  );
  return timestamp;
}

/** The first block of a time or after it, by bisection; one behind the last if there is none. */
async function reach(
  { rpc, from, to }: SalesQuery,
  since: number,
): Promise<number> {
  let [low, high] = [from, to + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await timeOf(rpc, middle)) >= since) high = middle;
    else low = middle + 1;
  }
  return low;
}
