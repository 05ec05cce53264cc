import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  accountsIn,
  outsiders,
} from "../../../offchain/loop/privileged-keys.ts";
import { openFoundedSite, type FoundedSite } from "../../kit/founded-site.ts";
import { openSite, STRANGER } from "../../kit/planted-site.ts";

const [REGISTRAR, PARAMETERS, GUARDIAN, STEWARD] = [
  "REGISTRAR_ROLE",
  "PARAMETER_ROLE",
  "GUARDIAN_ROLE",
  "STEWARD_ROLE",
].map(id) as [string, string, string, string];
const GRANT = "grantRole(bytes32 role, address account)";
const ACCEPT = "acceptRole(bytes32 role)";

/** What somebody did to a DAO after its founding, and what a check has to say of it. */
const MISTAKES: readonly {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly outside: number;
  readonly act: (site: FoundedSite) => Promise<unknown>;
}[] = [
  {
    name: "a stranger is registrar as well",
    kinds: ["key-outside", "role-extra"],
    outside: 1,
    act: async ({ act, account, at, dao }) => {
      const [book, stranger] = [at.RecipeRegistry, account(STRANGER)];
      await act(dao.timelock, book, GRANT, [REGISTRAR, stranger]);
      await act(stranger, book, ACCEPT, [REGISTRAR]);
    },
  },
  {
    name: "a stranger may become the parameter authority",
    kinds: ["key-outside", "offer-pending"],
    outside: 1,
    act: ({ act, account, at, dao }) =>
      act(dao.timelock, at.RecipeRegistry, GRANT, [
        PARAMETERS,
        account(STRANGER),
      ]),
  },
  {
    name: "a stranger will be the admin",
    kinds: ["admin-pending", "key-outside"],
    outside: 1,
    act: ({ act, account, at, dao }) =>
      act(
        dao.timelock,
        at.RecipeRegistry,
        "beginDefaultAdminTransfer(address newAdmin)",
        [account(STRANGER)],
      ),
  },
  {
    name: "a stranger owns the page",
    kinds: ["key-outside", "owner"],
    outside: 1,
    act: ({ act, account, at, dao }) =>
      act(dao.timelock, at.LoopCollection, "setOwner(address newOwner)", [
        account(STRANGER),
      ]),
  },
  {
    name: "a stranger proposes to the timelock past the governor",
    kinds: ["key-outside", "timelock-roles"],
    outside: 1,
    act: ({ act, account, dao }) =>
      act(dao.timelock, dao.timelock, GRANT, [
        id("PROPOSER_ROLE"),
        account(STRANGER),
      ]),
  },
  {
    name: "everybody executes past the governor",
    kinds: ["key-outside", "timelock-roles"],
    outside: 1,
    act: ({ act, dao }) =>
      act(dao.timelock, dao.timelock, GRANT, [
        id("EXECUTOR_ROLE"),
        ZeroAddress,
      ]),
  },
  {
    name: "the timelock has another admin, who takes two roles",
    kinds: ["key-outside", "timelock-roles"],
    outside: 1,
    act: async ({ act, account, dao }) => {
      const stranger = account(STRANGER);
      await act(dao.timelock, dao.timelock, GRANT, [ZeroHash, stranger]);
      await act(stranger, dao.timelock, GRANT, [
        id("CANCELLER_ROLE"),
        stranger,
      ]);
    },
  },
  {
    name: "there are two guardians, which is no power outside",
    kinds: ["role-extra"],
    outside: 0,
    act: async ({ act, account, at, dao }) => {
      const [book, stranger] = [at.RecipeRegistry, account(STRANGER)];
      await act(dao.timelock, book, GRANT, [GUARDIAN, stranger]);
      await act(stranger, book, ACCEPT, [GUARDIAN]);
    },
  },
  {
    name: "the controller is other code",
    kinds: ["code", "unreadable"],
    outside: NaN,
    act: ({ request, dao }) =>
      request("hardhat_setCode", dao.controller, "0x00"),
  },
];

