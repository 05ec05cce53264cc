import { keccak256, type TransactionLike } from "ethers";
import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";
import type { Purse } from "../loop/budget.ts";
import type { Outbox, Point, TransactionRecord } from "../loop/journal.ts";
import { storedRequest } from "./fate-ethers.ts";
import { bigQuantity, refusalOf, type Rpc } from "./rpc.ts";
import type { ChainWallet } from "./wallet-ethers.ts";

/** Tip where the node has no opinion, wei. */
const DEFAULT_TIP = 1_000_000_000n;

/** What a transaction offers for each unit of gas, wei. */
export interface Fees {
  readonly base: bigint;
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** What signing again needs. */
export interface FeeContext {
  readonly rpc: Rpc;
  readonly outbox: Outbox;
  readonly wallet: ChainWallet;
  readonly chainId: number;
  readonly point: Point;
  /** Told the key of a transaction and its fields before it is signed, or signed again; what it throws stops it. */
  readonly mayCost?: Purse["mayCost"] | undefined;
}

/** Fees for now: twice the base fee stays valid for six full blocks in a row. */
export async function presentFees(rpc: Rpc): Promise<Fees> {
  const [{ baseFeePerGas: base }, tip] = await Promise.all([
    rpc.ask(
      "eth_getBlockByNumber",
      ["latest", false],
      z.object({ baseFeePerGas: bigQuantity }),
    ),
    suggestedTip(rpc),
  ]);
  return {
    base,
    maxFeePerGas: 2n * base + tip,
    maxPriorityFeePerGas: tip,
  };
}

/** @throws FatalError `chain/no-funds` if the account cannot pay for so much gas at this price. */
export async function requireFunds(
  rpc: Rpc,
  account: string,
  most: bigint,
): Promise<void> {
  const balance = await rpc.ask(
    "eth_getBalance",
    [account, "latest"],
    bigQuantity,
  );
  if (balance >= most) return;
  throw new FatalError(
    "chain/no-funds",
    `Account \`${account}\` holds ${balance} wei and may need ${most}; send it the difference and run the same command again.`,
  );
}

/**
 * The stored transaction, signed again with higher fees if the base fee has left it behind. The nonce stays, so at most one of its
 * signings is ever mined; each is stored before it is sent, so that whichever it is will be recognised.
 */
export async function withPresentFees(
  { rpc, outbox, wallet, chainId, point, mayCost }: FeeContext,
  record: TransactionRecord,
): Promise<TransactionRecord> {
  const mine = wallet.address.toLowerCase() === record.sender;
  if (!mine || wallet.sign === undefined || record.hash === null) return record;
  const stored = storedRequest.parse(record.request);
  const { base, ...fees } = await presentFees(rpc);
  if (base <= BigInt(stored.maxFeePerGas)) return record;
  const transaction = {
    type: 2,
    chainId,
    nonce: record.nonce,
    to: stored.to,
    data: stored.data,
    value: BigInt(stored.value),
    gasLimit: BigInt(stored.gas),
    maxFeePerGas: larger(fees.maxFeePerGas, raised(stored.maxFeePerGas)),
    maxPriorityFeePerGas: larger(
      fees.maxPriorityFeePerGas,
      raised(stored.maxPriorityFeePerGas),
    ),
  };
  const wei = transaction.gasLimit * transaction.maxFeePerGas;
  await requireFunds(rpc, wallet.address, wei);
  const { to, data, gasLimit } = transaction;
  await mayCost?.(record.key, { to, data, gas: Number(gasLimit), wei });
  const raw = await wallet.sign(transaction);
  point(`${record.key}/signed-again`);
  const again = await outbox.resign(record, {
    request: toStored(transaction),
    raw,
    hash: keccak256(raw) as Hex,
  });
  point(`${record.key}/stored-again`);
  return again;
}

/** The signed fields as the outbox keeps them. */
export function toStored(transaction: TransactionLike): Json {
  return {
    to: String(transaction.to),
    data: String(transaction.data),
    value: String(transaction.value),
    gas: String(transaction.gasLimit),
    maxFeePerGas: String(transaction.maxFeePerGas),
    maxPriorityFeePerGas: String(transaction.maxPriorityFeePerGas),
  };
}

/** The least that nodes take in place of what they have: an eighth more, rounded up. */
function raised(fee: string): bigint {
  return (BigInt(fee) * 9n + 7n) / 8n;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
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
