import type { Hex } from "../kernel/bytes.ts";
import { isLoopError, RetryableError } from "../kernel/errors.ts";
import {
  afterFounding,
  daoFindings,
  movedSince,
  outsiderFindings,
} from "./dao-findings.ts";
import { compareCode } from "./deployment-code.ts";
import {
  bookFindings,
  collectionFindings,
  comparing,
  oracleFindings,
  type Compare,
  type Finding,
} from "./deployment-findings.ts";
import {
  CONTRACTS,
  DAO_CONTRACTS,
  type Addresses,
  type Build,
  type ContractName,
  type DaoContractName,
  type DeployedChain,
  type DeploymentTerms,
  type OracleFacts,
  type Signatories,
} from "./ports-deployment.ts";
import type { DaoAddresses } from "./ports-governance.ts";
import { listPowers, type KeyFacts, type KeyPower } from "./privileged-keys.ts";

/** What a check found. */
export interface DeploymentCheck {
  /** Everything that was compared, by contract. */
  readonly looked: readonly {
    readonly contract: ContractName | DaoContractName;
    readonly what: string;
  }[];
  readonly findings: readonly Finding[];
  /** What is worth a word and no mistake. */
  readonly notes: readonly string[];
  /** Who may do what, by role events and views; undefined where contracts could not be read. */
  readonly powers: readonly KeyPower[] | undefined;
}

/** What is checked, and what it should be. */
export interface DeploymentUnderCheck {
  readonly at: Addresses;
  readonly terms: DeploymentTerms;
  readonly deployer: Hex;
  /** The DAO, if one was founded. */
  readonly dao?: DaoAddresses | undefined;
}

/**
 * Compares contracts on a chain with what was compiled here and with the terms they should have been deployed on: code, immutables,
 * settings, and who holds which job. Once a DAO was founded, its contracts as well, and nobody else may hold a power. Sends nothing and
 * needs no key.
 * @throws RetryableError `chain/unreachable`: only what the chain answers can be a finding.
 */
export async function checkDeployment(
  { chain, build }: { readonly chain: DeployedChain; readonly build: Build },
  { at, terms, deployer, dao }: DeploymentUnderCheck,
): Promise<DeploymentCheck> {
  const looked: DeploymentCheck["looked"][number][] = [];
  const findings: Finding[] = [];
  const notes: string[] = [];
  const on = (contract: ContractName | DaoContractName): Compare =>
    comparing(contract, (what) => looked.push({ contract, what }));

  for (const [contract, address] of codeAt(at, dao)) {
    const code = await chain.code(address);
    const differs = compareCode(code, await build.contract(contract));
    findings.push(
      ...on(contract)(
        "code",
        "code",
        "as compiled here",
        differs ?? "as compiled here",
      ),
    );
  }

  /** Contracts that are none of ours may refuse any question; that is a finding, and no failure of the check. */
  const reading = async <T>(
    contract: ContractName | DaoContractName,
    work: () => Promise<T>,
  ): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RetryableError || !isLoopError(error)) throw error;
      findings.push(
        ...on(contract)(
          "unreadable",
          "answers",
          "as our contract's",
          error.message,
        ),
      );
      return undefined;
    }
  };
  const accounts = [...Object.values(terms.jobs), deployer] as Hex[];
  const book = await reading("RecipeRegistry", () =>
    chain.book(at.RecipeRegistry, accounts),
  );
  const collection = await reading("LoopCollection", () =>
    chain.collection(at.LoopCollection),
  );
  const oracle = await reading("MarketOracle", () =>
    chain.oracle(at.MarketOracle),
  );
  const facts =
    dao === undefined
      ? undefined
      : await reading("LoopTimelock", () => chain.dao(dao, accounts));

  // Nobody can say who should have which job when the DAO's contracts are none of ours.
  if (dao !== undefined && facts === undefined)
    return { looked, findings, notes, powers: undefined };
  const founded =
    dao && facts && book && collection
      ? afterFounding(terms, { dao, facts, book, collection, deployer })
      : undefined;
  if (founded !== undefined) notes.push(...movedSince(terms, founded));
  const expected = founded ?? terms;
  if (book !== undefined)
    findings.push(
      ...bookFindings(on("RecipeRegistry"), book, expected, deployer, {
        founded: founded !== undefined,
      }),
    );
  if (collection !== undefined) {
    findings.push(
      ...collectionFindings(on("LoopCollection"), collection, expected, at),
    );
    if (collection.oracle === undefined)
      notes.push(
        `The collection has no oracle yet; the admin names it: npx hardhat parameters --set oracle=${at.MarketOracle}`,
      );
  }
  if (oracle !== undefined) {
    findings.push(...oracleFindings(on("MarketOracle"), oracle, expected, at));
    notes.push(...adapterNotes(oracle));
  }
  if (dao !== undefined && facts !== undefined)
    findings.push(...daoFindings(on, facts, dao, at));
  if (!book || !collection || !oracle)
    return { looked, findings, notes, powers: undefined };

  const powers = await powersOf(chain, {
    book,
    owner: collection.owner,
    worksPerDay: collection.worksPerDay,
    oracle,
    dao: dao && facts && { at: dao, facts },
  });
  if (dao !== undefined) findings.push(...outsiderFindings(on, powers));
  return { looked, findings, notes, powers };
}

/** Where each contract's code is. */
function codeAt(
  at: Addresses,
  dao: DaoAddresses | undefined,
): readonly (readonly [ContractName | DaoContractName, Hex])[] {
  const first = CONTRACTS.map((name) => [name, at[name]] as const);
  if (dao === undefined) return first;
  const keys = Object.keys(DAO_CONTRACTS) as (keyof DaoAddresses)[];
  return [
    ...first,
    ...keys.map((key) => [DAO_CONTRACTS[key], dao[key]] as const),
  ];
}

function adapterNotes({
  active,
  fallback,
  firstActive,
}: Pick<OracleFacts, "active" | "fallback" | "firstActive">): string[] {
  if (active === undefined && fallback === undefined)
    return [
      "The oracle hears nobody yet; the admin names whom: npx hardhat parameters --set adapters=ACTIVE,FALLBACK",
    ];
  if (active === firstActive && fallback === undefined) return [];
  return [
    `The oracle hears ${active ?? "nobody"}, and ${fallback ?? "nobody"} behind: named since its deployment, by the admin.`,
  ];
}

/** The powers of everybody, with those who sign for the oracle's adapters. */
async function powersOf(
  chain: DeployedChain,
  known: Omit<KeyFacts, "signatories" | "contracts">,
): Promise<readonly KeyPower[]> {
  const signatories: Signatories[] = [];
  for (const adapter of [known.oracle.active, known.oracle.fallback]) {
    if (adapter === undefined || !(await chain.isContract(adapter))) continue;
    const those = await chain.signatories(adapter);
    if (those !== undefined) signatories.push(those);
  }
  const facts = { ...known, signatories };
  const listed = listPowers({ ...facts, contracts: new Set() });
  const contracts = new Set<Hex>();
  for (const account of new Set(listed.map(({ account }) => account)))
    if (await chain.isContract(account)) contracts.add(account);
  return listPowers({ ...facts, contracts });
}
