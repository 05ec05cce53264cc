import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { z } from "zod";

import { createBuild } from "../../offchain/adapters/build-artifacts.ts";
import { readChainIdentity } from "../../offchain/adapters/chain-instance.ts";
import { birthBlock } from "../../offchain/adapters/chain-birth.ts";
import { createDeployedChain } from "../../offchain/adapters/chain-deployed.ts";
import { createFees } from "../../offchain/adapters/chain-fees.ts";
import { createPlanChain } from "../../offchain/adapters/chain-plan.ts";
import { createRpc, hexData, type Rpc } from "../../offchain/adapters/rpc.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import { requireChainId } from "../../offchain/loop/plan-deployment.ts";
import type { Fees } from "../../offchain/loop/ports-fees.ts";
import type {
  Build,
  DeployedChain,
  DeploymentTerms,
  Destination,
  PlanChain,
} from "../../offchain/loop/ports-deployment.ts";
import {
  bookFolder,
  readAddressBook,
  type AddressBook,
} from "../address-book.ts";

import { localDaoId, localId, localTerms } from "../deployment.ts";
import { loopTerms, readLoopTerms } from "../loop-terms.ts";
import { networkSettings, type NetworkSettings } from "../network-settings.ts";
import { NETWORKS, type PublicNetwork } from "../networks.ts";

/** What planning and checking a deployment need, wired. */
export interface DeploymentDeps {
  readonly destination: Destination;
  readonly known: PublicNetwork | undefined;
  readonly chainId: number;
  /** The parameter file, as a person would write its path. */
  readonly file: string;
  readonly terms: DeploymentTerms;
  readonly settings: NetworkSettings;
  readonly book: AddressBook;
  /** Whose keys are here, the one that deploys first; none where they were not asked for. */
  readonly accounts: readonly Hex[];
  readonly build: Build;
  readonly plan: PlanChain;
  readonly fees: Fees;
  /** Contracts of which the first is at this address. */
  readonly deployed: (registry: Hex) => Promise<DeployedChain>;
  readonly close: () => Promise<void>;
}

/**
 * Connects to the chosen network, compiles, and reads the parameters and the address book. Nothing is deployed.
 * @param keys whether keys are needed: without them a check asks for none.
 */
export async function composeDeployment(
  hre: HardhatRuntimeEnvironment,
  {
    parameters,
    keys,
  }: { readonly parameters: string | undefined; readonly keys: boolean },
): Promise<DeploymentDeps> {
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const { root } = hre.config.paths;
  const chosen = hre.globalOptions.network ?? "default";
  const keyless = !keys && hre.config.networks[chosen]?.type === "http";
  const connection = await hre.network.create(
    keyless ? { override: { accounts: "remote" } } : {},
  );
  try {
    const { networkName } = connection;
    const rpc: Rpc = createRpc(connection.ethers.provider);
    const plan = createPlanChain(rpc);
    const known = NETWORKS[networkName];
    const destination: Destination = {
      name: networkName,
      chainId: known?.chainId,
      seedDelay: known?.seedDelay ?? 1,
      why: known?.why ?? "this network is none of those that the project knows",
    };
    const chainId = await requireChainId(plan, destination);
    const identity = await readChainIdentity(rpc);
    const published = await readAddressBook(bookFolder(root, chainId));
    const own =
      parameters === undefined &&
      identity.development &&
      published.deployer === undefined
        ? await ownBook(root, localId(identity))
        : undefined;
    const book = own ?? published;
    const accounts = keys
      ? await rpc.ask("eth_accounts", [], z.array(hexData))
      : [];
    const file =
      own === undefined
        ? (parameters ?? `ignition/parameters/${networkName}.json5`)
        : "what development chains are deployed with";
    const deployer = accounts[0] ?? book.deployer;
    const { terms, argumentsOf } =
      own === undefined
        ? await readLoopTerms(parameters ?? join(root, file), deployer)
        : loopTerms(await localTerms(connection), { file, deployer });
    return {
      destination,
      known,
      chainId,
      file,
      terms,
      book,
      accounts,
      settings: await networkSettings(root, networkName),
      build: createBuild(
        (name) => hre.artifacts.readArtifact(name),
        argumentsOf,
      ),
      plan,
      fees: createFees(rpc),
      deployed: async (registry) =>
        createDeployedChain(
          rpc,
          book.fromBlock ?? (await birthBlock(rpc, registry)),
        ),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** What was deployed on a development chain on first use; undefined if nothing was. */
async function ownBook(
  root: string,
  id: string,
): Promise<AddressBook | undefined> {
  const folder = (name: string): string =>
    join(root, "ignition/deployments", name);
  const book = await readAddressBook(folder(id));
  if (book.deployer === undefined) return undefined;
  const { dao, proof } = await readAddressBook(folder(localDaoId(id)));
  return { ...book, dao, proof };
}
