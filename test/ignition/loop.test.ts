import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";

import { deployLoop } from "../kit/deploy-loop.ts";
import { DEFAULT_BOUNDS } from "../kit/oracle-bounds.ts";

const ROLES = {
  operator: id("OPERATOR_ROLE"),
  admin: ZeroHash,
  registrar: id("REGISTRAR_ROLE"),
  guardian: id("GUARDIAN_ROLE"),
  parameterAuthority: id("PARAMETER_ROLE"),
  publisher: id("PUBLISHER_ROLE"),
  voucherSigner: id("VOUCHER_ROLE"),
};

/** Each another number. */
const BOUNDS = {
  leastInterval: 60n,
  staleAfter: 61n,
  maxAge: 62n,
  maxChange: 63n,
  maxVolatility: 64n,
  maxTrend: 65n,
  maxFloorFactor: 66n,
};

describe("ignition/modules/loop", function () {
  it("deploys with defaults: accounts 0 to 6 hold one job each", async function () {
    const { collection, registry, accounts, close } = await deployLoop();

    expect(await collection.REGISTRY()).to.equal(await registry.getAddress());
    expect(await collection.owner()).to.equal(accounts[1]);
    expect(await collection.SEED_DELAY()).to.equal(4n);
    expect(await collection.SEAL_WINDOW()).to.equal(7_200n);
    expect(await collection.MAX_SUPPLY()).to.equal(1_000_000n);
    for (const [own, role] of Object.values(ROLES).entries())
      for (const [i, account] of accounts.entries())
        expect(await registry.hasRole(role, account)).to.equal(i === own);
    await close();
  });

  it("deploys an oracle for the collection, which the admin has yet to name", async function () {
    const { collection, oracle, registry, accounts, ethers, close } =
      await deployLoop();

    expect(await oracle.COLLECTION()).to.equal(await collection.getAddress());
    expect(await oracle.REGISTRY()).to.equal(await registry.getAddress());
    const { timestamp } = (await ethers.provider.getBlock("latest")) ?? {};
    expect([...(await oracle.adapters())]).to.deep.equal([
      accounts[7],
      ZeroAddress,
      BigInt(timestamp ?? 0) + DEFAULT_BOUNDS.staleAfter,
    ]);
    expect([...(await oracle.bounds())]).to.deep.equal(
      Object.values(DEFAULT_BOUNDS),
    );
    expect(await oracle.FIRST_ROUND()).to.equal(1n);
    expect(await collection.oracle()).to.equal(ZeroAddress);
    await close();
  });

  it("passes every parameter on", async function () {
    const treasury = "0x000000000000000000000000000000000000bEEF";
    const { collection, oracle, close } = await deployLoop({
      name: "Other",
      symbol: "OTH",
      contractURI: "ipfs://other",
      maxSupply: 100n,
      seedDelay: 2n,
      sealWindow: 50n,
      royaltyReceiver: treasury,
      royaltyBps: 250n,
      oracleAdapter: treasury,
      ...BOUNDS,
      firstRound: 9n,
    });

    expect(await collection.name()).to.equal("Other");
    expect(await collection.symbol()).to.equal("OTH");
    expect(await collection.contractURI()).to.equal("ipfs://other");
    expect(await collection.MAX_SUPPLY()).to.equal(100n);
    expect(await collection.SEED_DELAY()).to.equal(2n);
    expect(await collection.SEAL_WINDOW()).to.equal(50n);
    expect([...(await collection.royaltyInfo(1n, 10_000n))]).to.deep.equal([
      treasury,
      250n,
    ]);
    expect((await oracle.adapters()).active).to.equal(treasury);
    expect([...(await oracle.bounds())]).to.deep.equal(Object.values(BOUNDS));
    expect(await oracle.FIRST_ROUND()).to.equal(9n);
    await close();
  });

  it("gives each job to its own account and leaves the deployer none", async function () {
    const jobs = Object.keys(ROLES) as (keyof typeof ROLES)[];
    const named = Object.fromEntries(
      jobs.map((job, i) => [job, `0x${String(i + 1).padStart(40, "0")}`]),
    );
    const { registry, accounts, close } = await deployLoop(named);
    const deployer = accounts[0] as string;

    for (const job of jobs) {
      const holder = named[job] as string;
      expect(await registry.hasRole(ROLES[job], holder)).to.equal(true);
      expect(await registry.hasRole(ROLES[job], deployer)).to.equal(false);
    }
    await close();
  });

  it("refuses one account two jobs", async function () {
    const { registry, accounts, close } = await deployLoop();
    await close();
    const two = deployLoop({ guardian: accounts[0] as string });

    const error = await two.then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(String(error)).to.include(
      registry.interface.getError("LoopRolesTwoJobs")?.name,
    );
  });
});
