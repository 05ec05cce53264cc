import { ZeroHash, type Contract } from "ethers";
import hre, { network } from "hardhat";

import type { Terms } from "./need.ts";

const DAY = 86_400n;
export const DELAY = DAY;
export const PERIOD = 5n * DAY;
export const LOCK = 2n * DAY;

const RECIPE = `0x${"ab".repeat(32)}`;
const LARGEST_BATCH = 5_000;

/** A contract whose calls are not typed. */
export type Loose = Contract &
  Record<string, (...args: unknown[]) => Promise<bigint>>;

/** A fresh chain with a collection of so many works, all the first account's, and a DAO over it that anybody may wrap into. */
export async function foundDao(supply: number, terms: Terms) {
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const connection = await network.create();
  const { ethers, provider } = connection;
  const [operator, admin, registrar, ...others] = await ethers.getSigners();
  const deploy = async (name: string, ...args: unknown[]): Promise<Loose> =>
    (await ethers.deployContract(name, args)) as unknown as Loose;
  const send = (method: string, ...params: unknown[]): Promise<unknown> =>
    provider.request({ method, params });

  const registry = await deploy("RecipeRegistry", {
    admin,
    adminDelay: LOCK,
    operator,
    registrar,
    guardian: others[0],
    parameterAuthority: others[1],
    publisher: others[2],
    voucherSigner: others[3],
  });
  await signedBy(registry, registrar)["register"]!(RECIPE);
  const collection = await deploy("LoopCollection", {
    name: "Captured",
    symbol: "C",
    contractURI: "",
    registry,
    maxSupply: supply,
    seedDelay: 1,
    sealWindow: 100,
    worksPerDay: supply,
    owner: admin,
    royaltyReceiver: admin,
    royaltyBps: 0,
  });
  const ids: bigint[] = [];
  for (let batch = 1; ids.length < supply; batch++) {
    const count = Math.min(supply - ids.length, LARGEST_BATCH);
    await collection["open"]!(operator, RECIPE, count, ZeroHash);
    await send("hardhat_mine", "0x2");
    const seed = await collection["seedBlock"]!(batch);
    const hash = (await ethers.provider.getBlock(seed))!.hash;
    await collection["seal"]!(batch, RECIPE, hash);
    for (let i = 0; i < count; i++) ids.push(BigInt(batch * 1_000_000 + i));
  }
  const votes = await deploy("LoopVotes", collection, "Votes", "V");
  const lock = await deploy("LoopTimelock", registry, LOCK, operator);
  const governor = await deploy("LoopGovernor", votes, lock, collection, {
    votingDelay: DELAY,
    votingPeriod: PERIOD,
    lateQuorumExtension: DAY,
    proposalThreshold: terms.threshold,
    quorumPercent: terms.quorumPercent,
    floorBps: terms.floorBps,
  });
  await lock["appoint"]!(governor);
  await collection["setApprovalForAll"]!(votes, true);

  return {
    ids,
    votes,
    governor,
    operator,
    others: others.slice(8),
    send,
    now: async (): Promise<bigint> =>
      BigInt((await ethers.provider.getBlock("latest"))!.timestamp),
    close: () => connection.close(),
  };
}

/** The same contract, called by somebody else. */
export function signedBy(contract: Loose, signer: unknown): Loose {
  return contract.connect(signer as never) as Loose;
}
