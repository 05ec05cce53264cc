import { network } from "hardhat";

import { localJobs } from "../../tasks/deployment.ts";
import loop from "../../ignition/modules/loop.ts";
import { JOBS } from "./jobs.ts";

type Parameters = Readonly<Record<string, string | bigint>>;

/**
 * A fresh chain with both contracts on it, deployed by the Ignition module and typed by TypeChain. Close it after use.
 * The collection speaks as the operator and the registry as the registrar; `signers[JOBS.guardian]` and so on are the rest.
 *
 * @param parameters of the module; each has a default.
 */
export async function deployLoop(parameters: Parameters = {}) {
  const connection = await network.create();
  const { ethers, ignition } = connection;
  const signers = await ethers.getSigners();
  const deployed = await ignition.deploy(loop, {
    parameters: { Loop: { ...(await localJobs(connection)), ...parameters } },
  });

  return {
    ...connection,
    collection: await ethers.getContractAt(
      "LoopCollection",
      await deployed.collection.getAddress(),
      signers[JOBS.operator],
    ),
    registry: await ethers.getContractAt(
      "RecipeRegistry",
      await deployed.registry.getAddress(),
      signers[JOBS.registrar],
    ),
    signers,
    accounts: signers.map(({ address }) => address),
    close: () => connection.close(),
  };
}
