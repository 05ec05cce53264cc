import type { Hex } from "../kernel/bytes.ts";
import type { comparing, Finding } from "./deployment-findings.ts";
import type {
  Addresses,
  BookFacts,
  CollectionFacts,
  DaoContractName,
  DaoFacts,
  DeploymentTerms,
} from "./ports-deployment.ts";
import type { DaoAddresses } from "./ports-governance.ts";
import { outsiders, type KeyPower } from "./privileged-keys.ts";

/** What should be there once a DAO was founded. */
export type FoundedTerms = DeploymentTerms &
  Pick<CollectionFacts, "forgeParents" | "validator">;

/**
 * Terms as a founding changed them: the admin's job and the page are the timelock's, two jobs those of contracts, the operator's
 * whoever got it if the deployer had it; and what is moved by vote is as it stands, the royalty as the controller has it.
 */
export function afterFounding(
  terms: DeploymentTerms,
  {
    dao,
    facts,
    book,
    collection,
    deployer,
  }: {
    readonly dao: DaoAddresses;
    readonly facts: DaoFacts;
    readonly book: BookFacts;
    readonly collection: CollectionFacts;
    readonly deployer: Hex;
  },
): FoundedTerms {
  const operator = book.holders.find(({ role }) => role === "operator");
  const moved = terms.jobs.operator.toLowerCase() === deployer;
  const { worksPerDay, contractURI, forgeParents, validator } = collection;
  return {
    ...terms,
    jobs: {
      ...terms.jobs,
      admin: dao.timelock,
      registrar: dao.registrarSeat,
      parameterAuthority: dao.controller,
      ...(moved && operator !== undefined && operator.account !== deployer
        ? { operator: operator.account }
        : {}),
    },
    owner: dao.timelock,
    royaltyReceiver: facts.royalty.receiver,
    royaltyBps: facts.royalty.bps,
    worksPerDay,
    contractURI,
    forgeParents,
    validator,
  };
}

/** What was moved since the deployment, for a person: parameter files are not changed by votes. */
export function movedSince(
  terms: DeploymentTerms,
  now: FoundedTerms,
): readonly string[] {
  const moved = (
    ["royaltyBps", "royaltyReceiver", "worksPerDay", "contractURI"] as const
  ).flatMap((name) =>
    String(terms[name]).toLowerCase() === String(now[name]).toLowerCase()
      ? []
      : [`${name} is ${now[name]}, at first ${terms[name]}`],
  );
  if (moved.length === 0) return [];
  return [
    `Moved since the deployment, before or by the DAO: ${moved.join("; ")}.`,
  ];
}

/** Whether the DAO's contracts are wired to each other, its timelock obeys the governor alone, and nobody else has a power. */
export function daoFindings(
  on: (contract: DaoContractName) => ReturnType<typeof comparing>,
  facts: DaoFacts,
  dao: DaoAddresses,
  at: Addresses,
): Finding[] {
  const [timelock, governor] = [on("LoopTimelock"), on("LoopGovernor")];
  const [votes, controller, seat] = [
    on("LoopVotes"),
    on("ParameterController"),
    on("RegistrarSeat"),
  ];
  const wanted = [
    `${dao.timelock} admin`,
    ...["canceller", "executor", "proposer"].map(
      (role) => `${dao.governor} ${role}`,
    ),
  ].sort();
  const told = ({ holders }: Pick<DaoFacts, "holders">): string =>
    holders
      .map(({ role, account }) => `${account} ${role}`)
      .sort()
      .join();
  const { LoopCollection: collection, RecipeRegistry: registry } = at;
  const wire = "dao-wiring";
  return [
    ...timelock("timelock-roles", "roles", wanted.join(), told(facts)),
    ...timelock(
      "role-events",
      "roles by events",
      told(facts),
      told({ holders: facts.byEvents }),
    ),
    ...timelock(wire, "governor", dao.governor, facts.timelockGovernor),
    ...governor(wire, "timelock", dao.timelock, facts.governorTimelock),
    ...governor(wire, "votes", dao.votes, facts.governorVotes),
    ...governor(wire, "collection", collection, facts.governorCollection),
    ...votes(wire, "collection", collection, facts.votesCollection),
    ...controller(wire, "collection", collection, facts.controllerCollection),
    ...controller(wire, "registry", registry, facts.controllerRegistry),
    ...seat(wire, "owner", dao.timelock, facts.seatOwner),
    ...seat(wire, "registry", registry, facts.seatRegistry),
  ];
}

/** A finding for each power that is left with anybody but the DAO, guardian and steward. */
export function outsiderFindings(
  on: (contract: KeyPower["contract"]) => ReturnType<typeof comparing>,
  powers: readonly KeyPower[],
): Finding[] {
  return outsiders(powers).flatMap(({ contract, power, account, standing }) =>
    on(contract)(
      "key-outside",
      `${power}${standing === "offered" ? ", offered" : ""}`,
      "the DAO",
      account,
    ),
  );
}
