import type { Interface } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Purse } from "../loop/budget.ts";
import type { ChainInstance, MinedTransaction, Once } from "../loop/chain.ts";
import type { Outbox, Point } from "../loop/journal.ts";
import type { AddressOf, Contract } from "./chain-call.ts";
import { toRefusal } from "./chain-errors.ts";
import type { Log } from "./chain-events.ts";
import type { Signer, Signers } from "./chain-jobs.ts";
import type { ReadFrontier } from "./chain-settling.ts";
import type { Receipt } from "./fate-ethers.ts";
import type { Rpc } from "./rpc.ts";
import { sendOnce } from "./sender-ethers.ts";

/** Calls a contract in the name of whoever may, exactly once under its key; the receipt is of a call that did not revert. */
export type Send = (
  signer: Signer,
  target: Interface | Contract,
  name: string,
  args: Arguments,
  once: Once,
) => Promise<Receipt>;

/** Arguments of a call; a function makes them only where no transaction is stored under the key yet. */
export type Arguments =
  readonly unknown[] | (() => Promise<readonly unknown[]>);

/** What sending needs; without a journal nothing is sent. */
export interface SendContext {
  readonly rpc: Rpc;
  readonly journal: Outbox | undefined;
  readonly signers: Signers;
  readonly instance: () => Promise<ChainInstance>;
  readonly frontier: ReadFrontier;
  readonly addressOf: AddressOf;
  readonly point: Point;
  /** Longest wait for a block, and pause between two looks, ms. */
  readonly patience: number;
  readonly pause: number;
  readonly note: (sentence: string) => void;
  readonly mayCost?: Purse["mayCost"] | undefined;
}

/** The {@link Send} of one deployment. */
export function createSend({
  rpc,
  journal,
  signers,
  instance,
  addressOf,
  ...delivery
}: SendContext): Send {
  return async (signer, target, name, args, once) => {
    if (journal === undefined) {
      throw new FatalError(
        "chain/no-key",
        `\`${name}\` needs a journal and an account that signs; configure one for this network.`,
      );
    }
    const wallet = await signers.pick(signer);
    const { chain, chainId } = await instance();
    const { address, abi } =
      "abi" in target
        ? target
        : { address: await addressOf(target), abi: target };
    const callOf = (values: readonly unknown[]) => ({
      to: address,
      data: abi.encodeFunctionData(name, values) as Hex,
    });
    const receipt = await sendOnce(
      {
        ...delivery,
        rpc,
        wallet,
        outbox: journal,
        chain,
        chainId,
        refuse: (_, error) => toRefusal(name, error, abi),
      },
      typeof args === "function"
        ? async () => callOf(await args())
        : callOf(args),
      once,
    );
    if (receipt.status === 1) return receipt;
    throw new FatalError(
      "chain/reverted",
      `Transaction \`${receipt.transactionHash}\` (${name}) was mined and reverted; nothing changed but the gas paid.`,
    );
  };
}

/** A receipt as the port tells it. */
export function toMined(receipt: Receipt): MinedTransaction {
  return {
    hash: receipt.transactionHash,
    block: receipt.blockNumber,
    gasUsed: receipt.gasUsed,
  };
}

/** The first log of a contract with this topic. */
export function logOf(receipt: Receipt, address: Hex, topic: string): Log {
  const log = receipt.logs.find(
    (candidate) =>
      candidate.address === address && candidate.topics[0] === topic,
  );
  if (log === undefined) {
    throw new FatalError(
      "chain/no-event",
      `Transaction \`${receipt.transactionHash}\` has no event of the contract; check the collection's address.`,
    );
  }
  return {
    ...log,
    blockNumber: receipt.blockNumber,
    transactionHash: receipt.transactionHash,
  };
}
