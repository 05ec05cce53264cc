import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { network } from "hardhat";

import dao from "../../ignition/modules/dao.ts";
import operator from "../../ignition/modules/operator.ts";
import { LIMITS, VALUES } from "../../ignition/dao/defaults.ts";
import { localJobs } from "../../tasks/deployment.ts";
import { LOCAL_PACE } from "../../tasks/local-dao.ts";

const [OPERATOR, STEWARD] = [18, 19];
const GRANT = 2_000_000_000n;
const ROLES = [
  "DEFAULT_ADMIN",
  "OPERATOR",
  "REGISTRAR",
  "GUARDIAN",
  "PARAMETER",
  "PUBLISHER",
  "VOUCHER",
  "STEWARD",
].map((name) => (name === "DEFAULT_ADMIN" ? ZeroHash : id(`${name}_ROLE`)));

/** Founds a DAO in one go, which a delay of zero allows. */
async function found(
  jobs: Readonly<Record<string, string>>,
  more: Readonly<Record<string, bigint | string | Record<string, bigint>>> = {},
) {
  const connection = await network.create();
  const signers = await connection.ethers.getSigners();
  const account = (index: number): string => signers[index]?.address ?? "";
  const deployed = await connection.ignition.deploy(dao, {
    parameters: {
      Loop: {
        ...(await localJobs(connection)),
        adminDelay: 0n,
        ...Object.fromEntries(
          Object.entries(jobs).map(([job, index]) => [
            job,
            account(Number(index)),
          ]),
        ),
      },
      Dao: {
        steward: account(STEWARD),
        royaltyReceiver: account(1),
        grantExpiry: GRANT,
        ...more,
      },
    },
    config: LOCAL_PACE,
  });
  return { ...connection, ...deployed, account };
}

describe("ignition/modules/dao", function () {
  this.timeout(60_000);

  it("hands everything over, and proves that who deployed and governed keeps nothing", async () => {
    const founding = await found(
      { operator: `${OPERATOR}` },
      {
        royalty: 250n,
        royaltyLimits: { ...LIMITS.royaltyLimits, high: 300n },
        timelockDelay: 86_400n,
        votingPeriod: 90_000n,
        staleAfter: 77n,
      },
    );
    const { account, ethers } = founding;
    const at = (name: "controller" | "governor" | "timelock") =>
      founding[name].getAddress();
    const controller = await ethers.getContractAt(
      "ParameterController",
      await at("controller"),
    );
    const governor = await ethers.getContractAt(
      "LoopGovernor",
      await at("governor"),
    );
    const timelock = await ethers.getContractAt(
      "LoopTimelock",
      await at("timelock"),
    );
    const registry = await ethers.getContractAt(
      "RecipeRegistry",
      await controller.REGISTRY(),
    );
    const collection = await ethers.getContractAt(
      "LoopCollection",
      await controller.COLLECTION(),
    );
    const seat = await founding.registrarSeat.getAddress();
    const holders = [
      await at("timelock"),
      account(OPERATOR),
      seat,
      account(3),
      await at("controller"),
      account(5),
      account(6),
    ];
    const everybody = new Set([
      ...holders,
      ...Array.from({ length: 20 }, (_, i) => account(i)),
      await at("governor"),
      await founding.proof.getAddress(),
    ]);
    for (const [i, role] of ROLES.entries())
      for (const one of everybody)
        expect(await registry.hasRole(role, one), `${i} ${one}`).to.equal(
          holders[i] === one,
        );
    expect(await registry.isOffered(id("STEWARD_ROLE"), account(STEWARD))).to.be
      .true;
    expect(await collection.owner()).to.equal(await at("timelock"));
    expect([...(await collection.royaltyInfo(1n, 10_000n))]).to.deep.equal([
      account(1),
      250n,
    ]);
    const terms = await collection.termsInForce();
    expect([...terms]).to.deep.equal([
      true,
      VALUES.guardThreshold,
      VALUES.oddsSensitivity,
      VALUES.epochCadence,
    ]);
    expect((await controller.slotOf(0)).limits.high).to.equal(300n);
    expect((await controller.breaker()).staleAfter).to.equal(77n);
    expect(await controller.grantExpiry()).to.equal(GRANT);
    expect(await timelock.getMinDelay()).to.equal(86_400n);
    expect(await governor.votingPeriod()).to.equal(90_000n);
    await founding.close();
  });

  it("does not end while the deployer is the operator", async () => {
    const error = await found({ operator: "0" }).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(String(error)).to.include("FoundingProofKeeps");
    expect(String(error)).to.include("OPERATOR_ROLE");
  });

  it("moves the operator's job from the deployer to the third account", async () => {
    const { ethers, ignition, networkName, ...connection } =
      await network.create();
    const signers = await ethers.getSigners();
    const jobs = await localJobs({ ethers, networkName });
    const { registry } = await ignition.deploy(operator, {
      parameters: {
        Loop: { ...jobs, registrar: signers[9]?.address ?? "" },
      },
      config: LOCAL_PACE,
    });
    const book = await ethers.getContractAt(
      "RecipeRegistry",
      await registry.getAddress(),
    );
    for (const [i, { address }] of signers.entries())
      expect(await book.hasRole(id("OPERATOR_ROLE"), address)).to.equal(
        i === 2,
      );
    await connection.close();
  });
});
