import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { Chain } from "./chain.ts";
import { needsOf, type PricedTransaction } from "./estimate.ts";
import {
  runOfKey,
  type Outbox,
  type Run,
  type TransactionRecord,
} from "./journal.ts";
import type { Fees, Weighed } from "./ports-fees.ts";

/** A transaction that is about to be signed, and the most that its gas may cost, wei. */
export interface Proposed extends Weighed {
  readonly wei: bigint;
}

/** Most that a run may spend. Every transaction of a run is asked about before it is signed. */
export interface Purse {
  /**
   * Looks ahead before a run sends anything, or anything more.
   * @throws FatalError `budget/exceeded`
   */
  begin(run: Pick<Run, "key">): Promise<void>;
  /**
   * Asked with the outbox key of a transaction; what belongs to no run is not counted.
   * @throws FatalError `budget/exceeded`
   */
  mayCost(key: string, most: Proposed): Promise<void>;
}

/** What a purse needs. */
export interface PursePorts {
  readonly chain: Pick<Chain, "instance">;
  readonly journal: Pick<Outbox, "beginning">;
  readonly fees: Fees;
}

const stored = z.object({ gas: z.string(), maxFeePerGas: z.string() });

/**
 * A purse. What was spent is read from the outbox and from receipts each time, so it is right after a crash, and no other book can
 * disagree with it. A transaction that is on its way counts with the most that it may cost.
 * @param budget wei. @param show how amounts are told.
 * @param plan every transaction of the run in order, where it is known beforehand.
 */
export function createPurse(
  {
    budget,
    show,
    plan = [],
  }: {
    readonly budget: bigint;
    readonly show: (wei: bigint) => string;
    readonly plan?: readonly PricedTransaction[];
  },
  { chain, journal, fees }: PursePorts,
): Purse {
  const sentOf = async (run: string): Promise<readonly TransactionRecord[]> => {
    const { chain: id } = await chain.instance();
    const sent = await journal.beginning(id, run);
    return sent.filter(({ state }) => state !== "displaced");
  };
  const spentOn = async (
    sent: readonly TransactionRecord[],
  ): Promise<bigint> => {
    let spent = 0n;
    for (const record of sent) spent += await costOf(record, fees);
    return spent;
  };
  return {
    async begin(run) {
      const sent = await sentOf(run.key(""));
      const left = plan.filter(
        ({ kind, part }) =>
          !sent.some(({ key }) =>
            key.startsWith(run.key(`batch-${part}/${kind}-`)),
          ),
      );
      const spent = await spentOn(sent);
      const needs = needsOf(left);
      if (spent + needs <= budget) return;
      const cost = left.reduce((sum, each) => sum + each.cost, 0n);
      throw new FatalError(
        "budget/exceeded",
        `The run would cost about ${show(cost)} and must have ${show(needs)} at hand, since a transaction may take up to twice the base fee${spent === 0n ? "" : `, besides ${show(spent)} that it has spent`}; the budget is \`${show(budget)}\`, so give more, or wait for lower prices.`,
      );
    },
    async mayCost(key, most) {
      const run = runOfKey(key);
      if (run === undefined) return;
      // Signed again with higher fees, it takes its own place.
      const sent = await sentOf(run);
      const spent = await spentOn(sent.filter((other) => other.key !== key));
      const needs = most.wei + (await fees.dataFee(most));
      if (spent + needs <= budget) return;
      throw new FatalError(
        "budget/exceeded",
        `The next transaction may cost ${show(needs)}, and ${show(spent)} of the budget of \`${show(budget)}\` are spent; it is not signed, and the same command with a larger --budget goes on from here.`,
      );
    },
  };
}

/** What a stored transaction cost, or at most may, if it is in no block yet. */
async function costOf(
  { hash, earlier, request }: TransactionRecord,
  fees: Fees,
): Promise<bigint> {
  for (const signing of hash === null ? [] : [hash, ...earlier]) {
    const paid = await fees.paid(signing);
    if (paid !== undefined) return paid;
  }
  const { gas, maxFeePerGas } = stored.parse(request);
  return BigInt(gas) * BigInt(maxFeePerGas);
}

/** Runs the sealing of a batch; a budget that stops it says how long it can still be sealed. */
export async function sealWithin<T>(
  chain: Pick<Chain, "batchOf" | "height">,
  batch: number,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isLoopError(error, "budget/exceeded")) throw error;
    const { deadline } = await chain.batchOf(batch);
    const height = await chain.height();
    throw new FatalError(
      "budget/exceeded",
      `${error.message.replace(/\.$/, "")}: batch ${batch} is opened and can be sealed until block ${deadline}, the chain is at ${height}.`,
      { cause: error },
    );
  }
}

/** Whether a run has put any transaction into the outbox: until then it can be given up without a loss. */
export async function hasSent(
  run: Pick<Run, "key">,
  {
    chain,
    journal,
  }: {
    readonly chain: Pick<Chain, "instance">;
    readonly journal: Pick<Outbox, "beginning">;
  },
): Promise<boolean> {
  const id: Hex = (await chain.instance()).chain;
  return (await journal.beginning(id, run.key(""))).length > 0;
}
