import { network } from "hardhat";

import loop from "../../ignition/modules/loop.ts";

type Parameters = Readonly<Record<string, string | bigint>>;

/**
 * A fresh chain with both contracts on it, deployed by the Ignition module and typed by TypeChain. Close it after use.
 *
 * @param parameters of the module; each has a default.
 */
export async function deployLoop(parameters: Parameters = {}) {
  const connection = await network.create();
  const { ethers, ignition } = connection;
  const deployed = await ignition.deploy(loop, {
    parameters: { Loop: { ...parameters } },
  });

  return {
    ...connection,
    collection: await ethers.getContractAt(
      "LoopCollection",
      await deployed.collection.getAddress(),
    ),
    registry: await ethers.getContractAt(
      "RecipeRegistry",
      await deployed.registry.getAddress(),
    ),
    accounts: (await ethers.getSigners()).map(({ address }) => address),
    close: () => connection.close(),
  };
}
