import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Hex } from "../offchain/kernel/bytes.ts";
import { FatalError } from "../offchain/kernel/errors.ts";
import type { SentDaoAct } from "../offchain/loop/dao-acts.ts";
import type { CarryPorts } from "../offchain/loop/carry-proposal.ts";
import type { Deps } from "./compose.ts";
import {
  composeGovernance,
  type GovernanceDeps,
} from "./compose/governance.ts";
import { createConsole, guarded, type Console } from "./console/console.ts";

/** One command of the DAO, with everything wired. */
export interface DaoWork {
  readonly deps: GovernanceDeps;
  readonly console: Console;
  readonly ports: GovernanceDeps & CarryPorts;
}

/** Wires the DAO, does the work, closes; whatever it throws becomes one sentence and exit code 1. */
export async function withDao(
  hre: HardhatRuntimeEnvironment,
  {
    json,
    ...options
  }: {
    readonly json: boolean;
    readonly send?: boolean;
    readonly keys?: boolean;
  },
  /** Refuses what can be refused without a chain, and gives the rest of the work. */
  prepare: () => (work: DaoWork) => Promise<void>,
): Promise<void> {
  const console = createConsole({ json });
  await guarded(async () => {
    const work = prepare();
    const deps = await composeGovernance(hre, {
      progress: console,
      ...options,
    });
    try {
      await work({ deps, console, ports: { ...deps, progress: console } });
    } finally {
      await deps.close();
    }
  });
}

/**
 * Whoever acts: the account that is named, else the first of those that are configured.
 * @throws FatalError `dao/not-yours` if its key is not here.
 */
export async function actingAccount(
  { chain, network }: Pick<Deps, "chain" | "network">,
  named: Hex | undefined,
): Promise<Hex> {
  const account = named ?? chain.account;
  if (account === undefined)
    throw new FatalError(
      "chain/no-account",
      "No account signs on this network; configure one.",
    );
  const found = account.toLowerCase() as Hex;
  if (await chain.signsFor(found)) return found;
  throw new FatalError(
    "dao/not-yours",
    `The key of \`${found}\` is not configured for ${network}; run this where it is, or give --account another.`,
  );
}

/** Tells what was sent: a sentence, and the document with its transaction. */
export function tellSent(
  console: Console,
  { network }: Pick<Deps, "network">,
  document: Record<string, unknown>,
  sentence: string,
): (sent: SentDaoAct) => Promise<void> {
  return ({ hash, gasUsed }) => {
    console.result({ network, ...document, transaction: hash, gasUsed }, () => [
      `${sentence} for ${gasUsed} gas in ${hash}`,
    ]);
    return Promise.resolve();
  };
}
