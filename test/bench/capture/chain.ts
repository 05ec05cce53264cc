import { keccak256, toUtf8Bytes, ZeroHash, type Contract } from "ethers";
import hre, { network } from "hardhat";

import type { Terms } from "./need.ts";

const DAY = 86_400n;
export const DELAY = DAY;
export const PERIOD = 5n * DAY;
export const LOCK = 2n * DAY;

const RECIPE = `0x${"ab".repeat(32)}`;
const LARGEST_BATCH = 5_000;
/** Works that one transaction wraps or unwraps: a transaction has 16.7 million gas (EIP-7825). */
const AT_ONCE = 50;
const [AGAINST, FOR] = [0, 1];
const DESCRIPTION = "# Nobody proposes any more";

/** A chain on which a DAO is attacked. */
export interface Battlefield {
  /** Wraps so many works for the attacker and for those who vote against him, and plays the proposal to its end. */
  attack(attackers: number, against: number, how: How): Promise<Ending>;
  close(): Promise<void>;
}

/** What the attacker does once the snapshot is past: keeps his works, gives back all but the threshold, or gives back all. */
export type How = "keeps" | "returns" | "returns all";
export type Ending = "captured" | "defeated" | "cancelled" | "not proposed";

type Loose = Contract & Record<string, (...args: unknown[]) => Promise<bigint>>;

/** A fresh chain with a collection of so many works, all one account's, and a DAO over it. */
export async function startBattlefield(
  supply: number,
  terms: Terms,
): Promise<Battlefield> {
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const connection = await network.create();
  const { ethers, provider } = connection;
  const [operator, admin, registrar, ...others] = await ethers.getSigners();
  const [attacker, honest, bystander] = others.slice(8);
  const deploy = async (name: string, ...args: unknown[]): Promise<Loose> =>
    (await ethers.deployContract(name, args)) as unknown as Loose;
  const as = (contract: Loose, signer: unknown): Loose =>
    contract.connect(signer as never) as Loose;
  const send = (method: string, ...params: unknown[]): Promise<unknown> =>
    provider.request({ method, params });
  const now = async (): Promise<bigint> =>
    BigInt((await ethers.provider.getBlock("latest"))!.timestamp);
  const reach = async (time: bigint): Promise<void> => {
    await send("evm_setNextBlockTimestamp", `0x${time.toString(16)}`);
    await send("hardhat_mine", "0x1");
  };

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
  await as(registry, registrar)["register"]!(RECIPE);
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

  // After that nobody has enough works to propose anything: the DAO is the attacker's for ever.
  const call = governor.interface.encodeFunctionData("setProposalThreshold", [
    supply + 1,
  ]);
  const proposal = [[await governor.getAddress()], [0], [call]];
  const hashed = [...proposal, keccak256(toUtf8Bytes(DESCRIPTION))];

  const inParts = async (
    works: readonly bigint[],
    act: (part: readonly bigint[]) => Promise<unknown>,
  ): Promise<void> => {
    for (let i = 0; i < works.length; i += AT_ONCE)
      await act(works.slice(i, i + AT_ONCE));
  };
  const play = async (
    attackers: number,
    against: number,
    how: How,
  ): Promise<Ending> => {
    const theirs = ids.slice(0, attackers);
    await inParts(theirs, (part) => votes["depositFor"]!(attacker, part));
    await inParts(ids.slice(attackers, attackers + against), (part) =>
      votes["depositFor"]!(honest, part),
    );
    await reach((await now()) + 1n);
    if (attackers < terms.threshold)
      return as(governor, attacker)["propose"]!(...proposal, DESCRIPTION).then(
        () => "captured" as const,
        () => "not proposed" as const,
      );
    await as(governor, attacker)["propose"]!(...proposal, DESCRIPTION);
    const id = await governor["hashProposal"]!(...hashed);
    await reach((await governor["proposalSnapshot"]!(id)) + 1n);
    const back = how === "returns" ? theirs.slice(terms.threshold) : theirs;
    if (how !== "keeps")
      await inParts(back, (part) =>
        as(votes, attacker)["withdrawTo"]!(operator, part),
      );
    await as(governor, attacker)["castVote"]!(id, FOR);
    if (against > 0) await as(governor, honest)["castVote"]!(id, AGAINST);
    await reach((await governor["proposalDeadline"]!(id)) + 1n);
    if (how === "returns all") {
      await as(governor, bystander)["cancel"]!(...hashed);
      return "cancelled";
    }
    if (Number(await governor["state"]!(id)) !== 4) return "defeated";
    await governor["queue"]!(...hashed);
    await reach(await governor["proposalEta"]!(id));
    await governor["execute"]!(...hashed);
    const threshold = await governor["proposalThreshold"]!();
    return threshold === BigInt(supply + 1) ? "captured" : "defeated";
  };

  let base = await send("evm_snapshot");
  return {
    async attack(attackers, against, how) {
      const ending = await play(attackers, against, how);
      await send("evm_revert", base);
      base = await send("evm_snapshot");
      return ending;
    },
    close: () => connection.close(),
  };
}
