import type { Hex } from "../../offchain/kernel/bytes.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import {
  SLOT_CAPS,
  SLOTS,
  type SlotName,
} from "../../offchain/kernel/slots.ts";
import type { Once } from "../../offchain/loop/chain.ts";
import { noPoint, type Point } from "../../offchain/loop/journal.ts";
import type {
  Governance,
  GovernanceCall,
  ParameterChangedEvent,
  ProposalView,
  SlotLimits,
} from "../../offchain/loop/ports-governance.ts";
import { at } from "./governed.ts";

const DAY = 86_400;

/** What a controller and a governor in memory hold: it outlives every process of a test. */
export interface DaoLedger {
  time: number;
  block: number;
  /** The oracle's newest round, and when it was accepted. */
  newest: () => { readonly round: number; readonly time: number };
  readonly values: Record<SlotName, number>;
  readonly limits: Record<SlotName, SlotLimits>;
  readonly movedAt: Partial<Record<SlotName, number>>;
  readonly spent: Partial<Record<SlotName, number>>;
  readonly changes: ParameterChangedEvent[];
  readonly proposals: ProposalView[];
  readonly stewards: Hex[];
  readonly offered: Hex[];
  frozen: boolean;
  grantExpires: number;
  votes: bigint;
  /** Results by outbox key: a transaction is never made twice. */
  readonly sent: Map<string, unknown>;
}

const limitsOf = (
  low: number,
  high: number,
  step: number,
  budget: number,
): SlotLimits => ({ low, high, step, budget, delay: DAY, window: 30 * DAY });

/** A DAO that has just taken office. */
export function createDaoLedger(newest: DaoLedger["newest"]): DaoLedger {
  return {
    time: 0,
    block: 1,
    newest,
    values: {
      royalty: 500,
      "burn-count": 2,
      "mint-price": 0,
      "epoch-cadence": 0,
      "guard-threshold": 5_000,
      "odds-sensitivity": 10_000,
    },
    limits: {
      royalty: limitsOf(0, 1_000, 50, 150),
      "burn-count": limitsOf(2, 6, 1, 2),
      "mint-price": limitsOf(0, 1_000, 0, 0),
      "epoch-cadence": limitsOf(0, 14 * DAY, DAY, DAY),
      "guard-threshold": limitsOf(4_000, 7_000, 250, 500),
      "odds-sensitivity": limitsOf(5_000, 20_000, 1_000, 2_000),
    },
    movedAt: {},
    spent: {},
    changes: [],
    proposals: [],
    stewards: [],
    offered: [at("e")],
    frozen: false,
    grantExpires: Number.MAX_SAFE_INTEGER,
    votes: 0n,
    sent: new Map(),
  };
}

/**
 * The DAO in memory, as far as a steward meets it: the box by the contract's rules, written once more here; a budget that never leaks.
 * `point` passes what the real adapter's does: `<key>/outbox` before a transaction counts, `<key>/mined` after.
 */
export function fakeBox(
  ledger: DaoLedger,
  { point = noPoint }: { readonly point?: Point } = {},
): Governance {
  const refuse = (why: string): never => {
    throw new FatalError("chain/refused", `The fake DAO refuses: ${why}.`);
  };
  const send = async <T extends object>({ key }: Once, work: () => T) => {
    const done = ledger.sent.get(key);
    const mined = { hash: at("c"), block: ledger.block, gasUsed: 50_000 };
    if (done !== undefined) return done as typeof mined & T;
    point(`${key}/outbox`);
    const result = { ...mined, ...work() };
    ledger.block += 1;
    ledger.sent.set(key, result);
    point(`${key}/mined`);
    return result;
  };
  const unused = (): never => {
    throw new Error("the fake DAO has no such thing");
  };
  return {
    addresses: {
      governor: at("2"),
      timelock: at("3"),
      votes: at("4"),
      controller: at("1"),
      registrarSeat: at("5"),
    },
    terms: async () => ({
      votingDelay: DAY,
      votingPeriod: 5 * DAY,
      timelockDelay: 2 * DAY,
      proposalThreshold: 2n,
      quorumPercent: 4,
      floorBps: 200,
      wrapped: 10n,
      everMinted: 10,
    }),
    controller: async () => ({
      slots: SLOTS.map((slot) => ({
        slot,
        value: ledger.values[slot],
        cap: SLOT_CAPS[slot],
        limits: ledger.limits[slot],
        spent: ledger.spent[slot] ?? 0,
        movedAt: ledger.movedAt[slot] ?? 0,
      })),
      receiver: at("9"),
      grantExpires: ledger.grantExpires,
      frozen: ledger.frozen,
      breaker: { staleAfter: 2 * DAY, maxChange: 5_000, maxVolatility: 5_000 },
      stewards: [...ledger.stewards],
      offered: [...ledger.offered],
    }),
    changes: async () => [...ledger.changes],
    proposals: async () => [...ledger.proposals],
    proposal: unused,
    now: async () => ledger.time,
    reachTime: unused,
    votesOf: async () => ledger.votes,
    delegateOf: unused,
    holderOf: unused,
    hasVoted: unused,
    simulate: async () => {},
    move: ({ slot, to, reasons, round, steward }, once) =>
      send(once, () => {
        const from = ledger.values[slot];
        const { low, high, step, budget, delay } = ledger.limits[slot];
        const newest = ledger.newest();
        const spent = (ledger.spent[slot] ?? 0) + Math.abs(to - from);
        const movedAt = ledger.movedAt[slot];
        if (!ledger.stewards.includes(steward)) refuse("another account");
        if (ledger.frozen) refuse("a frozen steward");
        if (round !== newest.round) refuse("another round");
        if (to < low || to > high) refuse("a value out of bounds");
        if (Math.abs(to - from) > step) refuse("too long a step");
        if (spent > budget) refuse("a spent budget");
        if (movedAt !== undefined && ledger.time < movedAt + delay)
          refuse("a move too soon");
        if (to === from) refuse("no change");
        ledger.values[slot] = to;
        ledger.movedAt[slot] = ledger.time;
        ledger.spent[slot] = spent;
        const { time, block } = ledger;
        const where = { block, logIndex: 0, time };
        ledger.changes.push({ slot, by: steward, from, to, reasons, ...where });
        return {};
      }),
    acceptSteward: (steward, once) =>
      send(once, () => {
        if (!ledger.offered.includes(steward)) refuse("no offer");
        ledger.offered.splice(0, 1);
        ledger.stewards.push(steward);
        return {};
      }),
    propose: ({ proposer, calls, description }, once) =>
      send(once, () => {
        const id = `${ledger.proposals.length + 1}`;
        const { time } = ledger;
        ledger.proposals.push(
          proposalOf({ id, proposer, calls, description, time }),
        );
        return { id };
      }),
    freeze: unused,
    wrap: unused,
    unwrap: unused,
    delegate: unused,
    vote: unused,
    queue: unused,
    execute: unused,
    cancel: unused,
  };
}

function proposalOf({
  time,
  ...said
}: {
  readonly id: string;
  readonly proposer: Hex;
  readonly calls: readonly GovernanceCall[];
  readonly description: string;
  readonly time: number;
}): ProposalView {
  return {
    ...said,
    descriptionHash: `0x${"dd".repeat(32)}`,
    state: "pending",
    snapshot: time + DAY,
    deadline: time + 6 * DAY,
    eta: 0,
    votes: { against: 0n, for: 0n, abstain: 0n },
    quorum: undefined,
    codeAtProposal: [],
    codeNow: [],
  };
}
