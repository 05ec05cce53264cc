import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { Interface, id } from "ethers";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../../offchain/adapters/car-archives.ts";
import type { ChainOptions } from "../../../offchain/adapters/chain-ethers.ts";
import { createFiles } from "../../../offchain/adapters/files-fs.ts";
import { createFolderTarget } from "../../../offchain/adapters/pins-folder.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import { forge } from "../../../offchain/loop/forge.ts";
import { mint, type MintReport } from "../../../offchain/loop/mint.ts";
import type { MintPorts } from "../../../offchain/loop/mint-task.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import { dyingAt, isCrash } from "../../kit/crash.ts";
import { createFakePool } from "../../kit/fake-pool.ts";
import { startLocalChain, type LocalChain } from "../../kit/local-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
  type MemoryStore,
} from "../../kit/memory-journal.ts";
import { asPublic } from "../../kit/public-chain.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

const SCRATCH = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const CONDITIONS = packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 6 });
const ROLES = new Interface([
  "function grantRole(bytes32 role, address account)",
  "function acceptRole(bytes32 role)",
  "function pause()",
  "function unpause()",
  "function open(address to, bytes32 recipe, uint256 count, bytes32 conditions)",
]);
const OPERATOR = id("OPERATOR_ROLE");

describe("minting through reorganisations", () => {
  let local: LocalChain;
  let recipe: Recipe;
  let folder: string;
  let store: MemoryStore;
  let notes: string[];
  let accounts: string[];

  before(async () => {
    recipe = await mintableRecipe();
  });
  beforeEach(async () => {
    local = await startLocalChain();
    await local.chain().registerRecipe(recipe.id, { key: "register" });
    folder = await mkdtemp(join(SCRATCH, "loop-moved-"));
    store = createMemoryStore();
    notes = [];
    accounts = (await rpc("eth_accounts")) as string[];
  });
  afterEach(async () => {
    await local.close();
    await rm(folder, { recursive: true });
  });

  const rpc = (method: string, ...params: unknown[]): Promise<unknown> =>
    local.provider.send(method, params);
  const snapshot = (): Promise<unknown> => rpc("evm_snapshot");
  /** Another branch from a snapshot on: what was mined since is in no block and no pool, and no block has the hash it had. */
  const reorganise = async (
    to: unknown,
    first: () => Promise<unknown> = async () => {},
  ): Promise<void> => {
    await rpc("evm_revert", to);
    await rpc("hardhat_setPrevRandao", `0x${"5e".repeat(32)}`);
    await first();
    await rpc("hardhat_mine", "0x3");
  };
  const call = (
    from: number,
    to: string,
    name: string,
    ...args: unknown[]
  ): Promise<unknown> =>
    rpc("eth_sendTransaction", {
      from: accounts[from],
      to,
      data: ROLES.encodeFunctionData(name, args),
    });

  /** The adapters of one process; `hook` may replace calls of the chain. */
  const ports = (
    options: Partial<ChainOptions> = {},
    hook: (chain: Chain) => Partial<Chain> = () => ({}),
  ): MintPorts => {
    const { point } = options;
    const journal = openMemoryJournal({
      store,
      ...(point === undefined ? {} : { point }),
    });
    const chain = local.chain({ journal, ...options });
    return {
      chain: { ...chain, ...hook(chain) },
      journal,
      artefacts: createFiles(),
      archives: createCarArchives({ store: join(folder, "cars") }),
      pool: createFakePool(),
      pins: async () => [
        createFolderTarget({ name: "place", folder: join(folder, "place") }),
      ],
      progress: { stage: () => {}, note: (text) => void notes.push(text) },
      clock: { elapsed: () => 0, now: () => new Date(0) },
      hash: nativeSha256,
    };
  };
  const run = (world = ports()): Promise<MintReport> =>
    mint(
      {
        count: 2,
        to: local.wallet.address,
        conditions: CONDITIONS,
        out: join(folder, "out"),
      },
      recipe,
      world,
    );
  /** Does something to the chain before the first sealing of a run. */
  const beforeSealing = (work: () => Promise<void>): MintPorts => {
    let done = false;
    return ports({}, (chain) => ({
      async sealBatch(...sealing) {
        if (!done) {
          done = true;
          await work();
        }
        return chain.sealBatch(...sealing);
      },
    }));
  };
  const seeds = (): number =>
    [...store.steps.values()].flat().filter(({ key }) => /\/seed-0x/.test(key))
      .length;

  it("draws everything again when the seed block changed before the sealing", async () => {
    let opened: unknown;
    let done = false;
    const world = ports({}, (chain) => ({
      async openBatch(...opening) {
        const result = await chain.openBatch(...opening);
        opened ??= await snapshot();
        return result;
      },
      async sealBatch(...sealing) {
        if (!done) await reorganise(opened);
        done = true;
        return chain.sealBatch(...sealing);
      },
    }));
    const { batches } = await run(world);
    expect(batches.map(({ batch, verified }) => [batch, verified])).to.eql([
      [1, 2],
    ]);
    expect(seeds()).to.equal(2);
    expect(notes.length).to.be.greaterThan(0);
    const [sealed, ...others] = await local.chain().sealedEvents();
    expect(others).to.deep.equal([]);
    const { seedBlock } = await local.chain().batchOf(1);
    const { hash } = await local.chain().blockByNumber(seedBlock);
    expect(sealed?.blockHash).to.equal(hash);
    expect(await local.openings()).to.equal(1);
    expect(store.runs.map(({ state }) => state)).to.deep.equal(["finished"]);
  });

  it("follows its opening to another number", async () => {
    await call(1, local.registry, "grantRole", OPERATOR, accounts[8]);
    await call(8, local.registry, "acceptRole", OPERATOR);
    const before = await snapshot();
    const world = beforeSealing(() =>
      reorganise(before, () =>
        call(
          8,
          local.collection,
          "open",
          accounts[8],
          recipe.id,
          1,
          CONDITIONS,
        ),
      ),
    );
    const { batches } = await run(world);
    expect(batches.map(({ batch, verified }) => [batch, verified])).to.eql([
      [2, 2],
    ]);
    const seals = await local.chain().sealedEvents();
    expect(seals.map(({ batch }) => batch)).to.deep.equal([2]);
    expect(await local.openings()).to.equal(2);
    // The same transaction, mined a second time: nothing was signed twice.
    const openings = store.transactions.filter(({ key }) => /open-/.test(key));
    expect(openings.length).to.equal(1);
  });

  it("follows it there when it goes on after a crash, too", async () => {
    await call(1, local.registry, "grantRole", OPERATOR, accounts[8]);
    await call(8, local.registry, "acceptRole", OPERATOR);
    const before = await snapshot();
    const dying = ports({ point: dyingAt("batch-0/open-0/stored") });
    await run(dying).catch((error: unknown) => {
      expect(isCrash(error)).to.equal(true);
    });
    await reorganise(before, () =>
      call(8, local.collection, "open", accounts[8], recipe.id, 1, CONDITIONS),
    );
    const { resumed, batches } = await run();
    expect(resumed).to.equal(true);
    expect(batches.map(({ batch }) => batch)).to.deep.equal([2]);
    expect(await local.openings()).to.equal(2);
  });

  it("opens again when its opening came into a block where it reverts", async () => {
    const before = await snapshot();
    const dying = ports({ point: dyingAt("batch-0/open-0/stored") });
    await run(dying).catch(() => {});
    await reorganise(before, () => call(3, local.collection, "pause"));
    await expectCode(run(), "chain/refused");
    await call(1, local.collection, "unpause");
    const { batches } = await run();
    expect(batches.map(({ batch, verified }) => [batch, verified])).to.eql([
      [1, 2],
    ]);
    const keys = store.transactions.map(({ key, state }) => [
      key.replace(/^.*\//, "").replace(/0x.*/, ""),
      state,
    ]);
    expect(keys).to.deep.equal([
      ["open-0", "mined"],
      ["open-1", "mined"],
      ["seal-", "mined"],
    ]);
  });

  for (const deep of [false, true]) {
    it(`seals once when the sealing was dropped ${deep ? "with the seed block" : "alone"} before it settled`, async () => {
      let before: unknown;
      let dropped = false;
      const provider = asPublic(local.provider, {
        async onLook() {
          const chain = local.chain();
          if (dropped || (await chain.sealedEvents()).length === 0) return;
          dropped = true;
          await reorganise(before);
        },
      });
      const world = ports({ provider, settle: 2, pause: 1 }, (chain) => ({
        async openBatch(...opening) {
          const result = await chain.openBatch(...opening);
          if (deep) before ??= await snapshot();
          return result;
        },
        async sealBatch(...sealing) {
          before ??= await snapshot();
          return chain.sealBatch(...sealing);
        },
        // Its block exists already where the batch was opened and settled; only a deeper branch changes it.
        reachSettled: (number, signal) =>
          deep && !dropped
            ? chain.reachBlock(number, signal)
            : chain.reachSettled(number, signal),
      }));
      const { batches } = await run(world);
      expect(dropped).to.equal(true);
      expect(batches.map(({ batch, verified }) => [batch, verified])).to.eql([
        [1, 2],
      ]);
      const seals = await local.chain().sealedEvents();
      expect(seals.map(({ batch }) => batch)).to.deep.equal([1]);
      expect(await local.openings()).to.equal(1);
    });
  }

  it("throws what has another reason, and keeps the run", async () => {
    const world = beforeSealing(async () => {
      await call(3, local.collection, "pause");
    });
    await expectCode(run(world), "chain/refused");
    await call(1, local.collection, "unpause");
    const { resumed, batches } = await run();
    expect(resumed).to.equal(true);
    expect(batches[0]?.verified).to.equal(2);
    expect(seeds()).to.equal(1);
  });

  it("makes a forged child again, too", async () => {
    const terms = { recipe: recipe.id, conditions: CONDITIONS, parents: 2 };
    await local
      .chain()
      .setParameter({ name: "forge", terms }, { key: "terms" });
    const { batches } = await run();
    const request = {
      holder: local.wallet.address,
      parents: (batches[0]?.tokens ?? []).map(({ tokenId }) => tokenId),
      terms: await local.chain().forgeTerms(),
      out: join(folder, "forged"),
    };
    const before = await snapshot();
    let child: number | undefined;
    await forge(
      request,
      recipe,
      beforeSealing(() => reorganise(before)),
      async ({ minted }) => {
        expect(minted?.verified).to.equal(1);
        child = minted?.batch;
      },
    );
    expect((await local.chain().batchOf(child ?? 0)).status).to.equal("sealed");
    expect((await local.chain().forgedEvents()).length).to.equal(1);
  });
});
