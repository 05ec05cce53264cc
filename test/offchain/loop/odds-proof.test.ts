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
} from "../../../offchain/kernel/observation.ts";
import { mint } from "../../../offchain/loop/mint.ts";
import { oddsOf, proveOdds } from "../../../offchain/loop/odds-proof.ts";
import type { OpenArchive } from "../../../offchain/loop/ports-archive.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import { createFakePool } from "../../kit/fake-pool.ts";
import { startLocalChain, type LocalChain } from "../../kit/local-chain.ts";
import { openMemoryJournal } from "../../kit/memory-journal.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

const SCRATCH = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const CONDITIONS = packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 6 });

/** A table that gives one value, always: the fake pool's works are all dots. */
const only = (name: string) => ({
  version: 1,
  traits: [
    {
      name: "family",
      values: [
        { name, weight: 1 },
        { name: "never", weight: 0 },
      ],
    },
  ],
});

describe("the proof of the odds", () => {
  let local: LocalChain;
  let folder: string;

  beforeEach(async () => {
    local = await startLocalChain();
    folder = await mkdtemp(join(SCRATCH, "loop-odds-"));
  });
  afterEach(async () => {
    await local.close();
    await rm(folder, { recursive: true });
  });

  const ports = () => {
    const journal = openMemoryJournal();
    return {
      chain: local.chain({ journal }),
      journal,
      artefacts: createFiles(),
      archives: createCarArchives({ store: join(folder, "cars") }),
      pool: createFakePool(),
      progress: { stage: () => {}, note: () => {} },
      clock: { elapsed: () => 0, now: () => new Date(0) },
      hash: nativeSha256,
      pins: async () => [],
    };
  };

  /** A batch of four dots, minted with a recipe whose table says what works should be. */
  async function minted(family: string): Promise<Recipe> {
    const recipe = await mintableRecipe(only(family));
    const own = ports();
    await own.chain.registerRecipe(recipe.id, { key: "register" });
    const request = {
      count: 4,
      to: local.wallet.address,
      conditions: CONDITIONS,
      out: join(folder, "out"),
    };
    await mint(request, recipe, own);
    return recipe;
  }

  it("finds every work as the table gives it, in the published files", async () => {
    const recipe = await minted("dots");
    const own = { ...ports(), recipe };
    const archive = await own.archives.open(join(folder, "out/batch-1.car"));
    const proof = await proveOdds(own, 1, archive);
    await archive.close();
    expect(proof).to.include({ batch: 1, works: 4, against: "archive" });
    const [dots, never] = proof.odds;
    expect(dots).to.include({ value: "dots", expected: 4_000, drawn: 4 });
    expect(never).to.include({ value: "never", expected: 0, drawn: 0 });
  });

  it("makes all files again where none are at hand", async () => {
    const recipe = await minted("dots");
    const proof = await proveOdds({ ...ports(), recipe }, 1);
    expect(proof).to.include({ works: 4, against: "rebuild" });
  });

  it("names a work that was chosen with other traits", async () => {
    const recipe = await minted("rings");
    await expectCode(proveOdds({ ...ports(), recipe }, 1), "odds/not-obeyed");
  });

  it("names a work that was published with other traits", async () => {
    const recipe = await minted("dots");
    const own = { ...ports(), recipe };
    const archive = await own.archives.open(join(folder, "out/batch-1.car"));
    const forged: OpenArchive = {
      ...archive,
      async read(path) {
        const text = new TextDecoder().decode(await archive.read(path));
        return new TextEncoder().encode(
          path === "1000003.json" ? text.replace('"dots"', '"rings"') : text,
        );
      },
    };
    const error = await expectCode(
      proveOdds(own, 1, forged),
      "odds/not-obeyed",
    );
    await archive.close();
    expect(error.message).to.contain("1000003");
  });

  it("refuses a batch that is not sealed, and another's archive", async () => {
    const recipe = await minted("dots");
    const own = { ...ports(), recipe };
    await expectCode(proveOdds(own, 2), "verify/not-sealed");
    const archive = await own.archives.open(join(folder, "out/batch-1.car"));
    const other = { ...archive, root: `0x${"11".repeat(32)}` as const };
    await expectCode(proveOdds(own, 1, other), "verify/other-archive");
    await archive.close();
  });

  it("gives the odds of a market without any batch", async () => {
    const recipe = await mintableRecipe(only("dots"));
    const [dots] = oddsOf(recipe, NEUTRAL_OBSERVATION);
    expect(dots).to.include({ value: "dots", share: 1_000_000 });
  });
});
