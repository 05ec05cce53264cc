import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError, RetryableError } from "../kernel/errors.ts";
import type { Outbox, Point, TransactionRecord } from "../loop/journal.ts";
import { hexData, quantity, refusalOf, unreachable, type Rpc } from "./rpc.ts";

/** Pause before the same bytes are sent again although nobody complained, ms: nodes drop transactions silently. */
const RESEND = 30_000;

/** Failures on the way that are borne in one delivery before the node counts as unreachable. */
const MOST_FAILURES = 5;

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

/** What a delivery needs. */
export interface DeliveryContext {
  readonly rpc: Rpc;
  readonly outbox: Outbox;
  readonly chainId: number;
  readonly point: Point;
  /** Longest wait for a block, ms. */
  readonly patience: number;
  /** Pause between two looks at the chain, ms. */
  readonly pause: number;
}

/**
 * Sends a stored transaction until it is mined, and returns its receipt; `undefined` if another transaction took its nonce.
 * Sending the same bytes twice is harmless: a nonce is used once.
 * @throws FatalError `chain/no-funds`; RetryableError `chain/not-mined`, `chain/rejected`, `chain/unreachable`.
 */
export async function deliver(
  context: DeliveryContext,
  record: TransactionRecord,
  signal?: AbortSignal,
): Promise<Receipt | undefined> {
  const { rpc, outbox, point, patience, pause } = context;
  const until = Date.now() + patience;
  let resendAt = 0;
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    const fate = await fateOf(rpc, record, signal);
    if (fate === "displaced") {
      await outbox.settle(record, "displaced");
      return undefined;
    }
    if (fate !== undefined) {
      await outbox.settle(record, "mined", fate.transactionHash);
      return fate;
    }
    const now = Date.now();
    if (now >= until) throw notMined(record);
    if (now < resendAt) {
      await sleep(pause, undefined, signal && { signal });
      continue;
    }
    const outcome = await broadcast(context, record);
    point(`${record.key}/sent`);
    if (outcome.kind === "failed") {
      // Whether it arrived is unknown: the next round looks, and sends the same bytes again if need be.
      failures += 1;
      if (failures > MOST_FAILURES)
        throw unreachable("eth_sendRawTransaction", outcome.cause);
      await sleep(pause, undefined, signal && { signal });
      continue;
    }
    resendAt = Date.now() + RESEND;
    if (outcome.kind === "refused")
      await requireHarmless(rpc, record, outcome.message, signal);
  }
}

type Outcome =
  | { readonly kind: "sent" }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "failed"; readonly cause: unknown };

async function broadcast(
  { rpc, chainId }: DeliveryContext,
  record: TransactionRecord,
): Promise<Outcome> {
  try {
    if (record.raw === null)
      await rpc.sendOnce("eth_sendTransaction", [toUnsigned(record, chainId)]);
    else await rpc.sendOnce("eth_sendRawTransaction", [record.raw]);
    return { kind: "sent" };
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (refusal === undefined) return { kind: "failed", cause };
    return { kind: "refused", message: refusal.message };
  }
}

/** The receipt, `displaced` if a block holds another transaction with its nonce, or undefined while nothing is certain. */
async function fateOf(
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

async function receiptOf(
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

/** A refusal matters only if the transaction is not known after all: nodes also refuse what they already have. */
async function requireHarmless(
  rpc: Rpc,
  record: TransactionRecord,
  message: string,
  signal?: AbortSignal,
): Promise<void> {
  if (
    /already known|known transaction|already imported|nonce too low|replacement/i.test(
      message,
    )
  )
    return;
  if ((await fateOf(rpc, record, signal)) !== undefined) return;
  if (/insufficient funds|enough funds/i.test(message)) {
    throw new FatalError(
      "chain/no-funds",
      `Account \`${record.sender}\` cannot pay for a transaction; send it some coin and run the same command again.`,
    );
  }
  throw new RetryableError(
    "chain/rejected",
    `The node rejected transaction \`${record.hash ?? record.key}\` (${message.split("\n")[0]}); run the same command again to send it again.`,
  );
}

/** The transaction was not mined in time; nothing is lost, the next run waits on. */
function notMined(record: TransactionRecord): RetryableError {
  return new RetryableError(
    "chain/not-mined",
    `Transaction \`${record.hash ?? record.key}\` is sent and not mined yet; run the same command again to wait on.`,
  );
}

function toUnsigned(record: TransactionRecord, chainId: number): unknown {
  const fields = storedRequest.parse(record.request);
  const hex = (value: string | number): string =>
    `0x${BigInt(value).toString(16)}`;
  return {
    from: record.sender,
    to: fields.to,
    data: fields.data,
    chainId: hex(chainId),
    nonce: hex(record.nonce),
    gas: hex(fields.gas),
    maxFeePerGas: hex(fields.maxFeePerGas),
    maxPriorityFeePerGas: hex(fields.maxPriorityFeePerGas),
  };
}
