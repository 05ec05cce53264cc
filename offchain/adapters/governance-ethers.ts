import { setTimeout as sleep } from "node:timers/promises";

import type { Result } from "ethers";

import { FatalError, isLoopError } from "../kernel/errors.ts";
import type {
  DaoAddresses,
  DaoTerms,
  Governance,
} from "../loop/ports-governance.ts";
import { COLLECTION } from "./chain-abi.ts";
import { createContext, type ChainOptions } from "./chain-context.ts";
import { safe } from "./chain-events.ts";
import { newestTime, reachTime } from "./chain-time.ts";
import { createActs } from "./governance-acts.ts";
import { governanceContext, lower } from "./governance-context.ts";
import { createController } from "./governance-controller.ts";
import { createProposals } from "./governance-proposals.ts";
import { simulateCalls } from "./governance-simulate.ts";

/** The {@link Governance} port over JSON-RPC, of a DAO that was founded; the same options as the chain's. */
export function createGovernance(
  options: ChainOptions,
  addresses: DaoAddresses,
): Governance {
  const base = createContext(options);
  const context = governanceContext(base, addresses);
  const { dao, one } = context;
  const { rpc, call, instance, pause } = base;
  const proposals = createProposals(context);
  const count = async (name: string): Promise<number> =>
    safe(await one(dao.governor, name));
  const now = (): Promise<number> => newestTime(rpc);

  return {
    addresses,
    ...createController(context),
    ...proposals,
    ...createActs(context, proposals.proposal),
    async terms(): Promise<DaoTerms> {
      const [totals] = (await call(COLLECTION, "totals")) as unknown as [
        Result,
      ];
      return {
        votingDelay: await count("votingDelay"),
        votingPeriod: await count("votingPeriod"),
        timelockDelay: safe(await one(dao.timelock, "getMinDelay")),
        proposalThreshold: BigInt(
          (await one(dao.governor, "proposalThreshold")) as bigint,
        ),
        quorumPercent: await count("quorumNumerator"),
        floorBps: await count("floorBps"),
        wrapped: BigInt(
          (await call(COLLECTION, "balanceOf", [addresses.votes]))[0] as bigint,
        ),
        everMinted: safe(totals["minted"]),
      };
    },
    now,
    async reachTime(time, signal) {
      if ((await instance()).development) return reachTime(rpc, time);
      while ((await now()) < time) {
        signal?.throwIfAborted();
        await sleep(pause, undefined, signal && { signal });
      }
    },
    async votesOf(account, at) {
      const votes =
        at === undefined
          ? await one(dao.votes, "getVotes", [account])
          : await one(dao.votes, "getPastVotes", [account, at]);
      return BigInt(votes as bigint);
    },
    delegateOf: async (account) =>
      lower(await one(dao.votes, "delegates", [account])),
    async holderOf(token) {
      try {
        return lower(await one(dao.votes, "ownerOf", [token]));
      } catch (cause) {
        if (!isLoopError(cause, "chain/refused")) throw cause;
        throw new FatalError(
          "dao/not-wrapped",
          `Work \`${token}\` is not wrapped; wrap it first: npx hardhat wrap --token ${token}`,
          { cause },
        );
      }
    },
    simulate: (calls) => simulateCalls(rpc, addresses, calls),
  };
}
