import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import type { TransactionRecord } from "../loop/journal.ts";
import { hexData, quantity, type Rpc } from "./rpc.ts";

const receiptSchema = z.object({
  transactionHash: hexData,
  blockNumber: quantity,
  gasUsed: quantity,
  status: quantity,
  logs: z.array(
    z.object({
      address: hexData,
      topics: z.array(hexData),
      data: hexData,
      logIndex: quantity,
    }),
  ),
});

/** What became of a mined transaction. */
export type Receipt = z.infer<typeof receiptSchema>;

const blockSchema = z.object({
  transactions: z.array(
    z.object({
      hash: hexData,
      from: hexData,
      nonce: quantity,
      to: hexData.nullable(),
      input: hexData,
    }),
  ),
});

type BlockTransaction = z.infer<typeof blockSchema>["transactions"][number];

/** The signed fields as the outbox keeps them: quantities as decimal text, since JSON has no big integers. */
export const storedRequest = z.object({
  to: hexData,
  data: hexData,
  value: z.string(),
  gas: z.string(),
  maxFeePerGas: z.string(),
  maxPriorityFeePerGas: z.string(),
});

/** Blocks before the signing that are looked through as well: a reorganisation may give the transaction an earlier one. */
const DEEPEST_REORGANISATION = 64;

/** Where a transaction ended, as the chain tells it now: in this block, or with another one of its nonce in this block. */
export type Fate =
  | {
      readonly kind: "mined";
      readonly block: number;
      readonly receipt: Receipt;
    }
  | { readonly kind: "displaced"; readonly block: number };

/** Looks for any signing of the transaction; undefined while nothing is certain. */
export async function fateOf(
  rpc: Rpc,
  record: TransactionRecord,
  signal?: AbortSignal,
): Promise<Fate | undefined> {
  for (const hash of hashesOf(record)) {
    const receipt = await receiptOf(rpc, hash, signal);
    if (receipt !== null) return mined(receipt);
  }
  const used = await rpc.ask(
    "eth_getTransactionCount",
    [record.sender, "latest"],
    quantity,
    signal,
  );
  if (used <= record.nonce) return undefined;
  // The count alone proves nothing: behind one URL there may be nodes of different height. A block does.
  const found = await findByNonce(rpc, record, signal);
  if (found === undefined) return undefined;
  if (!isOurs(found.transaction, record))
    return { kind: "displaced", block: found.block };
  const receipt = await receiptOf(rpc, found.transaction.hash, signal);
  return receipt === null ? undefined : mined(receipt);
}

function mined(receipt: Receipt): Fate {
  return { kind: "mined", block: receipt.blockNumber, receipt };
}

/** The newest signing first. */
function hashesOf({ hash, earlier }: TransactionRecord): readonly Hex[] {
  return hash === null ? [] : [hash, ...earlier.toReversed()];
}

/** Where the node signed there is no hash to compare, but the same contents with the same nonce are the same transaction. */
function isOurs(found: BlockTransaction, record: TransactionRecord): boolean {
  if (record.hash !== null) return hashesOf(record).includes(found.hash);
  const { to, data } = storedRequest.parse(record.request);
  return found.to === to && found.input === data;
}

/** The receipt of a transaction; null while it is not mined. */
export async function receiptOf(
  rpc: Rpc,
  hash: Hex,
  signal?: AbortSignal,
): Promise<Receipt | null> {
  return rpc.ask(
    "eth_getTransactionReceipt",
    [hash],
    receiptSchema.nullable(),
    signal,
  );
}

/** Looks through every block since the signing: slow after a long time away, but exact, and needed hardly ever. */
async function findByNonce(
  rpc: Rpc,
  { sender, nonce, since }: TransactionRecord,
  signal?: AbortSignal,
): Promise<
  { readonly block: number; readonly transaction: BlockTransaction } | undefined
> {
  const height = await rpc.ask("eth_blockNumber", [], quantity, signal);
  const from = Math.max(0, since - DEEPEST_REORGANISATION);
  for (let number = from; number <= height; number++) {
    const block = await rpc.ask(
      "eth_getBlockByNumber",
      [`0x${number.toString(16)}`, true],
      blockSchema.nullable(),
      signal,
    );
    const transaction = block?.transactions.find(
      (one) => one.from === sender && one.nonce === nonce,
    );
    if (transaction !== undefined) return { block: number, transaction };
  }
  return undefined;
}
