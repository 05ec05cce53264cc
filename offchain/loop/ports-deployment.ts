import type { Hex } from "../kernel/bytes.ts";
import type { Job, OracleView, Royalty } from "./chain.ts";
import type { DaoAddresses } from "./ports-governance.ts";

/** What a deployment consists of, in the order in which it is sent: each is told the addresses of those before it. */
export const CONTRACTS = [
  "RecipeRegistry",
  "LoopCollection",
  "MarketOracle",
] as const;
export type ContractName = (typeof CONTRACTS)[number];
export type Addresses = Readonly<Record<ContractName, Hex>>;

/** What a DAO consists of besides. */
export const DAO_CONTRACTS = {
  governor: "LoopGovernor",
  timelock: "LoopTimelock",
  votes: "LoopVotes",
  controller: "ParameterController",
  registrarSeat: "RegistrarSeat",
} as const satisfies Record<keyof DaoAddresses, string>;
export type DaoContractName =
  (typeof DAO_CONTRACTS)[keyof typeof DAO_CONTRACTS];

/** What the contracts are told for ever, or at first. Accounts are text until `checkTerms` has looked at them. */
export interface DeploymentTerms {
  readonly jobs: Readonly<Record<Job, string>>;
  /** Seconds. */
  readonly adminDelay: number;
  readonly name: string;
  readonly symbol: string;
  readonly contractURI: string;
  readonly maxSupply: number;
  /** Blocks. */
  readonly seedDelay: number;
  /** Blocks. */
  readonly sealWindow: number;
  readonly worksPerDay: number;
  readonly owner: string;
  readonly royaltyReceiver: string;
  readonly royaltyBps: number;
  /** Zero for nobody yet. */
  readonly oracleAdapter: string;
  readonly bounds: OracleView["bounds"];
  readonly firstRound: number;
}

/** Where a deployment is to go. */
export interface Destination {
  readonly name: string;
  /** Undefined for a network of one's own. */
  readonly chainId: number | undefined;
  /** Fewest blocks from an opening to its seed block, and why. */
  readonly seedDelay: number;
  readonly why: string;
}

/** A contract as it was compiled here. */
export interface BuiltContract {
  /** Code that deploys it, without arguments. */
  readonly creation: Hex;
  /** Code that it has then, zero where immutables go. */
  readonly runtime: Hex;
  /** Byte offsets of each immutable, which is 32 bytes long. */
  readonly immutables: readonly (readonly number[])[];
}

/** The compiled contracts. */
export interface Build {
  contract(name: ContractName | DaoContractName): Promise<BuiltContract>;
  /** Creation code with the arguments that the module gives it; those before it are at these addresses. */
  creation(name: ContractName, at: Partial<Addresses>): Promise<Hex>;
}

/** A header as a plan needs it. */
export interface PlanHeader {
  readonly number: number;
  readonly hash: Hex;
  readonly mixHash: Hex;
}

/**
 * A chain before the contracts are there. Nothing is ever sent.
 * Errors: RetryableError `chain/unreachable`, FatalError `chain/refused`.
 */
export interface PlanChain {
  chainId(): Promise<number>;
  /** What a contract sees as `block.number`, and what the node calls the newest block, at one moment. */
  blockNumbers(): Promise<{ readonly seen: number; readonly told: number }>;
  /** Whether the EVM is new enough for what the compiler made (Cancun). */
  runsCode(): Promise<boolean>;
  /** The hash that EIP-2935's history contract gives for a block; undefined where there is none, or it does not know. */
  historyHash(block: number): Promise<Hex | undefined>;
  /** Undefined for the newest block. */
  header(block?: number): Promise<PlanHeader>;
  hasCode(address: Hex): Promise<boolean>;
  /** Transactions of the account so far, those that wait included. */
  nonceOf(account: Hex): Promise<number>;
  balanceOf(account: Hex): Promise<bigint>;
  /** Where the account's transaction with this nonce puts a contract. */
  addressOf(account: Hex, nonce: number): Hex;
  /** Gas of a deployment as the chain itself counts it. */
  gasOf(from: Hex, creation: Hex): Promise<number>;
}

