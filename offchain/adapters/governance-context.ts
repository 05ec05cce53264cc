import type { Hex } from "../kernel/bytes.ts";
import type { DaoAddresses } from "../loop/ports-governance.ts";
import {
  CONTROLLER,
  GOVERNOR,
  TIMELOCK,
  VOTES,
} from "./chain-abi-governance.ts";
import type { Contract } from "./chain-call.ts";
import type { ChainContext } from "./chain-context.ts";
import { readLogs, type Log } from "./chain-events.ts";
import { quantity } from "./rpc.ts";

/** The DAO's contracts, as calls name them. */
export interface DaoContracts {
  readonly governor: Contract;
  readonly timelock: Contract;
  readonly votes: Contract;
  readonly controller: Contract;
}

/** What everything that speaks to one DAO shares. */
export interface GovernanceContext {
  readonly base: ChainContext;
  readonly dao: DaoContracts;
  /** The one answer of a view. */
  readonly one: (
    contract: Contract,
    name: string,
    args?: readonly unknown[],
  ) => Promise<unknown>;
  /** Logs of a contract since the collection was deployed, in chain order. */
  readonly logs: (
    address: Hex,
    topics: readonly (string | null | readonly string[])[],
  ) => Promise<readonly Log[]>;
}

/** The {@link GovernanceContext} of a DAO; nothing is asked of the node yet. */
export function governanceContext(
  base: ChainContext,
  { governor, timelock, votes, controller }: DaoAddresses,
): GovernanceContext {
  const { rpc, call, fromBlock: from } = base;
  return {
    base,
    dao: {
      governor: { address: governor, abi: GOVERNOR },
      timelock: { address: timelock, abi: TIMELOCK },
      votes: { address: votes, abi: VOTES },
      controller: { address: controller, abi: CONTROLLER },
    },
    one: async (contract, name, args = []) =>
      (await call(contract, name, args))[0] as unknown,
    logs: async (address, topics) =>
      readLogs(rpc, {
        address,
        topics,
        from,
        to: await rpc.ask("eth_blockNumber", [], quantity),
      }),
  };
}

/** An address as the ports write it. */
export function lower(value: unknown): Hex {
  return String(value).toLowerCase() as Hex;
}
