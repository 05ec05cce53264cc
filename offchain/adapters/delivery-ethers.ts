import { setTimeout as sleep } from "node:timers/promises";

import { FatalError, RetryableError } from "../kernel/errors.ts";
import type { Outbox, Point, TransactionRecord } from "../loop/journal.ts";
import { fateOf, storedRequest, type Receipt } from "./fate-ethers.ts";
import { refusalOf, unreachable, type Rpc } from "./rpc.ts";

/** Pause before the same bytes are sent again although nobody complained, ms: nodes drop transactions silently. */
const RESEND = 30_000;

/** Failures on the way that are borne in one delivery before the node counts as unreachable. */
const MOST_FAILURES = 5;

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
