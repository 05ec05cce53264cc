import {
  AbiCoder,
  keccak256,
  toUtf8String,
  Utf8ErrorFuncs,
  ZeroHash,
  type Result,
} from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import {
  PROPOSAL_STATES,
  type Governance,
  type GovernanceCall,
  type ProposalView,
} from "../loop/ports-governance.ts";
import { GOVERNOR } from "./chain-abi-governance.ts";
import { safe, type Log } from "./chain-events.ts";
import { newestTime } from "./chain-time.ts";
import { lower, type GovernanceContext } from "./governance-context.ts";
import { hexData } from "./rpc.ts";

/** What a `ProposalCreated` log says of a proposal for ever. */
type Created = Pick<
  ProposalView,
  "id" | "proposer" | "calls" | "description" | "descriptionHash" | "snapshot"
>;

/** First topic of the event that a proposal begins with. */
export const PROPOSAL_CREATED =
  GOVERNOR.getEvent("ProposalCreated")?.topicHash ?? "";

/** The same with the description as bytes: anybody writes it, and what is no UTF-8 must not make all proposals unreadable. */
const FIELDS = (GOVERNOR.getEvent("ProposalCreated")?.inputs ?? []).map(
  ({ name, type }) => `${name === "description" ? "bytes" : type} ${name}`,
);

/** A `ProposalCreated` log, decoded. */
export function toCreated(log: Pick<Log, "data">): Created {
  const args = AbiCoder.defaultAbiCoder().decode(FIELDS, log.data);
  const description = String(args["description"]);
  // Named as methods of arrays are, so read by their places.
  const [values, calldatas] = [args[3] as bigint[], args[5] as string[]];
  return {
    id: String(args["proposalId"]),
    proposer: lower(args["proposer"]),
    calls: [...(args["targets"] as string[])].map(
      (target, i): GovernanceCall => ({
        target: lower(target),
        value: BigInt(values[i] ?? 0),
        data: lower(calldatas[i]),
      }),
    ),
    description: toUtf8String(description, Utf8ErrorFuncs.replace),
    descriptionHash: keccak256(description) as Hex,
    snapshot: safe(args["voteStart"]),
  };
}

/** What the governor tells of its proposals. */
export function createProposals({
  base: { rpc, call },
  dao: { governor },
  one,
  logs,
}: GovernanceContext): Pick<Governance, "proposals" | "proposal" | "hasVoted"> {
  const created = async (): Promise<Created[]> =>
    (await logs(governor.address, [PROPOSAL_CREATED])).map(toCreated);

  /** The hash of a target's code, as EXTCODEHASH gives it; zero where there is none. */
  const codeOf = async (target: Hex): Promise<Hex> => {
    const code = await rpc.ask("eth_getCode", [target, "latest"], hexData);
    return (code === "0x" ? ZeroHash : keccak256(code)) as Hex;
  };

  const viewOf = async (proposal: Created): Promise<ProposalView> => {
    const { id, calls, snapshot } = proposal;
    const about = (name: string) => one(governor, name, [id]);
    const state = PROPOSAL_STATES[safe(await about("state"))];
    if (state === undefined) throw new TypeError("an unknown state");
    const votes = await call(governor, "proposalVotes", [id]);
    const recorded = (await about("codeAtProposal")) as Result;
    const targets = calls.map(({ target }) => target);
    return {
      ...proposal,
      state,
      deadline: safe(await about("proposalDeadline")),
      eta: safe(await about("proposalEta")),
      votes: {
        against: BigInt(votes["againstVotes"]),
        for: BigInt(votes["forVotes"]),
        abstain: BigInt(votes["abstainVotes"]),
      },
      // Not known before the snapshot, for works can still be wrapped.
      quorum:
        snapshot < (await newestTime(rpc))
          ? BigInt((await one(governor, "quorum", [snapshot])) as bigint)
          : undefined,
      codeAtProposal: [...recorded].map(lower),
      codeNow: await Promise.all(targets.map(codeOf)),
    };
  };

  return {
    async proposals() {
      const views: ProposalView[] = [];
      for (const each of await created()) views.push(await viewOf(each));
      return views;
    },
    async proposal(id) {
      const found = (await created()).find((each) => each.id === id);
      if (found !== undefined) return viewOf(found);
      throw new FatalError(
        "dao/no-proposal",
        `There is no proposal \`${id}\`; npx hardhat proposals shows those that there are.`,
      );
    },
    hasVoted: async (id, account) =>
      Boolean(await one(governor, "hasVoted", [id, account])),
  };
}
