import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../../offchain/adapters/car-archives.ts";
import type { RefusedError } from "../../../offchain/adapters/chain-errors.ts";
import { createFiles } from "../../../offchain/adapters/files-fs.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import { tokenId } from "../../../offchain/kernel/ids.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import { mint } from "../../../offchain/loop/mint.ts";
import { standingOfBatch } from "../../../offchain/loop/recipe-standing.ts";
import { loadRecipe, type Recipe } from "../../../offchain/loop/recipe.ts";
import {
  registerRecipe,
  requireUnrevoked,
} from "../../../offchain/loop/register-recipe.ts";
import { verifyTokenInArchive } from "../../../offchain/loop/verify-token.ts";
import { referTo } from "../../../offchain/publishing/recipe-manifest.ts";
import { createLedger, fakeChain } from "../../kit/fake-chain.ts";
import { createFakePool } from "../../kit/fake-pool.ts";
import { CONDITIONS } from "../../kit/fake-world.ts";
import { startLocalChain } from "../../kit/local-chain.ts";
import { openMemoryJournal } from "../../kit/memory-journal.ts";
import {
  mintableRecipe,
  tunedRecipeFixture,
} from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

const GUARD = new URL(
  "../../../offchain/recipes/genesis/guard.json",
  import.meta.url,
);
const SCRATCH = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const DATASET: Hex = `0x${"d5".repeat(32)}`;
const progress = { stage: () => {}, note: () => {} };

/** A recipe of a tuned model, right in form, that the loop can load. */
async function tunedRecipe(name: string): Promise<Recipe> {
  const guard = new Uint8Array(await readFile(GUARD));
  const change = { name, guard: referTo("guard.json", guard) };
  return loadRecipe(tunedRecipeFixture(change).set("guard.json", guard));
}

describe("registering a recipe", () => {
  let tuned: Recipe;
  let plain: Recipe;
  before(async () => {
    tuned = await tunedRecipe("Tuned");
    plain = await mintableRecipe();
  });

  /** A chain in memory that is, or is not, a development chain. */
  const begin = (development = true) => {
    const inner = fakeChain(createLedger());
    const instance = async () => ({ ...(await inner.instance()), development });
    const chain: Chain = { ...inner, instance };
    return { chain, ports: { chain, network: "here", progress } };
  };

  it("registers the dataset first where a development chain does not know it", async () => {
    const { chain, ports } = begin();
    const first = await registerRecipe(ports, tuned);
    expect(first.dataset?.block).to.equal(first.recipe.block - 1);
    const second = await registerRecipe(ports, await tunedRecipe("Another"));
    expect(second.dataset).to.equal(undefined);
    expect(await chain.datasets()).to.deep.equal([
      { root: DATASET, number: 1, revoked: false },
    ]);
    expect((await chain.recipes()).map(({ dataset }) => dataset)).to.deep.equal(
      [
        { root: DATASET, revoked: false },
        { root: DATASET, revoked: false },
      ],
    );
  });

  it("registers no dataset for a recipe that names none", async () => {
    const { chain, ports } = begin();
    await registerRecipe(ports, plain);
    expect(await chain.datasets()).to.deep.equal([]);
    expect(await requireUnrevoked(chain, plain)).to.not.have.property(
      "dataset",
    );
  });

  it("leaves the dataset to the registrar on a public chain", async () => {
    const { chain, ports } = begin(false);
    await expectCode(registerRecipe(ports, tuned), "dataset/not-registered");
    expect(await chain.recipes()).to.deep.equal([]);
    await chain.registerDataset(DATASET, { key: "by the registrar" });
    await registerRecipe(ports, tuned);
    expect(await chain.recipes()).to.have.length(1);
  });

  it("refuses what is revoked, registered or not, and says which of both is", async () => {
    const { chain, ports } = begin();
    await registerRecipe(ports, tuned);
    await registerRecipe(ports, plain);
    await chain.revokeRecipe(plain.id, { key: "revoke" });
    await chain.revokeDataset(DATASET, { key: "revoke the dataset" });
    await expectCode(requireUnrevoked(chain, plain), "recipe/revoked");
    for (const recipe of [tuned, await tunedRecipe("Never registered")])
      await expectCode(
        requireUnrevoked(chain, recipe),
        "recipe/dataset-revoked",
      );
  });

  it("refuses a recipe that revoking its dataset would not reach", async () => {
    const { chain } = begin();
    await chain.registerRecipe(tuned.id, { key: "without its dataset" });
    await expectCode(requireUnrevoked(chain, tuned), "recipe/other-dataset");
  });
});

describe("from a dataset to its revocation", () => {
  it("mints under a recipe of it, then nothing more, and old works still verify", async () => {
    const recipe = await tunedRecipe("Tuned");
    const local = await startLocalChain();
    const folder = await mkdtemp(join(SCRATCH, "loop-dataset-"));
    const journal = openMemoryJournal();
    const chain = local.chain({ journal });
    const archives = createCarArchives({ store: join(folder, "cars") });
    const ports = {
      chain,
      journal,
      archives,
      artefacts: createFiles(),
      pool: createFakePool(),
      progress,
      clock: { elapsed: () => 0, now: () => new Date(0) },
      hash: nativeSha256,
      pins: async () => [],
    };
    const request = (out: string) => ({
      count: 2,
      to: local.wallet.address,
      conditions: CONDITIONS,
      out: join(folder, out),
    });
    try {
      await registerRecipe({ chain, network: "here", progress }, recipe);
      const { batches } = await mint(request("first"), recipe, ports);
      const [batch] = batches;
      const waiting = await chain.openBatch(
        {
          to: local.wallet.address,
          recipe: recipe.id,
          count: 1,
          conditions: CONDITIONS,
        },
        { key: "waits for its seed" },
      );

      await chain.revokeDataset(DATASET, { key: "revoke" });
      await expectCode(
        requireUnrevoked(chain, recipe),
        "recipe/dataset-revoked",
      );
      const refused = await expectCode(
        mint(request("second"), recipe, ports),
        "chain/refused",
      );
      expect((refused as RefusedError).reason).to.equal(
        "RecipeRegistryDatasetRevoked",
      );
      const { seedBlock, deadline } = await chain.batchOf(2);
      const { hash } = await chain.reachBlock(seedBlock);
      const sealing = { batch: 2, root: DATASET, blockHash: hash };
      const late = await expectCode(
        chain.sealBatch(sealing, { key: "too late" }),
        "chain/refused",
      );
      expect((late as RefusedError).reason).to.equal(
        "RecipeRegistryDatasetRevoked",
      );
      await chain.reachBlock(deadline + 1);
      await chain.abandon(waiting.opened.batch, { key: "abandon" });

      expect(await standingOfBatch(chain, 1)).to.deep.equal({
        id: recipe.id,
        revoked: true,
        because: "dataset",
        dataset: DATASET,
      });
      const archive = await archives.open(batch?.car ?? "");
      const verdict = await verifyTokenInArchive(
        { ...ports, recipe },
        tokenId(1, 0),
        archive,
      );
      await archive.close();
      expect(verdict.match).to.equal(true);
    } finally {
      await local.close();
      await rm(folder, { recursive: true });
    }
  });
});
