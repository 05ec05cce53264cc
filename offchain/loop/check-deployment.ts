import type { Hex } from "../kernel/bytes.ts";
import { isLoopError, RetryableError } from "../kernel/errors.ts";
import { compareCode } from "./deployment-code.ts";
import {
  bookFindings,
  collectionFindings,
  comparing,
  oracleFindings,
  type Finding,
} from "./deployment-findings.ts";
import {
  CONTRACTS,
  type Addresses,
  type Build,
  type ContractName,
  type DeployedChain,
  type DeploymentTerms,
} from "./ports-deployment.ts";

/** What a check found. */
export interface DeploymentCheck {
  /** Everything that was compared, by contract. */
  readonly looked: readonly {
    readonly contract: ContractName;
    readonly what: string;
  }[];
  readonly findings: readonly Finding[];
  /** What is worth a word and no mistake. */
  readonly notes: readonly string[];
}

/**
 * Compares contracts on a chain with what was compiled here and with the terms they should have been deployed on: code, immutables,
 * settings, and who holds which job. Sends nothing and needs no key.
 * @throws RetryableError `chain/unreachable`: only what the chain answers can be a finding.
 */
export async function checkDeployment(
  { chain, build }: { readonly chain: DeployedChain; readonly build: Build },
  {
    at,
    terms,
    deployer,
  }: {
    readonly at: Addresses;
    readonly terms: DeploymentTerms;
    readonly deployer: Hex;
  },
): Promise<DeploymentCheck> {
  const looked: { contract: ContractName; what: string }[] = [];
  const findings: Finding[] = [];
  const notes: string[] = [];
  const on = (contract: ContractName) =>
    comparing(contract, (what) => looked.push({ contract, what }));

  for (const contract of CONTRACTS) {
    const code = await chain.code(at[contract]);
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

  const accounts = [...Object.values(terms.jobs), deployer] as Hex[];
  findings.push(
    ...(await reading(on("RecipeRegistry"), async (compare) =>
      bookFindings(
        compare,
        await chain.book(at.RecipeRegistry, accounts),
        terms,
        deployer,
      ),
    )),
    ...(await reading(on("LoopCollection"), async (compare) => {
      const facts = await chain.collection(at.LoopCollection);
      if (facts.oracle === undefined)
        notes.push(
          `The collection has no oracle yet; the admin names it: npx hardhat parameters --set oracle=${at.MarketOracle}`,
        );
      return collectionFindings(compare, facts, terms, at);
    })),
    ...(await reading(on("MarketOracle"), async (compare) => {
      const facts = await chain.oracle(at.MarketOracle);
      if (facts.active === undefined && facts.fallback === undefined)
        notes.push(
          "The oracle hears nobody yet; the admin names whom: npx hardhat parameters --set adapters=ACTIVE,FALLBACK",
        );
      else if (
        facts.active !== facts.firstActive ||
        facts.fallback !== undefined
      )
        notes.push(
          `The oracle hears ${facts.active ?? "nobody"}, and ${facts.fallback ?? "nobody"} behind: named since its deployment, by the admin.`,
        );
      return oracleFindings(compare, facts, terms, at);
    })),
  );
  return { looked, findings, notes };
}

/** Contracts that are none of ours may refuse any question; that is a finding, and no failure of the check. */
async function reading(
  compare: ReturnType<typeof comparing>,
  work: (compare: ReturnType<typeof comparing>) => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await work(compare);
  } catch (error) {
    if (error instanceof RetryableError || !isLoopError(error)) throw error;
    return compare("unreadable", "answers", "as our contract's", error.message);
  }
}
