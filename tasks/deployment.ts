import { access } from "node:fs/promises";
import { join } from "node:path";

import type { NetworkConnection } from "hardhat/types/network";
import LoopModule from "../ignition/modules/loop.ts";
import type { Hex } from "../offchain/kernel/bytes.ts";
import { FatalError } from "../offchain/kernel/errors.ts";
import type { ChainInstance } from "../offchain/loop/chain.ts";
import { bookFolder, notDeployed, readAddressBook } from "./address-book.ts";

/** A connection to the chosen network, with the toolbox's parts. */
export type Connection = NetworkConnection;

/** Where the contracts are. */
export interface Deployment {
  readonly collection: string;
  readonly registry: string;
  /** Where rounds come from once the admin has named it; undefined if none was deployed with the collection. */
  readonly oracle: Hex | undefined;
  /** No event of theirs is in an earlier block. */
  readonly fromBlock: number;
  /** Where Ignition keeps what it deployed on this chain; undefined where the chain ends with the command. */
  readonly deploymentId: string | undefined;
}

/**
 * Development settings: the seed block follows the opening, because nobody there can reorganise or predict for gain; rounds follow
 * each other as fast as they are brought, and of any market of the past.
 */
const LOCAL_TIMING = {
  seedDelay: 1n,
  sealWindow: 256n,
  leastInterval: 0n,
  staleAfter: 86_400n,
  maxAge: 0n,
  maxFloorFactor: 0n,
};

/** Which of a development chain's accounts hold which job; account 0 deploys and is the operator. */
const LOCAL_JOBS = [
  "admin",
  "registrar",
  "guardian",
  "parameterAuthority",
  "publisher",
  "voucherSigner",
] as const;

/**
 * The contracts on this chain. A development chain gets its own on first use, named by the chain's identity, so that a restarted node,
 * which is another chain with the same id, never meets the addresses of the one before.
 * @throws FatalError `chain/not-deployed` elsewhere, with the command that deploys.
 */
export async function deployment(
  connection: Connection,
  identity: Pick<ChainInstance, "chain" | "chainId" | "development">,
  {
    root,
    deploy,
    birthBlock,
  }: {
    readonly root: string;
    readonly deploy: boolean;
    /** Finds the block of a contract's deployment, where Ignition's journal does not tell it. */
    readonly birthBlock: (address: Hex) => Promise<number>;
  },
): Promise<Deployment> {
  const { ignition, networkConfig, networkName } = connection;
  const { chainId, development } = identity;
  const folder = join(root, "ignition/deployments");
  if (!development)
    return published(networkName, bookFolder(root, chainId), birthBlock);

  const ephemeral = networkConfig.type === "edr-simulated";
  const deploymentId = localId(identity);
  if (!deploy && !ephemeral && !(await exists(join(folder, deploymentId)))) {
    throw new FatalError(
      "chain/not-deployed",
      `The contracts are not on \`${networkName}\` yet, so there is nothing to read; the first command that sends something, such as npx hardhat mint-batch --network ${networkName}, deploys them.`,
    );
  }
  const { collection, registry, oracle } = await ignition
    .deploy(LoopModule, {
      parameters: { Loop: await localTerms(connection) },
      ...(ephemeral ? {} : { deploymentId }),
    })
    .catch((cause: unknown) => {
      throw otherVersion(cause, networkName);
    });
  return {
    collection: await collection.getAddress(),
    registry: await registry.getAddress(),
    oracle: (await oracle.getAddress()).toLowerCase() as Hex,
    fromBlock: 0,
    deploymentId: ephemeral ? undefined : deploymentId,
  };
}

/** Where Ignition keeps the deployment of a development chain. */
export function localId({
  chain,
  chainId,
}: Pick<ChainInstance, "chain" | "chainId">): string {
  return `local-${chainId}-${chain.slice(2, 10)}`;
}

/** Where it keeps that chain's DAO: by itself, so that a founding that stopped half-way stops nothing else. */
export function localDaoId(deploymentId: string): string {
  return `${deploymentId}-dao`;
}

/**
 * The parameters of `ignition/modules/loop.ts` on a development chain.
 * @throws FatalError `chain/few-accounts`.
 */
export async function localTerms(
  connection: Pick<Connection, "ethers" | "networkName">,
) {
  return { ...LOCAL_TIMING, ...(await localJobs(connection)) };
}

/** Ignition keeps to what it deployed: other code, or other accounts, at the addresses that it remembers. */
export function otherVersion(cause: unknown, networkName: string): unknown {
  if (!/reconciliation/.test(String(cause))) return cause;
  return new FatalError(
    "chain/other-version",
    `The contracts on \`${networkName}\` were deployed by another version of this project; start its node anew.`,
    { cause },
  );
}

/** What was deployed by command, by its address book. */
async function published(
  network: string,
  folder: string,
  birthBlock: (address: Hex) => Promise<number>,
): Promise<Deployment> {
  const { addresses, fromBlock } = await readAddressBook(folder);
  const { LoopCollection, RecipeRegistry, MarketOracle } = addresses;
  if (LoopCollection === undefined || RecipeRegistry === undefined)
    throw notDeployed(network);
  return {
    collection: LoopCollection,
    registry: RecipeRegistry,
    oracle: MarketOracle,
    fromBlock: fromBlock ?? (await birthBlock(RecipeRegistry)),
    deploymentId: undefined,
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * The accounts of a development chain by job, and the admin as the first to receive royalties.
 * @throws FatalError `chain/few-accounts` if the chain has too few: nobody may hold two jobs.
 */
export async function localJobs({
  ethers,
  networkName,
}: Pick<Connection, "ethers" | "networkName">): Promise<
  Record<(typeof LOCAL_JOBS)[number] | "royaltyReceiver", string>
> {
  const [, ...others] = await ethers.getSigners();
  if (others.length < LOCAL_JOBS.length) {
    throw new FatalError(
      "chain/few-accounts",
      `\`${networkName}\` has ${others.length + 1} accounts; a local chain needs ${LOCAL_JOBS.length + 1}, because nobody may hold two jobs.`,
    );
  }
  const jobs = Object.fromEntries(
    LOCAL_JOBS.map((job, i) => [job, others[i]?.address ?? ""]),
  ) as Record<(typeof LOCAL_JOBS)[number], string>;
  return { ...jobs, royaltyReceiver: jobs.admin };
}
