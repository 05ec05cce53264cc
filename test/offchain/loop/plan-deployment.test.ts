import { expect } from "chai";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import type { ErrorCode } from "../../../offchain/kernel/errors.ts";
import {
  planDeployment,
  type PlanRequest,
} from "../../../offchain/loop/plan-deployment.ts";
import {
  CONTRACTS,
  type DeploymentTerms,
  type PlanChain,
} from "../../../offchain/loop/ports-deployment.ts";
import type { Fees } from "../../../offchain/loop/ports-fees.ts";
import { openSite, type Site } from "../../kit/planted-site.ts";
import { expectCode } from "../../kit/rejection.ts";

const HASH: Hex = `0x${"5e".repeat(32)}`;
const ZERO: Hex = `0x${"00".repeat(32)}`;

describe("loop/plan-deployment", function () {
  let site: Site;
  before(async () => {
    site = await openSite();
    await site.provider.request({ method: "hardhat_mine", params: ["0x20"] });
  });
  after(() => site.close());

  const request = (changed: Partial<PlanRequest> = {}): PlanRequest => ({
    destination: {
      name: "here",
      chainId: 31_337,
      seedDelay: 4,
      why: "of a reason",
    },
    terms: site.terms,
    file: "parameters.json5",
    deployer: site.account(0),
    deployed: {},
    ...changed,
  });
  const plan = (
    chain: Partial<PlanChain> = {},
    changed: Partial<PlanRequest> = {},
    fees: Partial<Fees> = {},
  ) =>
    planDeployment(
      {
        chain: { ...site.plan, ...chain },
        build: site.build,
        fees: { ...site.fees, ...fees },
      },
      request(changed),
    );
  const terms = (changed: Partial<DeploymentTerms>) =>
    plan({}, { terms: { ...site.terms, ...changed } });
  const jobs = (changed: Partial<DeploymentTerms["jobs"]>) =>
    terms({ jobs: { ...site.terms.jobs, ...changed } });

  it("tells addresses, gas and cost as they then are", async () => {
    const planned = await plan();
    const before = await site.ethers.provider.getBalance(site.account(0));
    expect(planned.balance).to.equal(before);
    const at = await site.deploy();
    expect(planned.contracts.map(({ address }) => address)).to.deep.equal(
      CONTRACTS.map((name) => at[name]),
    );
    const last = await site.ethers.provider.getBlockNumber();
    for (const [i, { gas, contract }] of planned.contracts.entries()) {
      const block = await site.ethers.provider.getBlock(last - 2 + i);
      const used = Number(block?.gasUsed);
      expect(gas / used, contract).to.be.within(1, 1.02);
    }
    expect(planned.cost).to.equal(
      BigInt(planned.gas) * (planned.baseFee + planned.tip),
    );
  });

  it("leaves out what is there already", async () => {
    const RecipeRegistry = await site.deployOne("RecipeRegistry", {});
    const planned = await plan({}, { deployed: { RecipeRegistry } });
    const [first, second] = planned.contracts;
    expect(first).to.include({
      address: RecipeRegistry,
      deployed: true,
      gas: 0,
    });
    const next = await site.deployOne("LoopCollection", { RecipeRegistry });
    expect(second).to.include({ address: next, deployed: false });
  });

  it("counts data on L1 where that is paid apart", async () => {
    const planned = await plan({}, {}, { dataFee: async () => 7n });
    expect(planned.dataFee).to.equal(21n);
    const gas = BigInt(planned.gas) * (planned.baseFee + planned.tip);
    expect(planned.cost).to.equal(gas + 21n);
  });

  it("takes the block's own hash where headers carry no randomness", async () => {
    const header = async (block?: number) => ({
      ...(await site.plan.header(block)),
      mixHash: ZERO,
    });
    expect((await plan({ header })).seed.word).to.equal("block hash");
    expect((await plan()).seed.word).to.equal("prevrandao");
  });

  const refusals: readonly [string, ErrorCode, () => Promise<unknown>][] = [
    [
      "another chain",
      "deploy/wrong-chain",
      () => plan({ chainId: async () => 1 }),
    ],
    [
      "a chain whose contracts count another chain's blocks",
      "deploy/foreign-block-number",
      () => plan({ blockNumbers: async () => ({ seen: 9, told: 9_000 }) }),
    ],
    [
      "a chain that answers at Arbitrum's address",
      "deploy/foreign-block-number",
      () => plan({ hasCode: async (at) => BigInt(at) === 0x64n }),
    ],
    [
      "an EVM that is too old",
      "deploy/old-evm",
      () => plan({ runsCode: async () => false }),
    ],
    [
      "a window that outlasts block hashes",
      "deploy/no-history",
      () => terms({ sealWindow: 257 }),
    ],
    [
      "a history contract that tells other hashes",
      "deploy/no-history",
      () =>
        plan(
          { historyHash: async () => HASH },
          { terms: { ...site.terms, sealWindow: 8_191 } },
        ),
    ],
    [
      "a seed block too near",
      "deploy/early-seed",
      () => terms({ seedDelay: 3 }),
    ],
    [
      "randomness that is known at the opening",
      "deploy/known-seed",
      () =>
        plan({
          header: async (block) => ({
            ...(await site.plan.header(block)),
            mixHash: HASH,
          }),
        }),
    ],
    [
      "a placeholder",
      "deploy/placeholder",
      () => jobs({ publisher: "FILL IN: somebody" }),
    ],
    [
      "a placeholder for the royalty",
      "deploy/placeholder",
      () => terms({ royaltyReceiver: "FILL IN" }),
    ],
    [
      "zero",
      "deploy/bad-address",
      () => jobs({ admin: `0x${"00".repeat(20)}` }),
    ],
    [
      "wrong capitals",
      "deploy/bad-address",
      () => jobs({ admin: "0x70997970c51812dc3A010C7d01b50e0d17dc79C8" }),
    ],
    [
      "two jobs for one account",
      "deploy/two-jobs",
      () =>
        jobs({
          guardian: site.terms.jobs.operator.toUpperCase().replace("X", "x"),
        }),
    ],
    [
      "a royalty above the cap",
      "deploy/royalty-too-high",
      () => terms({ royaltyBps: 1_001 }),
    ],
    ["no supply", "deploy/bad-number", () => terms({ maxSupply: 0 })],
    ["a long delay", "deploy/bad-number", () => terms({ seedDelay: 257 })],
    [
      "an address book of another chain",
      "deploy/other-chain",
      () => plan({}, { deployed: { RecipeRegistry: site.account(18) } }),
    ],
    [
      "code that a transaction cannot hold",
      "deploy/too-much-gas",
      () => plan({ gasOf: async () => 16_777_217 }),
    ],
  ];
  for (const [what, code, work] of refusals)
    it(`refuses ${what}`, async () => {
      await expectCode(work(), code);
    });

  it("refuses code that chains do not take", async () => {
    const contract = async () => ({
      creation: "0x60" as const,
      runtime: `0x${"60".repeat(24_577)}` as const,
      immutables: [],
    });
    const { plan: chain, fees } = site;
    const build = { ...site.build, contract };
    const asked = planDeployment({ chain, build, fees }, request());
    await expectCode(asked, "deploy/too-large");
  });

  it("refuses what a constructor refuses, before it is paid for", async () => {
    const bounds = { ...site.terms.bounds, staleAfter: 0 };
    const creation = (...args: Parameters<typeof site.build.creation>) =>
      site.build
        .creation(...args)
        .then((code): Hex =>
          args[0] === "MarketOracle" ? staleless(code) : code,
        );
    const asked = planDeployment(
      { chain: site.plan, build: { ...site.build, creation }, fees: site.fees },
      request({ terms: { ...site.terms, bounds } }),
    );
    await expectCode(asked, "deploy/would-revert");
  });

  it("takes addresses with right capitals, or none", async () => {
    const admin = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    await jobs({ admin });
    await jobs({ admin: admin.toLowerCase() });
  });

  /** The arguments are eleven words; the fifth is the time until the oracle is stale. */
  function staleless(code: Hex): Hex {
    const at = code.length - 64 * 7;
    return `${code.slice(0, at)}${"0".repeat(64)}${code.slice(at + 64)}` as Hex;
  }
});
