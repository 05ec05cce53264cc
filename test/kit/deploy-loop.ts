import { network } from "hardhat";

import { localJobs } from "../../tasks/deployment.ts";
import loop from "../../ignition/modules/loop.ts";
import { JOBS, ORACLE_ADAPTER } from "./jobs.ts";

type Parameters = Readonly<Record<string, string | bigint>>;

/**
 * A fresh chain with the contracts on it, deployed by the Ignition module and typed by TypeChain. Close it after use.
 * The collection speaks as the operator the registry as the registrar and the oracle
 * as its adapter; `signers[JOBS.guardian]` and so on are the rest.
 *
 * @param parameters of the module; each has a default.
 */
export async function deployLoop(parameters: Parameters = {}) {
  const connection = await network.create();
  const { ethers, ignition } = connection;
  const signers = await ethers.getSigners();
  const deployed = await ignition.deploy(loop, {
    parameters: {
      Loop: {
        ...(await localJobs(connection)),
        oracleAdapter: signers[ORACLE_ADAPTER]?.address ?? "",
        ...parameters,
      },
    },
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
    oracle: await ethers.getContractAt(
      "MarketOracle",
      await deployed.oracle.getAddress(),
      signers[ORACLE_ADAPTER],
    ),
    signers,
    accounts: signers.map(({ address }) => address),
    close: () => connection.close(),
  };
}
