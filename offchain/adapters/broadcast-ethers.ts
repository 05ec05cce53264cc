import { FatalError, RetryableError } from "../kernel/errors.ts";
import type { TransactionRecord } from "../loop/journal.ts";
import { fateOf, storedRequest } from "./fate-ethers.ts";
import { refusalOf, type Rpc } from "./rpc.ts";

/** What became of one sending. */
export type Outcome =
  | { readonly kind: "sent" }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "failed"; readonly cause: unknown };

/** Sends the stored bytes once; where the node holds the key, the complete request. */
export async function broadcast(
  { rpc, chainId }: { readonly rpc: Rpc; readonly chainId: number },
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

/**
 * A refusal matters only if the transaction is not known after all: nodes also refuse what they already have.
 * @throws FatalError `chain/no-funds`; RetryableError `chain/rejected`.
 */
export async function requireHarmless(
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
