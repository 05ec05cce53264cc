import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type {
  ArgumentType,
  CallableContractFuture,
  IgnitionModuleBuilder,
} from "@nomicfoundation/ignition-core";
import { id } from "ethers";

import { BREAKER, LIMITS, TIMELOCK_DELAY, VALUES, VOTING } from "./defaults.ts";

/** What a DAO is founded on. */
export interface Before {
  readonly registry: CallableContractFuture<string>;
  readonly collection: CallableContractFuture<string>;
  /** Who does the jobs that others do from now on. */
  readonly operator: ArgumentType;
  readonly registrar: ArgumentType;
  readonly parameterAuthority: ArgumentType;
}

/** The roles that move, of contracts/access/Roles.sol. */
const OPERATOR = id("OPERATOR_ROLE");
const REGISTRAR = id("REGISTRAR_ROLE");
const PARAMETERS = id("PARAMETER_ROLE");
const STEWARD = id("STEWARD_ROLE");

/**
 * The steps by which a DAO takes over, a module each, because time must pass in between.
 *
 * `operator`: only where the account that deploys is the operator: that job goes to another account.
 * `offer`: deploys the DAO, gives the registrar's and the parameter authority's job to its contracts, offers the steward's, makes the
 * timelock the collection's `owner()`, and offers it the admin's job, which it may take after `adminDelay`.
 * `founding`: the timelock takes that job, and a contract that could not be deployed otherwise proves that nobody who deployed or
 * governed before keeps anything.
 *
 * @param before finds the contracts, and who had which job.
 * @param accounts which of the network's accounts sign as the admin, and as the operator to be; the first one deploys.
 */
export function daoModules(
  before: (m: IgnitionModuleBuilder) => Before,
  accounts: { readonly admin: number; readonly operator: number },
) {
  const operator = buildModule("Operator", (m) => {
    const { registry, operator: old } = before(m);
    const admin = m.getAccount(accounts.admin);
    const next = m.getAccount(accounts.operator);
    const offered = m.call(registry, "grantRole", [OPERATOR, next], {
      id: "offer",
      from: admin,
    });
    const accepted = m.call(registry, "acceptRole", [OPERATOR], {
      id: "accept",
      from: next,
      after: [offered],
    });
    m.call(registry, "revokeRole", [OPERATOR, old], {
      id: "revoke",
      from: admin,
      after: [accepted],
    });
    return { registry };
  });

  const offer = buildModule("Dao", (m) => {
    const { registry, collection, registrar, parameterAuthority } = before(m);
    const admin = m.getAccount(accounts.admin);
    const timelock = m.contract("LoopTimelock", [
      registry,
      m.getParameter("timelockDelay", TIMELOCK_DELAY),
      m.getAccount(0),
    ]);
    const votes = m.contract("LoopVotes", [
      collection,
      m.getParameter("votesName", "Generative Loop Votes"),
      m.getParameter("votesSymbol", "vLOOP"),
    ]);
    const governor = m.contract("LoopGovernor", [
      votes,
      timelock,
      collection,
      parameters(m, VOTING),
    ]);
    const controller = m.contract("ParameterController", [
      {
        registry,
        collection,
        wrapper: votes,
        royaltyReceiver: m.getParameter<string>("royaltyReceiver"),
        values: Object.values(parameters(m, VALUES)),
        limits: Object.values(parameters(m, LIMITS)),
        breaker: parameters(m, BREAKER),
        grantExpiry: m.getParameter<bigint>("grantExpiry"),
      },
    ]);
    const registrarSeat = m.contract("RegistrarSeat", [registry, timelock]);
    const appointed = m.call(timelock, "appoint", [governor]);

    /** One account goes before its contract comes, so that no moment has two of them. */
    const handOver = (
      role: string,
      from: ArgumentType,
      to: CallableContractFuture<string>,
    ) => {
      const name = to === controller ? "parameters" : "registrar";
      const revoked = m.call(registry, "revokeRole", [role, from], {
        id: `${name}_revoke`,
        from: admin,
        after: [appointed],
      });
      const offered = m.call(registry, "grantRole", [role, to], {
        id: `${name}_offer`,
        from: admin,
        after: [revoked],
      });
      return m.call(to, "takeOffice", [], {
        id: `${name}_take`,
        after: [offered],
      });
    };
    const stewardOffered = m.call(
      registry,
      "grantRole",
      [STEWARD, m.getParameter<string>("steward")],
      { id: "steward_offer", from: admin },
    );
    const owned = m.call(collection, "setOwner", [timelock], { from: admin });
    m.call(registry, "beginDefaultAdminTransfer", [timelock], {
      from: admin,
      // Last: until it is over the admin can still take everything back.
      after: [
        handOver(PARAMETERS, parameterAuthority, controller),
        handOver(REGISTRAR, registrar, registrarSeat),
        stewardOffered,
        owned,
      ],
    });
    return { governor, timelock, votes, controller, registrarSeat };
  });

  const founding = buildModule("Founding", (m) => {
    const { registry, collection, registrar, parameterAuthority } = before(m);
    const dao = m.useModule(offer);
    const taken = m.call(dao.timelock, "takeOffice", []);
    const proof = m.contract(
      "FoundingProof",
      [
        {
          leavers: [
            m.getAccount(0),
            m.getAccount(accounts.admin),
            registrar,
            parameterAuthority,
          ],
          registry,
          collection,
          ...dao,
        },
      ],
      { after: [taken] },
    );
    return { ...dao, proof };
  });
  return { operator, offer, founding };
}

/** A parameter for each field, with its default. */
function parameters<T extends Readonly<Record<string, Value>>>(
  m: IgnitionModuleBuilder,
  defaults: T,
): Record<keyof T, ArgumentType> {
  return Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [
      name,
      m.getParameter(name, value),
    ]),
  ) as Record<keyof T, ArgumentType>;
}

type Value = bigint | { readonly [name: string]: bigint };
