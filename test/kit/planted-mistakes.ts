import { id, ZeroAddress } from "ethers";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import type { Addresses } from "../../offchain/loop/ports-deployment.ts";
import { STRANGER, type Parameters, type Site } from "./planted-site.ts";

/** A deployment that went wrong in one place, and what a check has to say of it. */
export interface Mistake {
  readonly name: string;
  /** Kinds of findings without their common beginning; nothing else may be found. */
  readonly kinds: readonly string[];
  readonly plant: (site: Site) => Promise<Addresses>;
}

const GUARDIAN = id("GUARDIAN_ROLE");
const ADMIN = 1;
const GUARDIAN_ACCOUNT = 4;
const PARAMETER_ACCOUNT = 5;

/** Deployed with other parameters than the file says. */
const told =
  (changed: (site: Site) => Parameters) =>
  (site: Site): Promise<Addresses> =>
    site.deploy(changed(site));

/** Deployed well, and then something happened. */
const then =
  (act: (site: Site, at: Addresses) => Promise<unknown>) =>
  async (site: Site): Promise<Addresses> => {
    const at = await site.deploy();
    await act(site, at);
    return at;
  };

/** One contract is another one than the others know. */
const instead =
  (replace: (site: Site, at: Addresses) => Promise<Partial<Addresses>>) =>
  async (site: Site): Promise<Addresses> => {
    const at = await site.deploy();
    return { ...at, ...(await replace(site, at)) };
  };

/** Code on the chain with the bytes at one place changed. */
async function patch(
  { provider }: Site,
  address: Hex,
  at: (code: string) => number,
): Promise<void> {
  const params = [address, "latest"];
  const code = String(
    await provider.request({ method: "eth_getCode", params }),
  );
  const place = at(code);
  const digit = code[place] === "1" ? "2" : "1";
  const changed = code.slice(0, place) + digit + code.slice(place + 1);
  await provider.request({
    method: "hardhat_setCode",
    params: [address, changed],
  });
}

