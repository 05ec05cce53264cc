import type { Hex } from "../kernel/bytes.ts";
import { JOBS } from "./chain.ts";
import type {
  Addresses,
  BookFacts,
  CollectionFacts,
  ContractName,
  DaoContractName,
  DeploymentTerms,
  OracleFacts,
} from "./ports-deployment.ts";

/** Something that is not as the parameters say. */
export interface Finding {
  readonly kind: `deploy/finding/${string}`;
  readonly contract: ContractName | DaoContractName;
  /** What was looked at, for people. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** What was looked at, whether it was right or not. */
export type Compare = (
  kind: string,
  what: string,
  expected: unknown,
  found: unknown,
) => Finding[];

const NOBODY = "nobody";
const ZERO = `0x${"00".repeat(20)}`;

/** Compares one thing, and says so to whoever counts. */
export function comparing(
  contract: ContractName | DaoContractName,
  looked: (what: string) => void,
): Compare {
  return (kind, what, expected, found) => {
    looked(what);
    const [wanted, actual] = [told(expected), told(found)];
    if (wanted === actual) return [];
    return [
      {
        kind: `deploy/finding/${kind}`,
        contract,
        what,
        expected: wanted,
        found: actual,
      },
    ];
  };
}

function told(value: unknown): string {
  const text = String(value);
  if (value === undefined || text === ZERO) return NOBODY;
  return /^0x[0-9a-f]{40}$/i.test(text) ? text.toLowerCase() : text;
}

/** The collection's own settings. */
export function collectionFindings(
  compare: Compare,
  facts: CollectionFacts,
  terms: DeploymentTerms &
    Pick<Partial<CollectionFacts>, "forgeParents" | "validator">,
  at: Addresses,
): Finding[] {
  const { royalty } = facts;
  return [
    ...compare("registry", "registry", at.RecipeRegistry, facts.registry),
    ...compare("name", "name", terms.name, facts.name),
    ...compare("symbol", "symbol", terms.symbol, facts.symbol),
    ...compare(
      "contract-uri",
      "contractURI",
      terms.contractURI,
      facts.contractURI,
    ),
    ...compare("max-supply", "maxSupply", terms.maxSupply, facts.maxSupply),
    ...compare("seed-delay", "seedDelay", terms.seedDelay, facts.seedDelay),
    ...compare("seal-window", "sealWindow", terms.sealWindow, facts.sealWindow),
    ...compare(
      "works-per-day",
      "worksPerDay",
      terms.worksPerDay,
      facts.worksPerDay,
    ),
    ...compare("owner", "owner()", terms.owner, facts.owner),
    ...compare(
      "royalty",
      "royaltyReceiver",
      terms.royaltyReceiver,
      royalty.receiver,
    ),
    ...compare("royalty", "royaltyBps", terms.royaltyBps, royalty.bps),
    ...compare("paused", "paused", false, facts.paused),
    ...compare(
      "validator",
      "transfer validator",
      terms.validator,
      facts.validator,
    ),
    ...compare(
      "forge-open",
      "works for a forging",
      terms.forgeParents ?? 0,
      facts.forgeParents,
    ),
    ...(facts.oracle === undefined
      ? []
      : compare("oracle", "oracle", at.MarketOracle, facts.oracle)),
  ];
}

/** The oracle's own settings; whom it hears may have been changed by the admin since, so its first adapter counts. */
export function oracleFindings(
  compare: Compare,
  facts: OracleFacts,
  terms: DeploymentTerms,
  at: Addresses,
): Finding[] {
  const bounds = Object.entries(terms.bounds).flatMap(([name, expected]) =>
    compare(
      "bounds",
      name,
      expected,
      facts.bounds[name as keyof OracleFacts["bounds"]],
    ),
  );
  return [
    ...compare("registry", "registry", at.RecipeRegistry, facts.registry),
    ...compare("collection", "collection", at.LoopCollection, facts.collection),
    ...compare(
      "adapter",
      "oracleAdapter",
      terms.oracleAdapter,
      facts.firstActive,
    ),
    ...compare("first-round", "firstRound", terms.firstRound, facts.firstRound),
    ...bounds,
  ];
}

/** Who has which job: one account each, nothing on its way, and nothing left with whoever deployed. */
export function bookFindings(
  compare: Compare,
  book: BookFacts,
  terms: DeploymentTerms,
  deployer: Hex,
  { founded }: { readonly founded: boolean },
): Finding[] {
  const findings: Finding[] = [];
  for (const job of JOBS) {
    const holders = book.holders.filter(({ role }) => role === job);
    const wanted = terms.jobs[job].toLowerCase();
    const holds = holders.some(({ account }) => account === wanted);
    findings.push(
      ...compare("role-missing", job, wanted, holds ? wanted : undefined),
    );
    for (const { account } of holders)
      if (account !== wanted)
        findings.push(
          ...compare(
            account === deployer ? "role-left" : "role-extra",
            `${job} besides`,
            undefined,
            account,
          ),
        );
  }
  // The steward's job is the DAO's to give, and there to be taken until it is.
  const steward = founded ? ["steward"] : [];
  const known: ReadonlySet<string> = new Set([...JOBS, ...steward]);
  for (const { role, account } of book.holders)
    if (!known.has(role))
      findings.push(
        ...compare("role-extra", `role ${role}`, undefined, account),
      );
  for (const { role, account } of book.offers)
    if (!steward.includes(role))
      findings.push(
        ...compare("offer-pending", `offer of ${role}`, undefined, account),
      );
  const lists = [book.holders, book.byEvents].map((list) =>
    list.map(({ role, account }) => `${account} ${role}`).sort(),
  );
  return [
    ...findings,
    ...compare(
      "role-events",
      "jobs by events",
      ...(lists as [unknown, unknown]),
    ),
    ...compare(
      "role-missing",
      "admin by his own view",
      terms.jobs.admin,
      book.admin,
    ),
    ...compare("admin-delay", "adminDelay", terms.adminDelay, book.adminDelay),
    ...compare("admin-pending", "admin to be", undefined, book.pendingAdmin),
    ...compare("admin-delay", "adminDelay to be", undefined, book.pendingDelay),
  ];
}
