import { network } from "hardhat";

import type { ChainOptions } from "../../offchain/adapters/chain-ethers.ts";
import { createGovernance } from "../../offchain/adapters/governance-ethers.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../offchain/kernel/observation.ts";
import { tokenId } from "../../offchain/kernel/ids.ts";
import type {
  DaoAddresses,
  Governance,
} from "../../offchain/loop/ports-governance.ts";
import { LOCAL_DAO, LOCAL_PACE, localDao } from "../../tasks/local-dao.ts";
import { RECIPE, startLocalChain, type LocalChain } from "./local-chain.ts";

/** Conditions of a batch as the DAO's terms have them. */
export const CONDITIONS = packObservation(NEUTRAL_OBSERVATION);

/** Seconds from the founding for which the steward may act. */
export const GRANT = 90 * 86_400;

/** A chain in this process with a DAO: account 1 was the admin, 3 is the guardian, 18 the operator, 19 is offered the steward's job. */
export interface LocalDao extends LocalChain {
  readonly dao: DaoAddresses;
  readonly accounts: readonly Hex[];
  /** The adapter under test, with a new journal in memory. */
  governance(options?: Partial<ChainOptions>): Governance;
  /** Mints works to an account; gives their token ids. */
  mint(to: Hex, count: number): Promise<string[]>;
}

/** Founds one with the modules that a development chain's is founded with; close it after use. */
export async function startLocalDao(
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<LocalDao> {
  const connection = await network.create();
  const local = await startLocalChain(connection);
  const signers = await connection.ethers.getSigners();
  const accounts = signers.map(({ address }) => address.toLowerCase() as Hex);
  const block = await connection.ethers.provider.getBlock("latest");
  const at = { registry: local.registry, collection: local.collection };
  const given = {
    Operator: at,
    Founding: at,
    Dao: {
      ...at,
      steward: accounts[LOCAL_DAO.steward] as Hex,
      grantExpiry: BigInt((block?.timestamp ?? 0) + GRANT),
      royaltyReceiver: accounts[1] as Hex,
      ...(parameters as Record<string, bigint>),
    },
  };
  const how = { parameters: given, config: LOCAL_PACE };
  await connection.ignition.deploy(localDao.operator, how);
  const contracts = await connection.ignition.deploy(localDao.founding, how);
  const addressOf = async (name: keyof DaoAddresses): Promise<Hex> =>
    (await contracts[name].getAddress()).toLowerCase() as Hex;
  const dao: DaoAddresses = {
    governor: await addressOf("governor"),
    timelock: await addressOf("timelock"),
    votes: await addressOf("votes"),
    controller: await addressOf("controller"),
    registrarSeat: await addressOf("registrarSeat"),
  };
  let minted = 0;
  return {
    ...local,
    dao,
    accounts,
    governance: (options) => createGovernance(local.options(options), dao),
    async mint(to, count) {
      const chain = local.chain();
      const key = `mint/${minted++}`;
      const opening = { to, recipe: RECIPE, count, conditions: CONDITIONS };
      const { opened } = await chain.openBatch(opening, { key: `${key}/open` });
      const { seedBlock } = await chain.batchOf(opened.batch);
      const { hash } = await chain.reachBlock(seedBlock);
      await chain.reachBlock(seedBlock + 1);
      const sealing = {
        batch: opened.batch,
        root: `0x${"cd".repeat(32)}` as Hex,
        blockHash: hash,
      };
      await chain.sealBatch(sealing, { key: `${key}/seal` });
      return Array.from({ length: count }, (_, i) =>
        String(tokenId(opened.batch, i)),
      );
    },
  };
}
