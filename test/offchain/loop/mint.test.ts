import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { Interface } from "ethers";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../../offchain/adapters/car-archives.ts";
import { createFiles } from "../../../offchain/adapters/files-fs.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import { noPoint, type Point } from "../../../offchain/loop/journal.ts";
import { mint, type MintReport } from "../../../offchain/loop/mint.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import { Crash, dyingAt, isCrash } from "../../kit/crash.ts";
import { createFakePool } from "../../kit/fake-pool.ts";
import {
  SEAL_WINDOW,
  startLocalChain,
  type LocalChain,
} from "../../kit/local-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
  type MemoryStore,
} from "../../kit/memory-journal.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

const COUNT = 2;
/** In memory where the system has such a folder: what syncing costs is not the matter here. */
const SCRATCH = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

describe("minting", () => {
  let local: LocalChain;
  let recipe: Recipe;
  let folder: string;
  let store: MemoryStore;
  let outs: number;

  before(async () => {
    recipe = await mintableRecipe();
  });
  beforeEach(async () => {
    local = await startLocalChain();
    await local.chain().registerRecipe(recipe.id, { key: "register" });
    folder = await mkdtemp(join(SCRATCH, "loop-mint-"));
    store = createMemoryStore();
    outs = 0;
  });
  afterEach(async () => {
    await local.close();
    await rm(folder, { recursive: true });
  });

  /** One process: new adapters over what survives, which is the chain, the files and the store. */
  async function run(
    out: string,
    point: Point = noPoint,
    deliver?: (report: MintReport) => Promise<void>,
  ): Promise<MintReport | "crashed"> {
    const journal = openMemoryJournal({ store, point });
    const request = {
      count: COUNT,
      to: local.wallet.address,
      conditions: packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 6 }),
      out: join(folder, out),
    };
    try {
      return await mint(
        request,
        recipe,
        {
          chain: local.chain({ journal, point }),
          journal,
          artefacts: createFiles({ point }),
          archives: createCarArchives({ store: join(folder, "cars"), point }),
          pool: createFakePool(),
          progress: { stage: () => {}, note: () => {} },
          clock: { elapsed: () => 0, now: () => new Date(0) },
          hash: nativeSha256,
          pins: async () => [],
        },
        deliver,
      );
    } catch (error) {
      if (isCrash(error)) return "crashed";
      throw error;
    }
  }

  async function finish(out: string): Promise<MintReport> {
    const report = await run(out);
    if (report === "crashed") throw new Error("nothing crashes here");
    return report;
  }

  const newOut = (): string => `out-${++outs}`;

  /** Chain and files hold exactly what one command asked for: the `nth` one on this chain. */
  async function expectOnce(
    out: string,
    report: MintReport,
    nth: number,
  ): Promise<void> {
    const chain = local.chain();
    expect(await local.openings()).to.equal(nth);
    const seals = await chain.sealedEvents();
    expect(seals.length).to.equal(nth);
    const [batch] = report.batches;
    expect(report.batches.length).to.equal(1);
    expect(batch?.batch).to.equal(nth);
    expect(batch?.verified).to.equal(COUNT);
    expect(batch?.transactions.map(({ kind }) => kind)).to.deep.equal([
      "open",
      "seal",
    ]);
    const names = await readdir(join(folder, out), { recursive: true });
    expect(names.filter((name) => /\.part(ial)?$/.test(name))).to.deep.equal(
      [],
    );
    for (const { tokenId } of batch?.tokens ?? []) {
      expect(names).to.include(`batch-${nth}/${tokenId}.json`);
      expect(names).to.include(`batch-${nth}/images/${tokenId}.png`);
    }
    expect(batch?.tokens.map(({ tries }) => tries)).to.deep.equal([1, 2]);
    const archive = await createCarArchives({ store: folder }).open(
      batch?.car ?? "",
    );
    expect(archive.root).to.equal(seals.at(-1)?.root);
    await archive.close();
  }

  it("does everything once, whichever boundary the process dies at", async function () {
    // About a hundred runs.
    this.timeout(900_000);
    const labels: string[] = [];
    const out = newOut();
    const whole = await run(out, (label) => labels.push(label));
    if (whole === "crashed") throw new Error("nothing crashes here");
    await expectOnce(out, whole, 1);
    const boundaries = [...new Set(labels.map(general))];
    // Nothing is without its boundaries: steps, transactions, files.
    expect(boundaries).to.include.members([
      "batch-0/open-0/begun",
      "*/batch-0/open-0/outbox",
      "*/batch-0/open-0/sent",
      "batch-0/seed-*/stored",
      "batch-0/candidates-*/worked",
      "file/*.png/synced",
      "file/batch-*.car/renamed",
      "batch-0/pack-*/worked",
      "batch-0/read-back-*/stored",
      "*/batch-0/seal-*/outbox",
      "*/batch-0/seal-*/mined",
      "batch-0/verify-*/worked",
      "run/finished",
    ]);

    let batches = 1;
    for (const boundary of boundaries.filter(
      (label) => label !== "run/finished",
    )) {
      const target = newOut();
      let crashed = false;
      const first = await run(target, (label) => {
        if (crashed || general(label) !== boundary) return;
        crashed = true;
        throw new Crash(label);
      });
      expect(first, boundary).to.equal("crashed");
      const report = await finish(target);
      expect(report.resumed, boundary).to.equal(true);
      batches += 1;
      await expectOnce(target, report, batches);
    }
    expect(store.runs.every(({ state }) => state === "finished")).to.equal(
      true,
    );
    const sent = store.transactions.filter(({ state }) => state !== "mined");
    expect(sent).to.deep.equal([]);
  });

  it("mints anew once a run has finished", async () => {
    const out = newOut();
    await expectOnce(out, await finish(out), 1);
    const again = await finish(out);
    expect(again.resumed).to.equal(false);
    await expectOnce(out, again, 2);
  });

  it("shows the result again, and mints nothing, when it died while showing it", async () => {
    const out = newOut();
    const dying = await run(out, undefined, async () => {
      throw new Crash("showing");
    });
    expect(dying).to.equal("crashed");
    let shown = 0;
    const report = await run(out, undefined, async () => {
      shown += 1;
    });
    if (report === "crashed") throw new Error("nothing crashes here");
    expect(shown).to.equal(1);
    expect(report.resumed).to.equal(true);
    await expectOnce(out, report, 1);
  });

  it("gives a run up whose opening reverted, so that the next command starts anew", async () => {
    const registry = new Interface(["function revoke(bytes32 id)"]);
    const [, , , guardian] = (await local.provider.send(
      "eth_accounts",
      [],
    )) as string[];
    const out = newOut();
    const stored = "mint-batch-1/batch-0/open-0/outbox";
    expect(await run(out, dyingAt(stored))).to.equal("crashed");
    const data = registry.encodeFunctionData("revoke", [recipe.id]);
    await local.provider.send("eth_sendTransaction", [
      { from: guardian, to: local.registry, data },
    ]);
    await expectCode(run(out), "chain/reverted");
    expect(store.runs.map(({ state }) => state)).to.deep.equal(["aborted"]);
    await expectCode(run(out), "chain/refused");
    expect(await local.openings()).to.equal(0);
  });

  it("abandons an opening whose window passed, and opens again, each once", async () => {
    const out = newOut();
    expect(await run(out, dyingAt("batch-0/open-0/stored"))).to.equal(
      "crashed",
    );
    const chain = local.chain();
    await chain.reachBlock((await chain.batchOf(1)).deadline + SEAL_WINDOW);
    for (const label of ["batch-0/abandon-1/worked", "batch-0/open-1/worked"])
      expect(await run(out, dyingAt(label))).to.equal("crashed");
    const report = await finish(out);
    expect(report.batches.map(({ batch }) => batch)).to.deep.equal([2]);
    expect((await chain.batchOf(1)).status).to.equal("abandoned");
    expect((await chain.batchOf(2)).status).to.equal("sealed");
    expect(await local.openings()).to.equal(2);
    expect(
      (await chain.sealedEvents()).map(({ batch }) => batch),
    ).to.deep.equal([2]);
  });
});

/** The recipe's own files are written one like the other. */
const RECIPE_FILE =
  /^file\/(base\.weights|guard\.json|holder-licence\.md|kernels\.wasm|licences\.json|recipe\.json|traits\.json)\//;

/** Run numbers, hashes, batches and tokens differ from run to run. */
function general(label: string): string {
  return label
    .replace(/0x[0-9a-f]{8,}/g, "*")
    .replace(/^mint-batch-\d+/, "*")
    .replace(/^file\/(\d{7,})/, "file/*")
    .replace(/^file\/batch-\d+/, "file/batch-*")
    .replace(RECIPE_FILE, "file/recipe/");
}
