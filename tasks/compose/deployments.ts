import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { z } from "zod";

import { createBuild } from "../../offchain/adapters/build-artifacts.ts";
import { birthBlock } from "../../offchain/adapters/chain-birth.ts";
import { createDeployedChain } from "../../offchain/adapters/chain-deployed.ts";
import { createPlanChain } from "../../offchain/adapters/chain-plan.ts";
import { createRpc, hexData, type Rpc } from "../../offchain/adapters/rpc.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import { requireChainId } from "../../offchain/loop/plan-deployment.ts";
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

import { readLoopTerms } from "../loop-terms.ts";
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
  const connection = await hre.network.create(
    keys ? {} : { override: { accounts: "remote" } },
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
    const book = await readAddressBook(bookFolder(root, chainId));
    const accounts = keys
      ? (await rpc.ask("eth_accounts", [], z.array(hexData))).map(
          (account) => account,
        )
      : [];
    const file = parameters ?? `ignition/parameters/${networkName}.json5`;
    const { terms, argumentsOf } = await readLoopTerms(
      parameters ?? join(root, file),
      accounts[0] ?? book.deployer,
    );
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
