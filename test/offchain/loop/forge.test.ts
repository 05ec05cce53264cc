import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../../offchain/adapters/car-archives.ts";
import { createFiles } from "../../../offchain/adapters/files-fs.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
  unpackObservation,
} from "../../../offchain/kernel/observation.ts";
import { takeCensus } from "../../../offchain/loop/census.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import {
  adopt,
  forge,
  type ForgeReport,
} from "../../../offchain/loop/forge.ts";
import { noPoint, type Point } from "../../../offchain/loop/journal.ts";
import { mint } from "../../../offchain/loop/mint.ts";
import { openChildren } from "../../../offchain/loop/open-children.ts";
import { rebuildAbandoned } from "../../../offchain/loop/rebuild-abandoned.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import { Crash, isCrash } from "../../kit/crash.ts";
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
const CONDITIONS = packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 6 });

describe("forging", () => {
  let local: LocalChain;
  let recipe: Recipe;
  let folder: string;
  let store: MemoryStore;
  let batches: number;

  before(async () => {
    recipe = await mintableRecipe();
  });
  beforeEach(async () => {
    local = await startLocalChain();
    await local.chain().registerRecipe(recipe.id, { key: "register" });
    const terms = { recipe: recipe.id, conditions: CONDITIONS, parents: 2 };
    await local
      .chain()
      .setParameter({ name: "forge", terms }, { key: "terms" });
    folder = await mkdtemp(join(SCRATCH, "loop-forge-"));
    store = createMemoryStore();
    batches = 0;
  });
  afterEach(async () => {
    await local.close();
    await rm(folder, { recursive: true });
  });

  /** The adapters of one process over what survives: chain, files, store. */
  function ports(point: Point = noPoint, chain?: Chain) {
    const journal = openMemoryJournal({ store, point });
    return {
      chain: chain ?? local.chain({ journal, point }),
      journal,
      artefacts: createFiles({ point }),
      archives: createCarArchives({ store: join(folder, "cars"), point }),
      pool: createFakePool(),
      progress: { stage: () => {}, note: () => {} },
      clock: { elapsed: () => 0, now: () => new Date(0) },
      hash: nativeSha256,
      pins: async () => [],
    };
  }

  /** Two works of a new batch. */
  async function parents(): Promise<string[]> {
    const request = {
      count: 2,
      to: local.wallet.address,
      conditions: CONDITIONS,
      out: join(folder, `minted-${++batches}`),
    };
    const { batches: minted } = await mint(request, recipe, ports());
    return (minted[0]?.tokens ?? []).map(({ tokenId }) => tokenId);
  }

  async function forgeOnce(
    tokens: readonly string[],
    with_: ReturnType<typeof ports> = ports(),
  ): Promise<ForgeReport | "crashed"> {
    let shown: ForgeReport | undefined;
    const request = {
      holder: local.wallet.address,
      parents: tokens,
      terms: await local.chain().forgeTerms(),
      out: join(folder, `forged-${tokens.join("-")}`),
    };
    try {
      await forge(request, recipe, with_, async (report) => {
        shown = report;
      });
    } catch (error) {
      if (isCrash(error)) return "crashed";
      throw error;
    }
    if (shown === undefined) throw new Error("nothing was shown");
    return shown;
  }

  it("makes one work of the next generation and burns its parents with it", async () => {
    const given = await parents();
    const report = await forgeOnce(given);
    if (report === "crashed") throw new Error("nothing crashes here");
    const chain = local.chain();
    const view = await chain.batchOf(report.child);
    expect(view).to.include({ status: "sealed", generation: 1, parents: 2 });
    expect(report.minted?.verified).to.equal(1);
    const { conditions } = await chain.openedEvent(report.child);
    expect(unpackObservation(conditions).generation).to.equal(1);
    for (const token of given)
      await expectCode(chain.ownerOf(BigInt(token)), "chain/no-token");
    const census = await takeCensus(chain);
    expect(census).to.include({ minted: 3, burned: 2, supply: 1 });
    expect(census.generations).to.deep.equal([{ generation: 1, works: 1 }]);
  });

  it("does everything once, whichever boundary the process dies at", async function () {
    // Some twenty runs. Files and the steps between seed and seal are minting's, whose own test dies at each.
    this.timeout(600_000);
    const labels: string[] = [];
    await forgeOnce(
      await parents(),
      ports((label) => labels.push(label)),
    );
    const boundaries = [...new Set(labels.map(general))].filter((label) =>
      /forge|seed|seal|verify/.test(label),
    );
    expect(boundaries).to.include.members([
      "forge/begun",
      "*/forge/outbox",
      "*/forge/sent",
      "child/seed-*/stored",
      "*/child/seal-*/outbox",
      "*/child/seal-*/mined",
    ]);
    for (const boundary of boundaries) {
      const given = await parents();
      let crashed = false;
      const first = await forgeOnce(
        given,
        ports((label) => {
          if (crashed || general(label) !== boundary) return;
          crashed = true;
          throw new Crash(label);
        }),
      );
      expect(first, boundary).to.equal("crashed");
      const report = await forgeOnce(given);
      if (report === "crashed") throw new Error("nothing crashes here");
      expect(report.resumed, boundary).to.equal(true);
      expect(report.minted?.verified, boundary).to.equal(1);
    }
    const forged = await local.chain().forgedEvents();
    expect(forged.length).to.equal(boundaries.length + 1);
    const census = await takeCensus(local.chain());
    expect(census.burned).to.equal(2 * forged.length);
    expect(census.supply).to.equal(forged.length);
  });

  it("leaves the child to the operator where his key is elsewhere, who adopts it", async () => {
    const given = await parents();
    const journal = openMemoryJournal({ store });
    const chain: Chain = {
      ...local.chain({ journal }),
      signsAs: () => Promise.resolve(false),
    };
    const report = await forgeOnce(given, { ...ports(), chain, journal });
    if (report === "crashed") throw new Error("nothing crashes here");
    expect(report.minted).to.equal(undefined);
    expect(await local.chain().lockOf(BigInt(given[0] as string))).to.equal(
      report.child,
    );

    const [found, ...rest] = await openChildren(local.chain());
    expect(rest).to.deep.equal([]);
    expect(found?.parents).to.deep.equal(given);
    const minted = await adopt(
      report.child,
      {
        holder: local.wallet.address,
        parents: given,
        out: join(folder, "adopted"),
      },
      recipe,
      ports(),
    );
    expect(minted.verified).to.equal(1);
    expect(await openChildren(local.chain())).to.deep.equal([]);
  });

  it("frees the parents when the window has passed, and shows what would have been", async () => {
    const given = await parents();
    const dying = await forgeOnce(
      given,
      ports((label) => {
        if (/seed-.*begun/.test(label)) throw new Crash(label);
      }),
    );
    expect(dying).to.equal("crashed");
    const chain = local.chain();
    const [child] = await openChildren(chain);
    const batch = child?.child ?? 0;
    await chain.reachBlock((await chain.batchOf(batch)).deadline + 1);
    await expectCode(forgeOnce(given), "forge/too-late");
    expect((await chain.batchOf(batch)).status).to.equal("abandoned");
    expect(await chain.lockOf(BigInt(given[0] as string))).to.equal(0);
    expect((await takeCensus(chain)).abandonedBatches).to.deep.equal([batch]);

    const rebuilt = await rebuildAbandoned(
      { ...ports(), recipe },
      batch,
      join(folder, "abandoned"),
    );
    expect(rebuilt).to.include({ batch, count: 1 });
    expect(rebuilt.pictures.every((path) => existsSync(path))).to.equal(true);

    const again = await forgeOnce(given);
    if (again === "crashed") throw new Error("nothing crashes here");
    expect(again.child).to.not.equal(batch);
    expect(again.minted?.verified).to.equal(1);
  });
});

/** Run numbers, hashes, batches and tokens differ from run to run. */
function general(label: string): string {
  return label
    .replace(/0x[0-9a-f]{8,}/g, "*")
    .replace(/^forge-\d+/, "*")
    .replace(/^file\/(\d{7,})/, "file/*")
    .replace(/^file\/batch-\d+/, "file/batch-*");
}