/** The roles of OpenZeppelin's TimelockController. */
export const TIMELOCK_ROLES = [
  "admin",
  "proposer",
  "canceller",
  "executor",
] as const;

/** A role by its name, or by its id where nobody knows it. */
export type RoleName = Job | "steward" | (typeof TIMELOCK_ROLES)[number] | Hex;

/** An account and a role that it has, or was offered. */
export interface RoleEntry {
  readonly role: RoleName;
  readonly account: Hex;
}

/** Who has which job by the registry's book. */
export interface BookFacts {
  /** Every account that was ever told of, with every job it holds by the registry's views. */
  readonly holders: readonly RoleEntry[];
  /** The same as the events since the deployment tell it. */
  readonly byEvents: readonly RoleEntry[];
  readonly offers: readonly RoleEntry[];
  readonly admin: Hex;
  readonly adminDelay: number;
  /** To whom the admin's own job is on its way. */
  readonly pendingAdmin: Hex | undefined;
  /** Another delay that will hold. */
  readonly pendingDelay: number | undefined;
}

/** What the collection tells of itself. */
export interface CollectionFacts {
  readonly registry: Hex;
  readonly name: string;
  readonly symbol: string;
  readonly contractURI: string;
  readonly maxSupply: number;
  readonly seedDelay: number;
  readonly sealWindow: number;
  readonly worksPerDay: number;
  readonly owner: Hex;
  readonly royalty: Royalty;
  readonly paused: boolean;
  readonly validator: Hex | undefined;
  /** 0 while the forge is closed. */
  readonly forgeParents: number;
  readonly oracle: Hex | undefined;
}

/** What the oracle tells of itself. */
export interface OracleFacts {
  readonly registry: Hex;
  readonly collection: Hex;
  readonly firstRound: number;
  readonly bounds: OracleView["bounds"];
  readonly active: Hex | undefined;
  readonly fallback: Hex | undefined;
  /** Whom it heard at its deployment; undefined for nobody. */
  readonly firstActive: Hex | undefined;
}

/** What a DAO's contracts tell of each other, and who may do what in the timelock. */
export interface DaoFacts {
  /** As in {@link BookFacts}. */
  readonly holders: readonly RoleEntry[];
  readonly byEvents: readonly RoleEntry[];
  readonly timelockGovernor: Hex;
  readonly governorTimelock: Hex;
  readonly governorVotes: Hex;
  readonly governorCollection: Hex;
  readonly votesCollection: Hex;
  readonly controllerCollection: Hex;
  readonly controllerRegistry: Hex;
  readonly seatOwner: Hex;
  readonly seatRegistry: Hex;
  /** As the controller has it. */
  readonly royalty: Royalty;
}

/** Who may sign what an adapter of the oracle brings: accounts, and how many of them it takes; undefined for what signs otherwise. */
export interface Signatories {
  readonly accounts: readonly Hex[];
  readonly quorum: number;
}

/** Contracts that are said to be ours. What is none of ours may refuse any question. */
export interface DeployedChain {
  code(address: Hex): Promise<Hex>;
  /** @param accounts asked about besides those that events name. */
  book(registry: Hex, accounts: readonly Hex[]): Promise<BookFacts>;
  collection(address: Hex): Promise<CollectionFacts>;
  oracle(address: Hex): Promise<OracleFacts>;
  /** @param accounts asked about besides those that events name. */
  dao(at: DaoAddresses, accounts: readonly Hex[]): Promise<DaoFacts>;
  /** Whether an account is a contract, so that nobody signs for it. */
  isContract(address: Hex): Promise<boolean>;
  signatories(adapter: Hex): Promise<Signatories | undefined>;
}
