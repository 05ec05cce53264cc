import type { Result } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { ChainInstance, Once, RoundEvent } from "../loop/chain.ts";
import { MARKET_ADAPTER } from "./chain-abi-adapters.ts";
import { ORACLE } from "./chain-abi-evolving.ts";
import type { Contract } from "./chain-call.ts";
import { createContext, type ChainOptions } from "./chain-context.ts";
import { parseContractError } from "./chain-errors.ts";
import { ROUND_ACCEPTED, toRound } from "./chain-events-evolving.ts";
import type { Signer } from "./chain-jobs.ts";
import type { Arguments } from "./chain-send.ts";
import { reachTime } from "./chain-time.ts";
import type { Receipt } from "./fate-ethers.ts";
import type { Rpc } from "./rpc.ts";

/** What couriers need of a chain: their adapter is a contract that the {@link Chain} port knows nothing of. */
export interface CourierDesk {
  readonly rpc: Rpc;
  instance(): Promise<ChainInstance>;
  /** The oracle that the collection names now. @throws FatalError `chain/no-oracle`. */
  oracle(): Promise<Hex>;
  /** Asks a view. @throws FatalError `chain/refused`. */
  ask(
    contract: Contract,
    name: string,
    args?: readonly unknown[],
  ): Promise<Result>;
  /**
   * Sends a call exactly once under its key, in the name of an account whose key is configured, or of anybody. Arguments given as a
   * function are made only where no transaction is stored under the key: for what depends on how the chain stands now.
   * @throws FatalError `chain/refused`, `chain/no-key`, `chain/reverted`.
   */
  send(
    signer: Signer,
    contract: Contract,
    name: string,
    args: Arguments,
    once: Once,
  ): Promise<Receipt>;
  /**
   * The round that a transaction brought.
   * @throws FatalError `courier/discarded` if the adapter dropped what it was given, with the contract's own reason.
   */
  roundIn(receipt: Receipt): Promise<RoundEvent>;
  /** Lets a development chain's clock reach a time, unix seconds; elsewhere it does nothing. */
  reachTime(time: number): Promise<void>;
}

/** The desk of one deployment; the same options as the chain's. */
export function createDesk(options: ChainOptions): CourierDesk {
  const { rpc, instance, addressOf, call, send } = createContext(options);
  const oracle = (): Promise<Hex> => addressOf(ORACLE);
  return {
    rpc,
    instance,
    oracle,
    ask: call,
    send,
    async roundIn(receipt) {
      const { blockNumber, transactionHash, logs } = receipt;
      const address = await oracle();
      const accepted = logs.find(
        (log) => log.address === address && log.topics[0] === ROUND_ACCEPTED,
      );
      if (accepted !== undefined)
        return toRound({ ...accepted, blockNumber, transactionHash });
      throw new FatalError(
        "courier/discarded",
        `The adapter dropped what it was given in \`${transactionHash}\`: ${discardReason(receipt)}; look at what was delivered and bring something newer.`,
      );
    },
    async reachTime(time) {
      if ((await instance()).development) await reachTime(rpc, time);
    },
  };
}

/** Why an adapter dropped a delivery, from its own event. */
export function discardReason({ logs }: Pick<Receipt, "logs">): string {
  for (const { topics, data } of logs) {
    const event = MARKET_ADAPTER.parseLog({ topics: [...topics], data });
    if (event?.name !== "Discarded") continue;
    const reason = event.args["reason"] as Hex;
    const known = reason.length < 10 ? null : parseContractError(reason);
    return known === null
      ? reason
      : `${known.name}(${known.args.map(String).join(", ")})`;
  }
  return "it brought no round and gave no reason";
}
