import type { Signer } from "ethers";

import { jobsOf, JOBS, ORACLE_ADAPTER, REPORTERS } from "../../kit/jobs.ts";
import { DEFAULT_BOUNDS } from "../../kit/oracle-bounds.ts";
import { startChain } from "./chain.ts";
import { controllerSettings } from "./governance.ts";
import { dressed, ours, plain } from "./subjects.ts";

/** Size of a contract's code, and the gas of its deployment at the prices of two hardforks. */
export interface Deployment {
  readonly size: number;
  readonly osaka: number;
  /** Experimental in EDR: it counts the gas of state like any other, without EIP-8037's reservoir. */
  readonly amsterdam: number;
}

/**
 * Deploys the product's contracts, and for comparison the other collections. No cap on a transaction's gas (EIP-7825) is
 * set, so that a figure above it can be read.
 */
export async function measureDeployments(): Promise<
  Record<string, Deployment>
> {
  const osaka = await deployAll("osaka");
  const amsterdam = await deployAll("amsterdam");

  return Object.fromEntries(
    osaka.map(({ name, size, gas }, index) => [
      name,
      { size, osaka: gas, amsterdam: amsterdam[index]?.gas ?? 0 },
    ]),
  );
}

async function deployAll(hardfork: "osaka" | "amsterdam") {
  const chain = await startChain(hardfork, { capped: false });
  const accounts = await Promise.all(
    chain.signers.map((signer) => signer.getAddress()),
  );
  const registry = await chain.deploy("RecipeRegistry", jobsOf(accounts));
  const splitter = await chain.deploy(
    "RoyaltySplitter",
    accounts.slice(0, 2),
    [7, 3],
  );
  const loop = await ours(chain);
  const oracle = await chain.deploy(
    "MarketOracle",
    loop.registry,
    await loop.contract.getAddress(),
    accounts[ORACLE_ADAPTER],
    DEFAULT_BOUNDS,
    1,
  );
  const reporters = await chain.deploy(
    "SignedReporters",
    loop.registry,
    await oracle.contract.getAddress(),
    REPORTERS.map((at) => accounts[at] as string).toSorted((a, b) =>
      BigInt(a) < BigInt(b) ? -1 : 1,
    ),
    3,
  );
  const controller = await chain.deploy(
    "ParameterController",
    await controllerSettings(
      loop.registry,
      await loop.contract.getAddress(),
      chain.signers[JOBS.admin] as Signer,
    ),
  );
  const collections = {
    LoopCollection: loop,
    DressedERC721A: await dressed(chain),
    PlainERC721: await plain(chain, "PlainERC721", "OpenZeppelin bare"),
    PlainERC721A: await plain(chain, "PlainERC721A", "ERC721A bare"),
    PlainSolady: await plain(chain, "PlainSolady", "Solady bare"),
  };
  await chain.close();

  return [
    { name: "RecipeRegistry", size: registry.size, gas: registry.gas },
    { name: "RoyaltySplitter", size: splitter.size, gas: splitter.gas },
    { name: "MarketOracle", size: oracle.size, gas: oracle.gas },
    { name: "SignedReporters", size: reporters.size, gas: reporters.gas },
    {
      name: "ParameterController",
      size: controller.size,
      gas: controller.gas,
    },
    ...Object.entries(collections).map(([name, { size, deployment }]) => ({
      name,
      size,
      gas: deployment,
    })),
  ];
}