describe("loop/dao-findings", function () {
  this.timeout(60_000);
  let site: FoundedSite;
  let snapshot: unknown;
  before(async () => {
    site = await openFoundedSite();
    snapshot = await site.request("evm_snapshot");
  });
  afterEach(async () => {
    await site.request("evm_revert", snapshot);
    snapshot = await site.request("evm_snapshot");
  });
  after(() => site.close());
  const kindsOf = ({ findings }: { findings: readonly { kind: string }[] }) =>
    [
      ...new Set(
        findings.map(({ kind }) => kind.replace("deploy/finding/", "")),
      ),
    ].sort();

  it("finds nothing after a founding, and no power outside timelock, guardian and steward", async () => {
    const { findings, looked, powers = [] } = await site.check();
    expect(findings).to.deep.equal([]);
    expect(looked).to.have.length.above(50);
    expect(accountsIn(outsiders(powers))).to.equal(0);
    const { account, dao } = site;
    const held = powers
      .filter(({ holder }) => holder !== "worker")
      .map(({ power, account: who, holder, signs }) =>
        [power, who, holder, signs].join(" "),
      );
    const expected: [string, Hex, string, boolean][] = [
      ["admin", dao.timelock, "timelock", false],
      ["registrar", dao.registrarSeat, "dao", false],
      ["parameterAuthority", dao.controller, "dao", false],
      ["guardian", account(4), "guardian", true],
      ["steward", account(19), "steward", true],
      ["owner()", dao.timelock, "timelock", false],
      ["timelock admin", dao.timelock, "timelock", false],
      ["timelock proposer", dao.governor, "dao", false],
      ["timelock canceller", dao.governor, "dao", false],
      ["timelock executor", dao.governor, "dao", false],
    ];
    expect(held.sort()).to.deep.equal(
      expected.map((each) => each.join(" ")).sort(),
    );
    expect(
      powers
        .filter(({ holder }) => holder === "worker")
        .map(({ power, account: who }) => `${power} ${who}`)
        .sort(),
    ).to.deep.equal(
      [
        `operator ${account(2)}`,
        `publisher ${account(6)}`,
        `voucherSigner ${account(7)}`,
        `adapter ${account(8)}`,
      ].sort(),
    );
  });

  it("takes what the DAO moved for no mistake, and the steward's acceptance neither", async () => {
    const { act, account, at, dao } = site;
    await act(
      dao.timelock,
      dao.controller,
      "setWorksPerDay(uint256 limit)",
      [7],
    );
    await act(
      dao.timelock,
      dao.controller,
      "govern(uint8 slot, uint64 value, bytes32 reasons)",
      [0, 750, id("reasons")],
    );
    await act(account(19), at.RecipeRegistry, ACCEPT, [STEWARD]);
    const { findings, notes } = await site.check();
    expect(findings).to.deep.equal([]);
    expect(notes.join()).to.contain("750").and.to.contain("worksPerDay is 7");
  });

  for (const { name, kinds, outside, act } of MISTAKES)
    it(`finds, and nothing else: ${name}`, async () => {
      await act(site);
      const check = await site.check();
      expect(kindsOf(check)).to.deep.equal(kinds);
      if (check.powers !== undefined)
        expect(accountsIn(outsiders(check.powers))).to.equal(outside);
      else expect(outside).to.be.NaN;
    });

  it("counts three keys before a founding, which is no finding", async () => {
    const plain = await openSite();
    try {
      const { findings, powers = [] } = await plain.check(await plain.deploy());
      expect(findings).to.deep.equal([]);
      expect(
        outsiders(powers).map(({ power, account }) => `${power} ${account}`),
      ).to.have.members(
        (
          [
            ["admin", 1],
            ["registrar", 3],
            ["parameterAuthority", 5],
            ["owner()", 1],
          ] as const
        ).map(([power, index]) => `${power} ${plain.account(index)}`),
      );
      expect(accountsIn(outsiders(powers))).to.equal(3);
    } finally {
      await plain.close();
    }
  });
});
