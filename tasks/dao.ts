import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../offchain/kernel/errors.ts";
import type { DaoAddresses } from "../offchain/loop/ports-governance.ts";
import type { Progress } from "../offchain/loop/ports-progress.ts";
import { requireAdapter } from "./adapters.ts";
import {
  bookFolder,
  readAddressBook,
  type AddressBook,
} from "./address-book.ts";
import type { Deps } from "./compose.ts";
import { localDaoId, type Connection } from "./deployment.ts";
import { openForge } from "./forge-terms.ts";
import { requireLasting } from "./lasting.ts";
import { requireOracle } from "./oracle.ts";

/** What founding a DAO needs, and finding one. */
export interface Founding {
  readonly hre: HardhatRuntimeEnvironment;
  readonly deps: Deps;
  readonly connection: Connection;
  readonly registry: string;
  /** Where Ignition keeps what it deployed on a development chain. */
  readonly deploymentId: string | undefined;
  /** Lets a development chain's clock go past the delay after which the timelock may take the admin's job. */
  readonly passDelay: () => Promise<void>;
}

/** How a command goes about it. */
export interface FoundingOptions {
  readonly progress: Progress;
  /** False for what must send nothing. */
  readonly send: boolean;
}

/**
 * The DAO of the collection. A development chain gets one on first use: everything that its admin and registrar do by themselves there
 * (`requireOracle` and the like) is done before they hand over, and its clock goes forward by the admin's delay.
 * @throws FatalError `dao/none` elsewhere, with the commands that found one, and where nothing may be sent.
 */
export async function daoAddresses(
  founding: Founding,
  { progress, send }: FoundingOptions,
): Promise<DaoAddresses> {
  const { hre, deps, deploymentId } = founding;
  const { root } = hre.config.paths;
  const { chainId, development } = await deps.chain.instance();
  if (!development)
    return founded(await readAddressBook(bookFolder(root, chainId)), deps);

  requireLasting(deps, "A DAO");
  const kept = localDaoId(deploymentId ?? "");
  const folder = join(root, "ignition/deployments", kept);
  const { dao, proof } = await readAddressBook(folder);
  if (dao !== undefined && proof !== undefined) return dao;
  if (!send)
    throw new FatalError(
      "dao/none",
      `No DAO is founded on \`${deps.network}\` yet; the first command that acts in it founds it, for instance npx hardhat wrap.`,
    );
  await requireOracle(deps, { progress, send });
  await requireAdapter(deps, undefined, { progress, send });
  await openForge(hre, deps, { progress, send });
  const { foundLocally } = await import("./local-dao.ts");
  await foundLocally(founding, kept);
  progress.note(
    "Founded the DAO of this local chain: its timelock is the admin, account 18 the operator; account 19 is offered the steward's job.",
  );
  return founded(await readAddressBook(folder), deps);
}

/** A DAO whose founding is over. */
function founded(
  { dao, proof }: AddressBook,
  { network }: Pick<Deps, "network">,
): DaoAddresses {
  const deploy = (module: string): string =>
    `npx hardhat ignition deploy ignition/modules/${module}.ts --network ${network} --parameters ignition/parameters/${network}.json5`;
  if (dao === undefined)
    throw new FatalError(
      "dao/none",
      `No DAO is founded on \`${network}\`; found one as ignition/dao/README.md says, beginning with ${deploy("dao-offer")}.`,
    );
  if (proof === undefined)
    throw new FatalError(
      "dao/none",
      `The DAO on \`${network}\` has not taken over yet; once the admin's delay has passed, run ${deploy("dao")}.`,
    );
  return dao;
}
