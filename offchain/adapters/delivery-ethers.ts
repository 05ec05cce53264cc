import { setTimeout as sleep } from "node:timers/promises";

import { RetryableError } from "../kernel/errors.ts";
import type { TransactionRecord } from "../loop/journal.ts";
import { broadcast, requireHarmless } from "./broadcast-ethers.ts";
import type { Frontier, ReadFrontier } from "./chain-settling.ts";
import { fateOf, type Fate, type Receipt } from "./fate-ethers.ts";
import { withPresentFees, type FeeContext } from "./fees-ethers.ts";
import { quantity, unreachable } from "./rpc.ts";

/** Pause before the same bytes are sent again although nobody complained, ms: nodes drop transactions silently. */
const RESEND = 12_000;

/** Failures on the way that are borne in one delivery before the node counts as unreachable. */
const MOST_FAILURES = 5;

/** What a delivery needs. */
export interface DeliveryContext extends FeeContext {
  /** `ChainInstance.chain`. */
  readonly chain: TransactionRecord["chain"];
  readonly frontier: ReadFrontier;
  /** Longest wait for a block, ms. */
  readonly patience: number;
  /** Pause between two looks at the chain, ms. */
  readonly pause: number;
  readonly note: (sentence: string) => void;
}

/**
 * Sends a stored transaction until it is mined in a block that is settled, and returns its receipt; `undefined` if another
 * transaction took its nonce in such a block. What a reorganisation drops before that is sent again; also a transaction that was
 * settled once and is gone all the same. Sending the same bytes twice is harmless: a nonce is used once.
 * @throws FatalError `chain/no-funds`, `chain/no-finality`; RetryableError `chain/not-mined`, `chain/not-settled`, `chain/rejected`,
 * `chain/unreachable`.
 */
export async function deliver(
  context: DeliveryContext,
  stored: TransactionRecord,
  signal?: AbortSignal,
): Promise<Receipt | undefined> {
  const { outbox, frontier, note } = context;
  let record = stored;
  for (let looks = 0; ; looks++) {
    // Asked before the fate: a block that is found after this lies at least so deep.
    const seen = await frontier(signal);
    const reached = await reach(context, record, signal);
    const { fate } = reached;
    ({ record } = reached);
    if (fate.block <= seen.settled) {
      if (fate.kind === "displaced") {
        await outbox.settle(record, "displaced");
        return undefined;
      }
      await outbox.settle(record, "mined", fate.receipt.transactionHash);
      return fate.receipt;
    }
    if (looks === 0)
      note(
        `Transaction ${record.hash ?? record.key} is in block ${fate.block}; waiting until that block is settled.`,
      );
    await moveOn(context, seen, record, signal);
  }
}

/** Brings what an account sent before this nonce, and is in no block, into one: everything behind it would wait for ever. */
export async function deliverEarlier(
  context: DeliveryContext,
  sender: TransactionRecord["sender"],
  below: number,
  signal?: AbortSignal,
): Promise<void> {
  const { rpc, outbox, chain } = context;
  const used = await rpc.ask(
    "eth_getTransactionCount",
    [sender, "latest"],
    quantity,
    signal,
  );
  if (used >= below) return;
  for (const earlier of await outbox.live(chain, sender, used))
    if (earlier.nonce < below) await reach(context, earlier, signal);
}

/** Sends a transaction until it is in a block, settled or not, or another one with its nonce is. */
async function reach(
  context: DeliveryContext,
  stored: TransactionRecord,
  signal?: AbortSignal,
): Promise<{ readonly fate: Fate; readonly record: TransactionRecord }> {
  const { rpc, outbox, chain, point, patience, pause } = context;
  let record = stored;
  let until = Infinity;
  let resendAt = 0;
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    const fate = await fateOf(rpc, record, signal);
    if (fate?.kind === "displaced") {
      // Perhaps by another signing of the same, made elsewhere: it was stored before it was sent, so it is known by now.
      const now = await outbox.find(chain, record.key);
      if (now?.attempt === record.attempt && now.hash !== record.hash) {
        record = now;
        continue;
      }
    }
    if (fate !== undefined) return { fate, record };
    const now = Date.now();
    if (now >= until) throw notMined(record);
    if (now < resendAt) {
      await sleep(pause, undefined, signal && { signal });
      continue;
    }
    await deliverEarlier(context, record.sender, record.nonce, signal);
    record = await withPresentFees(context, record);
    const outcome = await broadcast(context, record);
    point(`${record.key}/sent`);
    if (until === Infinity) until = Date.now() + patience;
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

/** Waits for the chain to grow, for as long as it takes; patience ends only where it stands still. */
async function moveOn(
  { frontier, patience, pause }: DeliveryContext,
  seen: Frontier,
  record: TransactionRecord,
  signal?: AbortSignal,
): Promise<void> {
  const until = Date.now() + patience;
  for (;;) {
    await sleep(pause, undefined, signal && { signal });
    const { head, settled } = await frontier(signal);
    if (head !== seen.head || settled !== seen.settled) return;
    if (Date.now() < until) continue;
    throw new RetryableError(
      "chain/not-settled",
      `Transaction \`${record.hash ?? record.key}\` is mined, and no block follows to settle it; run the same command again to wait on.`,
    );
  }
}

/** The transaction was not mined in time; nothing is lost, the next run waits on. */
function notMined(record: TransactionRecord): RetryableError {
  return new RetryableError(
    "chain/not-mined",
    `Transaction \`${record.hash ?? record.key}\` is sent and not mined yet; run the same command again to wait on.`,
  );
}
