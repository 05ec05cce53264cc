import type { Interface } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { SLOTS } from "../kernel/slots.ts";
import type { MinedTransaction, Once } from "../loop/chain.ts";
import type {
  Governance,
  GovernanceCall,
  ProposalView,
} from "../loop/ports-governance.ts";
import { ACCEPTING, HOLDING } from "./chain-abi-governance.ts";
import type { Contract } from "./chain-call.ts";
import { STEWARD_ROLE, type Signer } from "./chain-jobs.ts";
import { logOf, toMined } from "./chain-send.ts";
import type { GovernanceContext } from "./governance-context.ts";
import { PROPOSAL_CREATED, toCreated } from "./governance-proposals.ts";

type Acts = Pick<
  Governance,
  | "move"
  | "acceptSteward"
  | "freeze"
  | "wrap"
  | "unwrap"
  | "delegate"
  | "propose"
  | "vote"
  | "queue"
  | "execute"
  | "cancel"
>;

/** OpenZeppelin's VoteType, in its order. */
const SUPPORT = ["against", "for", "abstain"] as const;

/** What is sent to the DAO's contracts, each exactly once by its key. */
export function createActs(
  { base, dao }: GovernanceContext,
  proposal: Governance["proposal"],
): Acts {
  const { collection, registry, send } = base;
  const { governor, votes, controller } = dao;
  const mined = async (
    signer: Signer,
    contract: Interface | Contract,
    name: string,
    args: readonly unknown[],
    once: Once,
  ): Promise<MinedTransaction> =>
    toMined(await send(signer, contract, name, args, once));
  /** Of the governor, about a proposal that it knows by its calls. */
  const about = async (
    signer: Signer,
    name: string,
    id: string,
    once: Once,
  ): Promise<MinedTransaction> =>
    mined(signer, governor, name, argumentsOf(await proposal(id)), once);

  return {
    move: ({ slot, to, reasons, round, steward }, once) =>
      mined(
        { account: steward },
        controller,
        "move",
        [SLOTS.indexOf(slot), to, reasons, round],
        once,
      ),
    acceptSteward: (steward, once) =>
      mined(
        { account: steward },
        { address: registry, abi: ACCEPTING },
        "acceptRole",
        [STEWARD_ROLE],
        once,
      ),
    freeze: (once) =>
      mined({ jobs: ["guardian"] }, controller, "freeze", [], once),
    async wrap({ holder, tokens }, once) {
      // One by one: a work that is sent to the wrapper is wrapped, so that nobody has to be approved for anything.
      const contract = { address: collection, abi: HOLDING };
      let last: MinedTransaction | undefined;
      let gasUsed = 0;
      for (const token of tokens) {
        last = await mined(
          { account: holder },
          contract,
          "safeTransferFrom",
          [holder, votes.address, token],
          { ...once, key: `${once.key}/${token}` },
        );
        gasUsed += last.gasUsed;
      }
      if (last === undefined) throw new TypeError("no work to wrap");
      return { ...last, gasUsed };
    },
    unwrap: ({ holder, tokens }, once) =>
      mined({ account: holder }, votes, "withdrawTo", [holder, tokens], once),
    delegate: ({ holder, to }, once) =>
      mined({ account: holder }, votes, "delegate", [to], once),
    async propose({ proposer, calls, description }, once) {
      const receipt = await send(
        { account: proposer },
        governor,
        "propose",
        [...columnsOf(calls), description],
        once,
      );
      const log = logOf(receipt, governor.address, PROPOSAL_CREATED);
      return { ...toMined(receipt), id: toCreated(log).id };
    },
    vote: ({ voter, id, support, reason }, once) =>
      mined(
        { account: voter },
        governor,
        "castVoteWithReason",
        [id, SUPPORT.indexOf(support), reason],
        once,
      ),
    queue: (id, once) => about("anybody", "queue", id, once),
    execute: (id, once) => about("anybody", "execute", id, once),
    cancel: ({ id, account }, once) => about({ account }, "cancel", id, once),
  };
}

/** Calls as the governor takes them: targets, values, calldata. */
function columnsOf(
  calls: readonly GovernanceCall[],
): [readonly Hex[], readonly bigint[], readonly Hex[]] {
  return [
    calls.map(({ target }) => target),
    calls.map(({ value }) => value),
    calls.map(({ data }) => data),
  ];
}

/** What names a proposal to the governor. */
function argumentsOf({
  calls,
  descriptionHash,
}: Pick<ProposalView, "calls" | "descriptionHash">): readonly unknown[] {
  return [...columnsOf(calls), descriptionHash];
}
