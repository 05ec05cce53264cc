import type { Hex } from "../kernel/bytes.ts";
import type {
  BookFacts,
  ContractName,
  DaoContractName,
  DaoFacts,
  OracleFacts,
  RoleName,
  Signatories,
} from "./ports-deployment.ts";
import type { DaoAddresses } from "./ports-governance.ts";

/** Who has a power: the DAO, one of the two accounts that it leaves power to, a key that only works, or anybody else. */
export type KeyHolder =
  "timelock" | "dao" | "guardian" | "steward" | "worker" | "outside";

/** Something that an account may do beside everybody. */
export interface KeyPower {
  readonly contract: ContractName | DaoContractName;
  /** The role, or another name. */
  readonly power: string;
  readonly account: Hex;
  /** Whether it has the power, or may take it at any time. */
  readonly standing: "has" | "offered";
  /** Whether somebody signs for the account. */
  readonly signs: boolean;
  readonly holder: KeyHolder;
  /** What it may do, as the end of a sentence. */
  readonly may: string;
}

/** All that is known of who may do what. */
export interface KeyFacts {
  readonly book: BookFacts;
  readonly owner: Hex;
  readonly worksPerDay: number;
  readonly oracle: Pick<OracleFacts, "active" | "fallback">;
  /** Of the oracle's adapters that are contracts of reporters. */
  readonly signatories: readonly Signatories[];
  /** Undefined while no DAO was founded. */
  readonly dao:
    { readonly at: DaoAddresses; readonly facts: DaoFacts } | undefined;
  /** Accounts that are contracts. */
  readonly contracts: ReadonlySet<Hex>;
}

/** What a job may do; what is not among these is privileged too. */
const MAY: Readonly<Partial<Record<RoleName, string>>> = {
  admin: "gives and takes every job, names oracle and adapters, unpauses",
  registrar: "registers and revokes recipes and datasets",
  parameterAuthority: "moves royalty, limits, terms and the validator",
  guardian:
    "pauses minting, revokes recipes and datasets, voids epochs, freezes the steward; moves no value",
  steward: "moves six parameters within their limits",
  publisher: "publishes an epoch of a round",
  voucherSigner: "signs vouchers, which no contract here takes",
};

/** What a role may do in the timelock. */
const IN_TIMELOCK: Readonly<Partial<Record<RoleName, string>>> = {
  admin: "gives and takes the roles below",
  proposer: "queues what was voted",
  canceller: "takes back what is queued",
  executor: "carries out what has waited long enough",
};

/** Jobs that work for the collection and decide nothing about it. */
const WORKERS: ReadonlySet<RoleName> = new Set([
  "operator",
  "publisher",
  "voucherSigner",
]);

/** Everything that somebody may do beside everybody: held, or offered and there to be taken. Signing is what a stolen key could do. */
export function listPowers(facts: KeyFacts): KeyPower[] {
  const { book, owner, oracle, signatories, dao, contracts } = facts;
  const powers: KeyPower[] = [];
  const add = (
    account: Hex | undefined,
    power: Pick<KeyPower, "contract" | "power" | "may"> &
      Partial<Pick<KeyPower, "standing">> & {
        readonly holder?: KeyHolder | undefined;
      },
  ): void => {
    if (account === undefined) return;
    const holder = holderOf(account, power.holder, dao?.at);
    const signs = !contracts.has(account);
    powers.push({ standing: "has", ...power, account, signs, holder });
  };

  const ofBook = (standing: KeyPower["standing"]) => {
    const entries = standing === "has" ? book.holders : book.offers;
    for (const { role, account } of entries)
      add(account, {
        contract: "RecipeRegistry",
        power: role,
        standing,
        holder: classOf(role),
        may:
          role === "operator"
            ? `opens at most ${facts.worksPerDay} works a day, and seals them`
            : (MAY[role] ?? "has a role that these contracts do not know"),
      });
  };
  ofBook("has");
  ofBook("offered");
  const registry = { contract: "RecipeRegistry", power: "admin" } as const;
  const admin = MAY.admin ?? "";
  add(book.pendingAdmin, { ...registry, standing: "offered", may: admin });
  add(owner, {
    contract: "LoopCollection",
    power: "owner()",
    may: "edits the collection's page where marketplaces let owners",
  });
  const [adapter, bring] = ["adapter", "brings rounds within its bounds"];
  for (const account of [oracle.active, oracle.fallback])
    add(account, {
      contract: "MarketOracle",
      power: adapter,
      holder: "worker",
      may: bring,
    });
  for (const { accounts, quorum } of signatories)
    for (const account of accounts)
      add(account, {
        contract: "MarketOracle",
        power: "reporter",
        holder: "worker",
        may: `signs what it sees; ${quorum} of ${accounts.length} make a round`,
      });
  for (const { role, account } of dao?.facts.holders ?? [])
    add(account, {
      contract: "LoopTimelock",
      power: `timelock ${role}`,
      may: IN_TIMELOCK[role] ?? "has a role that the timelock does not know",
    });
  return powers;
}

/** Accounts that have a power, or may take one, though they are neither the DAO, nor guardian or steward, nor only work. */
export function outsiders(powers: readonly KeyPower[]): readonly KeyPower[] {
  return powers.filter(({ holder }) => holder === "outside");
}

/** How many accounts are among them. */
export function accountsIn(powers: readonly KeyPower[]): number {
  return new Set(powers.map(({ account }) => account)).size;
}

function classOf(role: RoleName): KeyHolder | undefined {
  if (role === "guardian" || role === "steward") return role;
  return WORKERS.has(role) ? "worker" : undefined;
}

/** The DAO's own contracts are its own whatever they hold; nobody else is excused from more than his own job. */
function holderOf(
  account: Hex,
  own: KeyHolder | undefined,
  dao: DaoAddresses | undefined,
): KeyHolder {
  if (account === dao?.timelock) return "timelock";
  if (dao !== undefined && Object.values(dao).includes(account)) return "dao";
  return own ?? "outside";
}
