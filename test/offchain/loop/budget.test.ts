import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../../offchain/adapters/car-archives.ts";
import { createFees } from "../../../offchain/adapters/chain-fees.ts";
import { createFiles } from "../../../offchain/adapters/files-fs.ts";
import { createRpc } from "../../../offchain/adapters/rpc.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import { createPurse } from "../../../offchain/loop/budget.ts";
import type { PricedTransaction } from "../../../offchain/loop/estimate.ts";
import { mint, type MintReport } from "../../../offchain/loop/mint.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import { dyingAt, isCrash } from "../../kit/crash.ts";
import { createFakePool } from "../../kit/fake-pool.ts";
import { startLocalChain, type LocalChain } from "../../kit/local-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
  type MemoryStore,
} from "../../kit/memory-journal.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

const SCRATCH = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const ETHER = 10n ** 18n;

/** What an estimate would have said, near enough. */
const PLAN: readonly PricedTransaction[] = [
  { kind: "open", part: 0, gas: 80_000, dataFee: 0n, cost: 2n, most: 10n },
  { kind: "seal", part: 0, gas: 100_000, dataFee: 0n, cost: 3n, most: 12n },
];

describe("loop/budget", () => {
  let local: LocalChain;
  let recipe: Recipe;
  let folder: string;
  let store: MemoryStore;

  before(async () => {
    recipe = await mintableRecipe();
  });
  beforeEach(async () => {
    local = await startLocalChain();
    await local.chain().registerRecipe(recipe.id, { key: "register" });
    folder = await mkdtemp(join(SCRATCH, "loop-budget-"));
    store = createMemoryStore();
  });
  afterEach(async () => {
    await local.close();
    await rm(folder, { recursive: true });
  });

  /** One process that mints with a budget; what it is told on the way may move the base fee. */
  async function run(
    budget: bigint,
    {
      plan = [],
      dies,
      onStage = () => undefined,
    }: {
      readonly plan?: readonly PricedTransaction[];
      readonly dies?: string;
      readonly onStage?: (name: string) => void;
    } = {},
  ): Promise<MintReport | "crashed"> {
    const point = dies === undefined ? undefined : dyingAt(dies);
    const own = point === undefined ? {} : { point };
    const journal = openMemoryJournal({ store, ...own });
    const fees = createFees(createRpc(local.provider));
    const purse = createPurse(
      { budget, plan, show: (wei) => `${wei} wei` },
      { chain: local.chain(), journal, fees },
    );
    const mayCost = purse.mayCost.bind(purse);
    const chain = local.chain({ journal, mayCost, ...own });
    const request = {
      count: 2,
      to: local.wallet.address,
      conditions: packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 6 }),
      out: join(folder, "out"),
    };
    try {
      return await mint(request, recipe, {
        chain,
        journal,
        purse,
        artefacts: createFiles(own),
        archives: createCarArchives({ store: join(folder, "cars") }),
        pins: () => Promise.resolve([]),
        pool: createFakePool(),
        progress: { stage: onStage, note: () => {} },
        clock: { elapsed: () => 0, now: () => new Date(0) },
        hash: nativeSha256,
      });
    } catch (error) {
      if (isCrash(error)) return "crashed";
      throw error;
    }
  }

  const states = (): string[] => store.runs.map(({ state }) => state);
  const seals = async (): Promise<number> =>
    (await local.chain().sealedEvents()).length;
  const paid = async (): Promise<bigint> => {
    const fees = createFees(createRpc(local.provider));
    let sum = 0n;
    for (const { hash } of store.transactions)
      sum += (hash === null ? undefined : await fees.paid(hash)) ?? 0n;
    return sum;
  };
  const raiseBaseFee = (gwei: number): Promise<unknown> =>
    local.provider
      .send("hardhat_setNextBlockBaseFeePerGas", [
        `0x${(gwei * 1e9).toString(16)}`,
      ])
      .then(() => local.provider.send("hardhat_mine", ["0x1"]));

  it("refuses a run that would cost more before anything is opened, and leaves nothing open", async () => {
    const error = await expectCode(run(13n, { plan: PLAN }), "budget/exceeded");
    expect(error.message).to.contain("14 wei").and.contain("13 wei");
    expect(await local.openings()).to.equal(0);
    expect(states()).to.deep.equal(["aborted"]);
  });

  it("stops before the first transaction that may cost more, though nothing was planned", async () => {
    await expectCode(run(1n), "budget/exceeded");
    expect(await local.openings()).to.equal(0);
    expect(store.transactions).to.deep.equal([]);
    expect(states()).to.deep.equal(["aborted"]);
  });

  it("stops before the seal when the base fee jumps, says until when it can be sealed, and goes on with more", async () => {
    let raised: Promise<unknown> | undefined;
    const jump = (name: string): void => {
      if (name === "pack") raised ??= raiseBaseFee(9_000);
    };
    const stopped = run(ETHER / 100n, { onStage: jump });
    const error = await expectCode(stopped, "budget/exceeded");
    await raised;
    const { deadline } = await local.chain().batchOf(1);
    expect(error.message).to.contain(`until block ${deadline}`);
    expect([await local.openings(), await seals()]).to.deep.equal([1, 0]);
    expect(states()).to.deep.equal(["open"]);
    expect(await paid()).to.be.below(ETHER / 100n);

    // The same command with the same budget is stopped again; with a larger one it goes on where it was.
    await expectCode(run(ETHER / 100n), "budget/exceeded");
    const report = await run(100n * ETHER);
    expect(report).to.have.property("resumed", true);
    expect([await local.openings(), await seals()]).to.deep.equal([1, 1]);
    expect(states()).to.deep.equal(["finished"]);
  });

  it("counts what a process that died has spent, sent or only signed", async () => {
    for (const dies of ["batch-0/open-0/mined", "batch-0/open-0/outbox"]) {
      store = createMemoryStore();
      const label = `mint-batch-1/${dies}`;
      expect(await run(ETHER, { dies: label })).to.equal("crashed");
      expect(store.transactions.length).to.equal(1);
      // What is signed may have been sent, so the run is never given up.
      await expectCode(run(11n, { plan: PLAN }), "budget/exceeded");
      expect(states()).to.deep.equal(["open"]);
    }
  });

  it("is asked again when the base fee leaves a signed transaction behind", async () => {
    const dies = "mint-batch-1/batch-0/open-0/outbox";
    expect(await run(ETHER / 100n, { dies })).to.equal("crashed");
    const signed = store.transactions.map(({ hash }) => hash);
    await raiseBaseFee(9_000);
    await expectCode(run(ETHER / 100n), "budget/exceeded");
    expect(store.transactions.map(({ hash }) => hash)).to.deep.equal(signed);
    expect(await local.openings()).to.equal(0);
    expect(states()).to.deep.equal(["open"]);

    expect(await run(100n * ETHER)).to.have.property("resumed", true);
    expect(store.transactions[0]?.hash).not.to.equal(signed[0]);
    expect([await local.openings(), await seals()]).to.deep.equal([1, 1]);
  });

  it("asks nothing about what belongs to no run", async () => {
    const fees = createFees(createRpc(local.provider));
    const purse = createPurse(
      { budget: 0n, show: String },
      { chain: local.chain(), journal: openMemoryJournal(), fees },
    );
    const most = { to: local.collection, data: "0x", gas: 1, wei: 1n } as const;
    await purse.mayCost("recipe/register/0x12", most);
    await expectCode(
      purse.mayCost("mint-batch-1/open", most),
      "budget/exceeded",
    );
  });
});
