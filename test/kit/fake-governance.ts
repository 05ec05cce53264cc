import { SLOT_CAPS, SLOTS } from "../../offchain/kernel/slots.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import type { MinedTransaction, Once } from "../../offchain/loop/chain.ts";
import type {
  ControllerView,
  DaoTerms,
  Governance,
  GovernanceCall,
  ProposalState,
  ProposalView,
} from "../../offchain/loop/ports-governance.ts";
import { ADDRESSES } from "./governed.ts";

const DAY = 86_400;

/** Who votes, in tests. */
export const VOTER: Hex = `0x${"d1".repeat(20)}`;

/** What a DAO in memory holds. */
export interface FakeDao {
  time: number;
  votes: number;
  /** What the simulation refuses; empty for nothing. */
  refusal: string;
  controller: ControllerView;
  readonly terms: DaoTerms;
  readonly proposals: Map<string, ProposalView & { canceled?: boolean }>;
  readonly voted: Set<string>;
  /** What was sent, in order. */
  readonly sent: string[];
}

/** A DAO that has just been founded. */
export function createFakeDao(): FakeDao {
  return {
    time: 1_000_000,
    votes: 5,
    refusal: "",
    controller: {
      slots: SLOTS.map((slot) => ({
        slot,
        value: slot === "royalty" ? 500 : 1,
        cap: SLOT_CAPS[slot],
        limits: {
          low: 0,
          high: SLOT_CAPS[slot],
          step: 50,
          budget: 150,
          delay: DAY,
          window: 30 * DAY,
        },
        spent: 0,
        movedAt: 0,
      })),
      receiver: `0x${"e1".repeat(20)}`,
      grantExpires: 2_000_000,
      frozen: false,
      breaker: { staleAfter: DAY, maxChange: 2_000, maxVolatility: 3_000 },
      stewards: [`0x${"e2".repeat(20)}`],
      offered: [],
    },
    terms: {
      votingDelay: DAY,
      votingPeriod: 5 * DAY,
      timelockDelay: 2 * DAY,
      proposalThreshold: 2n,
      quorumPercent: 4,
      floorBps: 200,
      wrapped: 5n,
      everMinted: 100,
    },
    proposals: new Map(),
    voted: new Set(),
    sent: [],
  };
}

/**
 * The DAO in memory after the governor's rules, as far as the use cases depend on them: states by time and votes, one vote each. It stands
 * in where a chain takes seconds; test/tasks/dao.test.ts runs the same on one.
 */
export function fakeGovernance(dao: FakeDao): Governance {
  const mine = (what: string, { key }: Once): Promise<MinedTransaction> => {
    dao.sent.push(what);
    dao.time += 1;
    const hash: Hex = `0x${Buffer.from(key).toString("hex").padEnd(64, "0").slice(0, 64)}`;
    return Promise.resolve({ hash, block: dao.sent.length, gasUsed: 21_000 });
  };
  const stateOf = (
    view: ProposalView & { canceled?: boolean },
  ): ProposalState => {
    if (view.canceled === true) return "canceled";
    if (view.state === "executed" || view.state === "queued") return view.state;
    if (dao.time <= view.snapshot) return "pending";
    if (dao.time <= view.deadline) return "active";
    const { votes, quorum = 0n } = view;
    return votes.for > votes.against && votes.for + votes.abstain >= quorum
      ? "succeeded"
      : "defeated";
  };
  const proposal = async (id: string): Promise<ProposalView> => {
    const found = dao.proposals.get(id);
    if (found === undefined)
      throw new FatalError("dao/no-proposal", `No proposal \`${id}\`.`);
    return { ...found, state: stateOf(found) };
  };
  const change = (id: string, more: object): void => {
    const found = dao.proposals.get(id);
    if (found !== undefined) dao.proposals.set(id, { ...found, ...more });
  };
  const unused = (): never => {
    throw new Error("the fake DAO has no such thing");
  };
  const { "registrar-seat": registrarSeat, ...contracts } = ADDRESSES;
  return {
    addresses: { ...contracts, registrarSeat },
    terms: async () => dao.terms,
    controller: async () => dao.controller,
    changes: async () => [],
    proposals: () => Promise.all([...dao.proposals.keys()].map(proposal)),
    proposal,
    now: async () => dao.time,
    async reachTime(time) {
      dao.time = Math.max(dao.time, time);
    },
    votesOf: async () => BigInt(dao.votes),
    delegateOf: async (account) => account,
    holderOf: async () => VOTER,
    hasVoted: async (id, account) => dao.voted.has(`${id} ${account}`),
    async simulate() {
      if (dao.refusal === "") return;
      throw new FatalError("chain/refused", `The fake DAO: ${dao.refusal}.`);
    },
    move: unused,
    acceptSteward: unused,
    freeze: unused,
    wrap: ({ tokens }, once) => mine(`wrap ${tokens.join(",")}`, once),
    unwrap: ({ tokens }, once) => mine(`unwrap ${tokens.join(",")}`, once),
    delegate: ({ to }, once) => mine(`delegate ${to}`, once),
    async propose({ proposer, calls, description }, once) {
      const id = `${dao.proposals.size + 1}`;
      addProposal(dao, { id, proposer, calls, description });
      return { ...(await mine(`propose ${id}`, once)), id };
    },
    vote({ voter, id, support }, once) {
      dao.voted.add(`${id} ${voter}`);
      const { votes } = dao.proposals.get(id) as ProposalView;
      change(id, { votes: { ...votes, [support]: BigInt(dao.votes) } });
      return mine(`vote ${support} ${id}`, once);
    },
    queue(id, once) {
      change(id, { state: "queued", eta: dao.time + dao.terms.timelockDelay });
      return mine(`queue ${id}`, once);
    },
    execute(id, once) {
      change(id, { state: "executed" });
      return mine(`execute ${id}`, once);
    },
    cancel({ id }, once) {
      change(id, { canceled: true });
      return mine(`cancel ${id}`, once);
    },
  };
}

/** Puts a proposal of anybody into the DAO. */
export function addProposal(
  dao: FakeDao,
  {
    id,
    proposer,
    calls,
    description,
    ...more
  }: {
    readonly id: string;
    readonly proposer: Hex;
    readonly calls: readonly GovernanceCall[];
    readonly description: string;
  } & Partial<ProposalView>,
): void {
  const snapshot = dao.time + dao.terms.votingDelay;
  const code = calls.map((): Hex => `0x${"cc".repeat(32)}`);
  dao.proposals.set(id, {
    id,
    proposer,
    calls,
    description,
    descriptionHash: `0x${"00".repeat(32)}`,
    state: "pending",
    snapshot,
    deadline: snapshot + dao.terms.votingPeriod,
    eta: 0,
    votes: { against: 0n, for: 0n, abstain: 0n },
    quorum: 2n,
    codeAtProposal: code,
    codeNow: code,
    ...more,
  });
}
