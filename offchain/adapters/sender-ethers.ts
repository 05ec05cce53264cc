import { setTimeout as sleep } from "node:timers/promises";

import { keccak256, type TransactionLike } from "ethers";
import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";
import type { Once } from "../loop/chain.ts";
import type { TransactionRecord } from "../loop/journal.ts";
import { deliver, type DeliveryContext } from "./delivery-ethers.ts";
import { storedRequest, type Receipt } from "./fate-ethers.ts";
import { bigQuantity, quantity, refusalOf, type Rpc } from "./rpc.ts";
import type { ChainWallet } from "./wallet-ethers.ts";

/** EIP-7825: no transaction may have more. */
const GAS_CAP = 16_777_216n;

/** Tip where the node has no opinion, wei. */
const DEFAULT_TIP = 1_000_000_000n;

/** A call that changes the chain. */
export interface Call {
  readonly to: Hex;
  readonly data: Hex;
}

/** What sending needs. */
export interface SenderContext extends DeliveryContext {
  readonly wallet: ChainWallet;
  /** `ChainInstance.chain`. */
  readonly chain: Hex;
  /** Turns a refusal of the node into our error, with the contract's own error by name. */
  readonly refuse: (call: Call, error: unknown) => unknown;
  /** Told the key of a transaction and its fields before it is signed; what it throws stops it. */
  readonly mayCost?:
    ((key: string, most: Weighed) => Promise<void>) | undefined;
}

/** What a transaction may use of gas, and the most that it pays for it, wei. */
export interface Weighed {
  readonly to: Hex;
  readonly data: Hex;
  readonly gas: number;
  readonly wei: bigint;
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
    // What was stored and never sent holds a nonce, and everything signed after it would wait behind it for ever.
    for (const earlier of await outbox.pending(chain, wallet.address))
      await deliver(context, earlier, signal);
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
  const [block, tip, nonce, balance] = await Promise.all([
    rpc.ask(
      "eth_getBlockByNumber",
      ["latest", false],
      z.object({ baseFeePerGas: bigQuantity }),
    ),
    suggestedTip(rpc),
    rpc.ask("eth_getTransactionCount", [wallet.address, "pending"], quantity),
    rpc.ask("eth_getBalance", [wallet.address, "latest"], bigQuantity),
  ]);
  const roomy = (estimate * 6n) / 5n;
  const gasLimit = roomy < GAS_CAP ? roomy : GAS_CAP;
  // Twice the base fee stays valid for six full blocks in a row.
  const maxFeePerGas = 2n * block.baseFeePerGas + tip;
  if (balance < gasLimit * maxFeePerGas) {
    throw new FatalError(
      "chain/no-funds",
      `Account \`${wallet.address}\` holds ${balance} wei and may need ${gasLimit * maxFeePerGas}; send it the difference and run the same command again.`,
    );
  }
  return {
    type: 2,
    chainId,
    nonce,
    to: call.to,
    data: call.data,
    value: 0n,
    gasLimit,
    maxFeePerGas,
    maxPriorityFeePerGas: tip,
  };
}

/** The tip that the node suggests, wei. */
export async function suggestedTip(rpc: Rpc): Promise<bigint> {
  try {
    return await rpc.ask("eth_maxPriorityFeePerGas", [], bigQuantity);
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
    return DEFAULT_TIP;
  }
}

function toStored(transaction: TransactionLike): Json {
  return {
    to: String(transaction.to),
    data: String(transaction.data),
    value: String(transaction.value),
    gas: String(transaction.gasLimit),
    maxFeePerGas: String(transaction.maxFeePerGas),
    maxPriorityFeePerGas: String(transaction.maxPriorityFeePerGas),
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
