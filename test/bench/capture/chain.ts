import { keccak256, toUtf8Bytes } from "ethers";

import { foundDao, signedBy as as } from "./found.ts";
import type { Terms } from "./need.ts";

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

/** A fresh chain with a collection of so many works, all one account's, and a DAO over it. */
export async function startBattlefield(
  supply: number,
  terms: Terms,
): Promise<Battlefield> {
  const dao = await foundDao(supply, terms);
  const { ids, votes, governor, operator, send, now } = dao;
  const [attacker, honest, bystander] = dao.others;
  const reach = async (time: bigint): Promise<void> => {
    await send("evm_setNextBlockTimestamp", `0x${time.toString(16)}`);
    await send("hardhat_mine", "0x1");
  };

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
        (error: Error) => {
          if (error.message.includes("GovernorInsufficientProposerVotes"))
            return "not proposed" as const;
          throw error;
        },
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
    close: dao.close,
  };
}
