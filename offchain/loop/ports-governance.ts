import type { Hex } from "../kernel/bytes.ts";
import type { SlotName } from "../kernel/slots.ts";
import type { Once } from "./chain.ts";
import type { MinedTransaction } from "./chain-facts.ts";

/** Where a DAO's contracts are. */
export interface DaoAddresses {
  readonly governor: Hex;
  readonly timelock: Hex;
  readonly votes: Hex;
  readonly controller: Hex;
  readonly registrarSeat: Hex;
}

/** Limits of a slot, in its unit and in seconds. */
export interface SlotLimits {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly budget: number;
  readonly delay: number;
  readonly window: number;
}

export interface SlotView {
  readonly slot: SlotName;
  readonly value: number;
  readonly cap: number;
  readonly limits: SlotLimits;
  /** Of the budget, now. */
  readonly spent: number;
  /** Unix seconds; 0 if the steward never moved it. */
  readonly movedAt: number;
}

export interface ControllerView {
  readonly slots: readonly SlotView[];
  readonly receiver: Hex;
  /** Unix seconds. */
  readonly grantExpires: number;
  readonly frozen: boolean;
  readonly breaker: {
    readonly staleAfter: number;
    readonly maxChange: number;
    readonly maxVolatility: number;
  };
  /** Who has the steward's job. */
  readonly stewards: readonly Hex[];
  /** Who was offered it and has not accepted. */
  readonly offered: readonly Hex[];
}

/** One call of a proposal, as it is on chain. */
export interface GovernanceCall {
  readonly target: Hex;
  /** Wei. */
  readonly value: bigint;
  readonly data: Hex;
}

/** OpenZeppelin's states (IGovernor.ProposalState), in its order. */
export const PROPOSAL_STATES = [
  "pending",
  "active",
  "canceled",
  "defeated",
  "succeeded",
  "queued",
  "expired",
  "executed",
] as const;

export type ProposalState = (typeof PROPOSAL_STATES)[number];

export interface ProposalView {
  /** Decimal. */
  readonly id: string;
  readonly proposer: Hex;
  readonly state: ProposalState;
  readonly calls: readonly GovernanceCall[];
  /** What is no UTF-8 in it is replaced. */
  readonly description: string;
  /** Keccak-256 of its bytes, as they are on chain. */
  readonly descriptionHash: Hex;
  /** Unix seconds: votes count from, and until. */
  readonly snapshot: number;
  readonly deadline: number;
  /** When the timelock lets it go, unix seconds; 0 until it is queued. */
  readonly eta: number;
  readonly votes: {
    readonly against: bigint;
    readonly for: bigint;
    readonly abstain: bigint;
  };
  /** Votes for and abstaining that it needs; undefined while voting has not begun. */
  readonly quorum: bigint | undefined;
  /** Code of the targets when it was proposed; 0 for none. */
  readonly codeAtProposal: readonly Hex[];
  readonly codeNow: readonly Hex[];
}

export interface DaoTerms {
  /** Seconds. */
  readonly votingDelay: number;
  readonly votingPeriod: number;
  readonly timelockDelay: number;
  /** Votes. */
  readonly proposalThreshold: bigint;
  /** Of wrapped works, percent; and of works ever minted, bps: the larger counts. */
  readonly quorumPercent: number;
  readonly floorBps: number;
  readonly wrapped: bigint;
  readonly everMinted: number;
}

/** A parameter change's event, whoever made it. */
export interface ParameterChangedEvent {
  readonly slot: SlotName;
  readonly by: Hex;
  readonly from: number;
  readonly to: number;
  /** SHA-256 of their canonical JSON. */
  readonly reasons: Hex;
  readonly block: number;
  readonly logIndex: number;
  /** Unix seconds. */
  readonly time: number;
}

/**
 * The DAO and its controller on one chain. Writing calls behave as those of `Chain`: exactly once by key, settled, and FatalError
 * `chain/refused`, `chain/no-key`, `chain/reverted`. @throws FatalError `dao/none` where the chain has no DAO yet.
 */
export interface Governance {
  readonly addresses: DaoAddresses;
  terms(): Promise<DaoTerms>;
  controller(): Promise<ControllerView>;
  changes(): Promise<readonly ParameterChangedEvent[]>;
  /** Newest last. */
  proposals(): Promise<readonly ProposalView[]>;
  /** @throws FatalError `dao/no-proposal`. */
  proposal(id: string): Promise<ProposalView>;
  /** Time of the newest block, unix seconds. */
  now(): Promise<number>;
  /** Waits until a block has this time; a development chain is told to make one. */
  reachTime(time: number, signal?: AbortSignal): Promise<void>;
  votesOf(account: Hex, at?: number): Promise<bigint>;
  delegateOf(account: Hex): Promise<Hex>;
  /** Who holds a wrapped work. @throws FatalError `dao/not-wrapped`. */
  holderOf(token: string): Promise<Hex>;
  /** Whether an account has voted. */
  hasVoted(id: string, account: Hex): Promise<boolean>;
  /** Calls as the timelock would make them, in order, on the present state. @throws FatalError `chain/refused` naming the call and its error. */
  simulate(calls: readonly GovernanceCall[]): Promise<void>;

  move(
    moving: {
      readonly slot: SlotName;
      readonly to: number;
      readonly reasons: Hex;
      readonly round: number;
      readonly steward: Hex;
    },
    once: Once,
  ): Promise<MinedTransaction>;
  acceptSteward(steward: Hex, once: Once): Promise<MinedTransaction>;
  freeze(once: Once): Promise<MinedTransaction>;
  /** One transaction for each work; what comes back is the last, with the gas of all. */
  wrap(
    wrapping: { readonly holder: Hex; readonly tokens: readonly string[] },
    once: Once,
  ): Promise<MinedTransaction>;
  unwrap(
    unwrapping: { readonly holder: Hex; readonly tokens: readonly string[] },
    once: Once,
  ): Promise<MinedTransaction>;
  delegate(
    delegating: { readonly holder: Hex; readonly to: Hex },
    once: Once,
  ): Promise<MinedTransaction>;
  propose(
    proposing: {
      readonly proposer: Hex;
      readonly calls: readonly GovernanceCall[];
      readonly description: string;
    },
    once: Once,
  ): Promise<MinedTransaction & { readonly id: string }>;
  vote(
    voting: {
      readonly voter: Hex;
      readonly id: string;
      readonly support: "against" | "for" | "abstain";
      readonly reason: string;
    },
    once: Once,
  ): Promise<MinedTransaction>;
  queue(id: string, once: Once): Promise<MinedTransaction>;
  execute(id: string, once: Once): Promise<MinedTransaction>;
  cancel(
    cancelling: { readonly id: string; readonly account: Hex },
    once: Once,
  ): Promise<MinedTransaction>;
}
