import { setTimeout as sleep } from "node:timers/promises";

import { keccak256, type TransactionLike } from "ethers";
import type { Hex } from "../kernel/bytes.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { Once } from "../loop/chain.ts";
import type { TransactionRecord } from "../loop/journal.ts";
import {
  deliver,
  deliverEarlier,
  type DeliveryContext,
} from "./delivery-ethers.ts";
import { storedRequest, type Receipt } from "./fate-ethers.ts";
import { presentFees, requireFunds, toStored } from "./fees-ethers.ts";
import { bigQuantity, quantity } from "./rpc.ts";

/** EIP-7825: no transaction may have more. */
const GAS_CAP = 16_777_216n;

/** A call that changes the chain. */
export interface Call {
  readonly to: Hex;
  readonly data: Hex;
}

/** What sending needs. */
export interface SenderContext extends DeliveryContext {
  /** Turns a refusal of the node into our error, with the contract's own error by name. */
  readonly refuse: (call: Call, error: unknown) => unknown;
}

/**
 * Sends a call exactly once under its key: populate, sign, store, and only then send. Called again, after a crash anywhere, it finds
 * the stored transaction and sends the same bytes. Another transaction is signed for the key only once the chain shows a block in which
 * a foreign transaction used the nonce, so that the stored one is dead.
 * @param call given as a function, it is made only where nothing is stored: for what depends on how the chain stands now.
 */
export async function sendOnce(
  context: SenderContext,
  call: Call | (() => Promise<Call>),
  { key, signal }: Once,
): Promise<Receipt> {
  const { outbox, chain, point } = context;
  for (;;) {
    let record = await outbox.find(chain, key);
    if (record === undefined || record.state === "displaced")
      record = await prepare(context, await made(call), key, signal);
    else if (typeof call !== "function") requireSame(record, call);
    point(`${key}/to-send`);
    const receipt = await deliver(context, record, signal);
    point(`${key}/mined`);
    if (receipt !== undefined) return receipt;
  }
}

async function made(call: Call | (() => Promise<Call>)): Promise<Call> {
  return typeof call === "function" ? call() : call;
}

/** Signs and stores; a nonce lost to another process of ours is tried again with the next one. */
async function prepare(
  context: SenderContext,
  call: Call,
  key: string,
  signal?: AbortSignal,
): Promise<TransactionRecord> {
  const { outbox, chain, wallet, point } = context;
  for (;;) {
    signal?.throwIfAborted();
    const sender = wallet.address.toLowerCase() as Hex;
    await deliverEarlier(context, sender, Infinity, signal);
    // Asked before the nonce: whatever takes that nonce then lies in a later block.
    const since = await context.rpc.ask("eth_blockNumber", [], quantity);
    const transaction = await populate(context, call);
    await context.mayCost?.(key, {
      ...call,
      gas: Number(transaction.gasLimit),
      wei:
        BigInt(transaction.gasLimit ?? 0) *
        BigInt(transaction.maxFeePerGas ?? 0),
    });
    const raw = (await wallet.sign?.(transaction)) ?? null;
    point(`${key}/signed`);
    try {
      const record = await outbox.store({
        chain,
        key,
        sender: wallet.address,
        nonce: Number(transaction.nonce),
        request: toStored(transaction),
        raw,
        hash: raw === null ? null : (keccak256(raw) as Hex),
        since,
      });
      point(`${key}/outbox`);
      return record;
    } catch (error) {
      if (!isLoopError(error, "journal/nonce-taken")) throw error;
      await sleep(context.pause);
    }
  }
}

/** Every field of the transaction, so that nothing is left for the node to choose. */
async function populate(
  { rpc, wallet, chainId, refuse }: SenderContext,
  call: Call,
): Promise<TransactionLike> {
  const sent = { from: wallet.address, to: call.to, data: call.data };
  let estimate: bigint;
  try {
    estimate = await rpc.ask("eth_estimateGas", [sent], bigQuantity);
  } catch (error) {
    throw refuse(call, error);
  }
  const [{ maxFeePerGas, maxPriorityFeePerGas }, nonce] = await Promise.all([
    presentFees(rpc),
    rpc.ask("eth_getTransactionCount", [wallet.address, "pending"], quantity),
  ]);
  const roomy = (estimate * 6n) / 5n;
  const gasLimit = roomy < GAS_CAP ? roomy : GAS_CAP;
  await requireFunds(rpc, wallet.address, gasLimit * maxFeePerGas);
  return {
    type: 2,
    chainId,
    nonce,
    to: call.to,
    data: call.data,
    value: 0n,
    gasLimit,
    maxFeePerGas,
    maxPriorityFeePerGas,
  };
}

function requireSame(record: TransactionRecord, call: Call): void {
  const stored = storedRequest.parse(record.request);
  if (stored.to === call.to.toLowerCase() && stored.data === call.data) return;
  throw new FatalError(
    "chain/other-transaction",
    `Transaction \`${record.key}\` was signed before with other contents; finish that run with the version it was started with.`,
  );
}