export const MISTAKES: readonly Mistake[] = [
  {
    name: "the deployer is left with a job",
    kinds: ["role-left", "role-missing"],
    plant: told(({ account }) => ({ guardian: account(0) })),
  },
  {
    name: "the deployer is left as the admin",
    kinds: ["owner", "role-left", "role-missing"],
    plant: told(({ account }) => ({ admin: account(0) })),
  },
  {
    name: "a job was given to a stranger",
    kinds: ["role-extra", "role-missing"],
    plant: told(({ account }) => ({ registrar: account(STRANGER) })),
  },
  {
    name: "two jobs are swapped",
    kinds: ["role-extra", "role-missing"],
    plant: told(({ account }) => ({
      guardian: account(6),
      publisher: account(GUARDIAN_ACCOUNT),
    })),
  },
  {
    name: "a second account has a job",
    kinds: ["role-extra"],
    plant: then(async ({ account, call }, { RecipeRegistry: book }) => {
      const args = [GUARDIAN, account(STRANGER)];
      await call("RecipeRegistry", book, ADMIN, "grantRole", args);
      await call("RecipeRegistry", book, STRANGER, "acceptRole", [GUARDIAN]);
    }),
  },
  {
    name: "a role that nobody knows was given",
    kinds: ["role-extra"],
    plant: then(async ({ account, call }, { RecipeRegistry: book }) => {
      const role = id("UNKNOWN_ROLE");
      const args = [role, account(STRANGER)];
      await call("RecipeRegistry", book, ADMIN, "grantRole", args);
      await call("RecipeRegistry", book, STRANGER, "acceptRole", [role]);
    }),
  },
  {
    name: "a job was taken away",
    kinds: ["role-missing"],
    plant: then(({ account, call }, { RecipeRegistry: book }) =>
      call("RecipeRegistry", book, ADMIN, "revokeRole", [
        GUARDIAN,
        account(GUARDIAN_ACCOUNT),
      ]),
    ),
  },
  {
    name: "an offer of a job is pending",
    kinds: ["offer-pending"],
    plant: then(({ account, call }, { RecipeRegistry: book }) =>
      call("RecipeRegistry", book, ADMIN, "grantRole", [
        GUARDIAN,
        account(STRANGER),
      ]),
    ),
  },
  {
    name: "another admin is on his way",
    kinds: ["admin-pending"],
    plant: then(({ account, call }, { RecipeRegistry: book }) =>
      call("RecipeRegistry", book, ADMIN, "beginDefaultAdminTransfer", [
        account(STRANGER),
      ]),
    ),
  },
  {
    name: "the admin's delay is another",
    kinds: ["admin-delay"],
    plant: told(() => ({ adminDelay: 0 })),
  },
  {
    name: "the admin's delay will be another",
    kinds: ["admin-delay"],
    plant: then(({ call }, { RecipeRegistry: book }) =>
      call("RecipeRegistry", book, ADMIN, "changeDefaultAdminDelay", [60]),
    ),
  },
  {
    name: "wrong seedDelay",
    kinds: ["seed-delay"],
    plant: told(() => ({ seedDelay: 5 })),
  },
  {
    name: "wrong sealWindow",
    kinds: ["seal-window"],
    plant: told(() => ({ sealWindow: 255 })),
  },
  {
    name: "wrong maxSupply",
    kinds: ["max-supply"],
    plant: told(() => ({ maxSupply: 10_000 })),
  },
  {
    name: "wrong worksPerDay",
    kinds: ["works-per-day"],
    plant: told(() => ({ worksPerDay: 20_001 })),
  },
  {
    name: "wrong name",
    kinds: ["name"],
    plant: told(() => ({ name: "Generative Lop" })),
  },
  {
    name: "wrong contractURI",
    kinds: ["contract-uri"],
    plant: told(() => ({ contractURI: "ipfs://other" })),
  },
  {
    name: "wrong royalty",
    kinds: ["royalty"],
    plant: told(() => ({ royaltyBps: 1_000 })),
  },
  {
    name: "wrong receiver of the royalty",
    kinds: ["royalty"],
    plant: told(({ account }) => ({ royaltyReceiver: account(0) })),
  },
  {
    name: "wrong owner",
    kinds: ["owner"],
    plant: then(({ account, call }, { LoopCollection: collection }) =>
      call("LoopCollection", collection, ADMIN, "setOwner", [account(0)]),
    ),
  },
  {
    name: "paused",
    kinds: ["paused"],
    plant: then(({ call }, { LoopCollection: collection }) =>
      call("LoopCollection", collection, GUARDIAN_ACCOUNT, "pause"),
    ),
  },
  {
    name: "a transfer validator is named",
    kinds: ["validator"],
    plant: then(({ call }, { LoopCollection: collection, RecipeRegistry }) =>
      call(
        "LoopCollection",
        collection,
        PARAMETER_ACCOUNT,
        "setTransferValidator",
        [RecipeRegistry],
      ),
    ),
  },
  {
    name: "the forge is open",
    kinds: ["forge-open"],
    plant: then(({ call }, { LoopCollection: collection }) =>
      call("LoopCollection", collection, PARAMETER_ACCOUNT, "setForgeTerms", [
        {
          recipe: id("recipe"),
          conditions: id("").slice(0, 64) + "00",
          parents: 2,
        },
      ]),
    ),
  },
  {
    name: "the collection obeys another registry",
    kinds: ["registry"],
    plant: instead(async ({ deployOne }, { RecipeRegistry: _, ...at }) => {
      const RecipeRegistry = await deployOne("RecipeRegistry", {});
      const MarketOracle = await deployOne("MarketOracle", {
        ...at,
        RecipeRegistry,
      });
      return { RecipeRegistry, MarketOracle };
    }),
  },
  {
    name: "the oracle is of another collection",
    kinds: ["collection"],
    plant: instead(async ({ deployOne }, { RecipeRegistry }) => ({
      LoopCollection: await deployOne("LoopCollection", { RecipeRegistry }),
    })),
  },
  {
    name: "another oracle is named",
    kinds: ["oracle"],
    plant: then(async ({ call, deployOne }, at) => {
      const other = await deployOne("MarketOracle", at);
      await call("LoopCollection", at.LoopCollection, ADMIN, "setOracle", [
        other,
      ]);
    }),
  },
  {
    name: "the oracle has other bounds",
    kinds: ["bounds"],
    plant: told(() => ({ maxFloorFactor: 0 })),
  },
  {
    name: "the oracle counts from another round",
    kinds: ["first-round"],
    plant: told(() => ({ firstRound: 2 })),
  },
  {
    name: "the oracle heard another adapter",
    kinds: ["adapter"],
    plant: told(({ account }) => ({ oracleAdapter: account(STRANGER) })),
  },
  {
    name: "the oracle heard nobody",
    kinds: ["adapter"],
    plant: told(() => ({ oracleAdapter: ZeroAddress })),
  },
  {
    name: "another build: one bit of the metadata's hash",
    kinds: ["code"],
    plant: then((site, { LoopCollection: collection }) =>
      patch(site, collection, (code) => code.length - 40),
    ),
  },
  {
    name: "another build: one instruction",
    kinds: ["code"],
    plant: then((site, { MarketOracle: oracle }) =>
      patch(site, oracle, (code) => code.length - 800),
    ),
  },
  {
    name: "one copy of an immutable is another",
    kinds: ["code"],
    plant: then(async (site, { LoopCollection: collection }) => {
      const { immutables } = await site.build.contract("LoopCollection");
      const last = Math.max(...immutables.flat());
      await patch(site, collection, () => 2 + 2 * last + 63);
    }),
  },
  {
    name: "something else is at the address",
    kinds: ["code", "unreadable"],
    plant: instead(async (_, { RecipeRegistry }) => ({
      MarketOracle: RecipeRegistry,
    })),
  },
  {
    name: "nothing is at the address",
    kinds: ["code", "unreadable"],
    plant: instead(async ({ account }) => ({
      MarketOracle: account(STRANGER),
    })),
  },
];

/** What a check found, as {@link Mistake.kinds} has it. */
export async function kindsFound(
  site: Site,
  at: Addresses,
): Promise<readonly string[]> {
  const { findings } = await site.check(at);
  const kinds = findings.map(({ kind }) => kind.replace("deploy/finding/", ""));
  return [...new Set(kinds)].sort();
}
