import hre, { network } from "hardhat";

import { createBuild } from "../../offchain/adapters/build-artifacts.ts";
import { createDeployedChain } from "../../offchain/adapters/chain-deployed.ts";
import { createFees } from "../../offchain/adapters/chain-fees.ts";
import { createPlanChain } from "../../offchain/adapters/chain-plan.ts";
import { createRpc } from "../../offchain/adapters/rpc.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import {
  checkDeployment,
  type DeploymentCheck,
} from "../../offchain/loop/check-deployment.ts";
import {
  CONTRACTS,
  type Addresses,
  type ContractName,
} from "../../offchain/loop/ports-deployment.ts";
import { loopTerms } from "../../tasks/loop-terms.ts";

export type Parameters = Readonly<Record<string, unknown>>;

/** An account that has no job: of whoever should have none. */
export const STRANGER = 15;

/** A chain inside this process, on which a deployment is made with mistakes; account 0 deploys and has no job. */
export async function openSite() {
  const connection = await network.create();
  const { ethers, provider } = connection;
  const signers = await ethers.getSigners();
  const account = (index: number): Hex =>
    (signers[index]?.address.toLowerCase() ?? "0x") as Hex;
  /** What the parameter file says. */
  const parameters: Parameters = {
    seedDelay: 4,
    sealWindow: 256,
    admin: account(1),
    operator: account(2),
    registrar: account(3),
    guardian: account(4),
    parameterAuthority: account(5),
    publisher: account(6),
    voucherSigner: account(7),
    oracleAdapter: account(8),
    royaltyReceiver: account(9),
  };
  const read = (changed: Parameters) =>
    loopTerms(
      { ...parameters, ...changed },
      { file: "parameters.json5", deployer: account(0) },
    );
  const rpc = createRpc(ethers.provider);
  const artifact = (name: string) => hre.artifacts.readArtifact(name);
  const { terms, argumentsOf } = read({});
  const build = createBuild(artifact, argumentsOf);

  /** Deploys one contract as these parameters say. */
  const deployOne = async (
    name: ContractName,
    at: Partial<Addresses>,
    changed: Parameters = {},
  ): Promise<Hex> => {
    const args = read(changed).argumentsOf(name, at);
    const contract = await ethers.deployContract(name, [...args]);
    return (await contract.getAddress()).toLowerCase() as Hex;
  };
  return {
    ethers,
    ignition: connection.ignition,
    provider,
    rpc,
    signers,
    account,
    parameters,
    terms,
    argumentsOf,
    build,
    plan: createPlanChain(rpc),
    fees: createFees(rpc),
    deployOne,
    deploy: async (changed: Parameters = {}): Promise<Addresses> => {
      const at: Partial<Record<ContractName, Hex>> = {};
      for (const name of CONTRACTS)
        at[name] = await deployOne(name, at, changed);
      return at as Addresses;
    },
    /** Calls a contract as one of the accounts. */
    call: async (
      name: ContractName,
      at: Hex,
      from: number,
      method: string,
      args: readonly unknown[] = [],
    ): Promise<void> => {
      const contract = await ethers.getContractAt(name, at, signers[from]);
      await (await contract.getFunction(method)(...args)).wait();
    },
    check: (at: Addresses): Promise<DeploymentCheck> =>
      checkDeployment(
        { chain: createDeployedChain(rpc, 0), build },
        { at, terms, deployer: account(0) },
      ),
    close: () => connection.close(),
  };
}

export type Site = Awaited<ReturnType<typeof openSite>>;
