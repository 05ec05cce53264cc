import { setTimeout as sleep } from "node:timers/promises";

import { Interface, type InterfaceAbi } from "ethers";
import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { toRefusal } from "./chain-errors.ts";
import { readChainIdentity } from "./chain-instance.ts";
import { hexData, quantity, type Rpc } from "./rpc.ts";

const receiptSchema = z.object({
  transactionHash: hexData,
  blockNumber: quantity,
  gasUsed: quantity,
  status: quantity,
  contractAddress: hexData.nullish(),
  logs: z.array(
    z.object({ address: hexData, topics: z.array(hexData), data: hexData }),
  ),
});

/** What became of a transaction. */
export type DevReceipt = z.infer<typeof receiptSchema>;

/** Among the accounts of a development chain, those that play the nodes of a DON (see tasks: 0 to 13 have other parts). */
const FIRST_NODE = 14;

/** A contract of the local network, with the account that speaks to it. */
export interface DevContract {
  readonly address: Hex;
  readonly abi: Interface;
  /** Sends a call; `gas` where the node's estimate would be too low. @throws FatalError `chain/refused`. */
  send(
    name: string,
    args: readonly unknown[],
    options?: { readonly from?: Hex; readonly gas?: bigint },
  ): Promise<DevReceipt>;
  view(name: string, args?: readonly unknown[]): Promise<readonly unknown[]>;
}

/**
 * The accounts of a development chain that play the nodes.
 * @throws FatalError `functions/not-development`, `functions/no-accounts`.
 */
export async function nodeAccounts(
  rpc: Rpc,
  count: number,
): Promise<readonly Hex[]> {
  if (!(await readChainIdentity(rpc)).development) {
    throw new FatalError(
      "functions/not-development",
      "A Functions network is played on development chains only; on others name the router that runs there.",
    );
  }
  const accounts = await rpc.ask("eth_accounts", [], z.array(hexData));
  const nodes = accounts.slice(FIRST_NODE, FIRST_NODE + count);
  if (nodes.length === count) return nodes;
  throw new FatalError(
    "functions/no-accounts",
    `The development chain has ${accounts.length} accounts, and accounts ${FIRST_NODE} to ${FIRST_NODE + count - 1} play the nodes; give it 20.`,
  );
}

/** A contract that is there. */
export function devContract(
  rpc: Rpc,
  address: Hex,
  abi: InterfaceAbi,
  sender: Hex,
): DevContract {
  const known = new Interface(abi);
  return {
    address,
    abi: known,
    async send(name, args, { from = sender, gas } = {}) {
      const data = known.encodeFunctionData(name, args) as Hex;
      try {
        return await transact(rpc, { from, to: address, data }, gas);
      } catch (error) {
        throw toRefusal(name, error, known);
      }
    },
    async view(name, args = []) {
      const data = known.encodeFunctionData(name, args);
      const answer = await rpc.ask(
        "eth_call",
        [{ to: address, data }, "latest"],
        hexData,
      );
      return known.decodeFunctionResult(name, answer).toArray();
    },
  };
}

/** Sends from an account whose key the node holds, and waits for the receipt. */
export async function transact(
  rpc: Rpc,
  call: { readonly from: Hex; readonly to?: Hex; readonly data: Hex },
  gas?: bigint,
): Promise<DevReceipt> {
  const limit = gas === undefined ? {} : { gas: `0x${gas.toString(16)}` };
  const hash = hexData.parse(
    await rpc.sendOnce("eth_sendTransaction", [{ ...call, ...limit }]),
  );
  for (;;) {
    const receipt = await rpc.ask(
      "eth_getTransactionReceipt",
      [hash],
      receiptSchema.nullable(),
    );
    if (receipt !== null) return receipt;
    await sleep(20);
  }
}
