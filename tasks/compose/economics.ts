import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { nativeSha256 } from "../../offchain/adapters/blocks-hash.ts";
import {
  createChain,
  type ChainOptions,
} from "../../offchain/adapters/chain-ethers.ts";
import { createFees } from "../../offchain/adapters/chain-fees.ts";
import { readChainIdentity } from "../../offchain/adapters/chain-instance.ts";
import {
  readStanding,
  type StandingQuery,
} from "../../offchain/adapters/chain-standing.ts";
import { birthBlock } from "../../offchain/adapters/chain-birth.ts";
import { createEnginePool } from "../../offchain/adapters/engine-pool.ts";
import { createRpc } from "../../offchain/adapters/rpc.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import { isLoopError } from "../../offchain/kernel/errors.ts";
import type { Clock } from "../../offchain/loop/ports-progress.ts";
import type { EnginePool } from "../../offchain/loop/ports-pool.ts";
import type {
  Fees,
  PriceOf,
  Rehearse,
  Standing,
} from "../../offchain/loop/ports-fees.ts";
import type { Recipe } from "../../offchain/loop/recipe.ts";
import type { Hasher } from "../../offchain/publishing/cid.ts";
import { deployment, type Connection } from "../deployment.ts";
import { connectKeyless } from "./keyless.ts";
import { networkSettings } from "../network-settings.ts";
import { rehearse } from "./rehearsal.ts";
import { priceSource } from "./spending.ts";

/** What an estimate needs of the world: no key, no journal, and no contracts either. */
export interface Economics {
  readonly network: string;
  readonly chainId: number;
  readonly fees: Fees;
  readonly rehearse: Rehearse;
  readonly priceOf: PriceOf;
  readonly clock: Clock;
  readonly hash: Hasher;
  /** Where archives will be kept. */
  readonly places: readonly string[];
  standing(query: StandingQuery): Promise<Standing>;
  /** Who mints, and gets the works unless somebody else is named; undefined before anything is deployed. */
  operator(): Promise<Hex | undefined>;
  pool(recipe: Recipe, workers: number): EnginePool;
  close(): Promise<void>;
}

/** Before anything is deployed. */
const NOTHING: Standing = {
  deployed: false,
  registered: false,
  begun: false,
  holds: false,
  today: false,
};

/** Connects to the chosen network and wires what an estimate needs; deploys nothing there. */
export async function composeEconomics(
  hre: HardhatRuntimeEnvironment,
): Promise<Economics> {
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const connection = await connectKeyless(hre);
  const { provider } = connection.ethers;
  const { networkName } = connection;
  const pools: EnginePool[] = [];
  const rpc = createRpc(provider);
  try {
    const { root } = hre.config.paths;
    const identity = await readChainIdentity(rpc);
    const { pins } = await networkSettings(root, networkName);
    return {
      network: networkName,
      chainId: identity.chainId,
      fees: createFees(rpc),
      rehearse: (request) => rehearse(hre, request),
      priceOf: priceSource(),
      clock: { elapsed: () => performance.now(), now: () => new Date() },
      hash: nativeSha256,
      places: pins,
      async standing(query) {
        const options = await deployedAt(connection, identity, root);
        return options === undefined ? NOTHING : readStanding(options, query);
      },
      async operator() {
        const options = await deployedAt(connection, identity, root);
        if (options === undefined) return undefined;
        const { jobs } = await createChain(options).collectionView();
        return jobs.operator[0];
      },
      pool(recipe, workers) {
        const pool = createEnginePool({ files: recipe.files, workers });
        pools.push(pool);
        return pool;
      },
      async close() {
        await Promise.all(pools.map((pool) => pool.close()));
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Where the contracts are; undefined before they are deployed. */
async function deployedAt(
  connection: Connection,
  identity: Parameters<typeof deployment>[1],
  root: string,
): Promise<ChainOptions | undefined> {
  try {
    const at = await deployment(connection, identity, {
      root,
      deploy: false,
      birthBlock: (address) =>
        birthBlock(createRpc(connection.ethers.provider), address),
    });
    return {
      provider: connection.ethers.provider,
      collectionAddress: at.collection,
      registryAddress: at.registry,
      fromBlock: at.fromBlock,
    };
  } catch (error) {
    if (isLoopError(error, "chain/not-deployed")) return undefined;
    throw error;
  }
}
