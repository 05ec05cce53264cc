import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { ChainOptions } from "../../offchain/adapters/chain-ethers.ts";
import { governanceCodec } from "../../offchain/adapters/governance-codec.ts";
import { createGovernance } from "../../offchain/adapters/governance-ethers.ts";
import { passAdminDelay } from "../../offchain/adapters/governance-office.ts";
import type { Governance } from "../../offchain/loop/ports-governance.ts";
import type { GovernanceCodec } from "../../offchain/loop/ports-governance-codec.ts";
import type { Progress } from "../../offchain/loop/ports-progress.ts";
import { compose, type Deps } from "../compose.ts";
import { daoAddresses, type Founding, type FoundingOptions } from "../dao.ts";

/** The adapters of a command of the DAO. */
export type GovernanceDeps = Omit<Deps, "governance"> & {
  readonly governance: Governance;
  /** The ABI of what proposals call. */
  readonly codec: GovernanceCodec;
};

/**
 * {@link compose}, with the DAO: on a development chain it is founded on first use, unless nothing may be sent. Close it after use.
 * @param send false for what must send nothing (--dry-run).
 * @param keys false for what only reads, on chains that have a DAO already.
 * @throws FatalError `dao/none` where there is none; `options/no-network` where the chain ends with the command.
 */
export async function composeGovernance(
  hre: HardhatRuntimeEnvironment,
  {
    progress,
    send = true,
    keys = true,
  }: {
    readonly progress: Progress;
    readonly send?: boolean;
    readonly keys?: boolean;
  },
): Promise<GovernanceDeps> {
  const deps = await compose(hre, { deploy: send && keys, keys });
  try {
    const how = { progress, send: send && keys };
    const governance = await deps.governance(how);
    return { ...deps, governance, codec: governanceCodec };
  } catch (error) {
    await deps.close();
    throw error;
  }
}

/** The DAO of a chain that is wired already. */
export async function governanceOf(
  options: ChainOptions,
  founding: Omit<Founding, "passDelay">,
  how: FoundingOptions,
): Promise<Governance> {
  const passDelay = () => passAdminDelay(options);
  const addresses = await daoAddresses({ ...founding, passDelay }, how);
  return createGovernance(options, addresses);
}
