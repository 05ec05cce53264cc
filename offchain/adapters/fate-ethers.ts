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

/** The receipt, `displaced` if a block holds another transaction with its nonce, or undefined while nothing is certain. */
export async function fateOf(
  rpc: Rpc,
  record: TransactionRecord,
  signal?: AbortSignal,
): Promise<Receipt | "displaced" | undefined> {
  if (record.hash !== null) {
    const receipt = await receiptOf(rpc, record.hash, signal);
    if (receipt !== null) return receipt;
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
  if (!isOurs(found, record)) return "displaced";
  return (await receiptOf(rpc, found.hash, signal)) ?? undefined;
}

/** Where the node signed there is no hash to compare, but the same contents with the same nonce are the same transaction. */
function isOurs(found: BlockTransaction, record: TransactionRecord): boolean {
  if (record.hash !== null) return found.hash === record.hash;
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
): Promise<BlockTransaction | undefined> {
  const height = await rpc.ask("eth_blockNumber", [], quantity, signal);
  for (let number = since; number <= height; number++) {
    const block = await rpc.ask(
      "eth_getBlockByNumber",
      [`0x${number.toString(16)}`, true],
      blockSchema.nullable(),
      signal,
    );
    const found = block?.transactions.find(
      (transaction) =>
        transaction.from === sender && transaction.nonce === nonce,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}
