import { expect } from "chai";
import { ZeroHash, id } from "ethers";

import { deployLoop } from "../kit/deploy-loop.ts";

const ADMIN = ZeroHash;
const OPERATOR = id("OPERATOR_ROLE");
const REGISTRAR = id("REGISTRAR_ROLE");
const GUARDIAN = id("GUARDIAN_ROLE");

describe("ignition/modules/loop", function () {
  it("deploys with defaults: account 0 holds every role", async function () {
    const { collection, registry, accounts, close } = await deployLoop();
    const account = accounts[0] as string;

    expect(await collection.REGISTRY()).to.equal(await registry.getAddress());
    expect(await collection.owner()).to.equal(account);
    expect(await collection.SEED_DELAY()).to.equal(4n);
    expect(await collection.SEAL_WINDOW()).to.equal(7_200n);
    expect(await collection.MAX_SUPPLY()).to.equal(1_000_000n);
    for (const role of [ADMIN, OPERATOR]) {
      expect(await collection.hasRole(role, account)).to.equal(true);
    }
    for (const role of [ADMIN, REGISTRAR, GUARDIAN]) {
      expect(await registry.hasRole(role, account)).to.equal(true);
    }
    await close();
  });

  it("passes every parameter on", async function () {
    const treasury = "0x000000000000000000000000000000000000bEEF";
    const { collection, close } = await deployLoop({
      name: "Other",
      symbol: "OTH",
      contractURI: "ipfs://other",
      maxSupply: 100n,
      seedDelay: 2n,
      sealWindow: 50n,
      royaltyReceiver: treasury,
      royaltyBps: 250n,
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
    await close();
  });

  it("gives each role to its own account and leaves the deployer none", async function () {
    const address = (last: string) => `0x${last.padStart(40, "0")}`;
    const { collection, registry, accounts, close } = await deployLoop({
      admin: address("1"),
      operator: address("2"),
      registrar: address("3"),
      guardian: address("4"),
    });
    const deployer = accounts[0] as string;

    expect(await collection.owner()).to.equal(address("1"));
    for (const [contract, role, holder] of [
      [collection, ADMIN, address("1")],
      [collection, OPERATOR, address("2")],
      [registry, ADMIN, address("1")],
      [registry, REGISTRAR, address("3")],
      [registry, GUARDIAN, address("4")],
    ] as const) {
      expect(await contract.hasRole(role, holder)).to.equal(true);
      expect(await contract.hasRole(role, deployer)).to.equal(false);
    }
    await close();
  });
});
