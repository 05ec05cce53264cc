import { expect } from "chai";

import { toHex, utf8 } from "../../../offchain/kernel/bytes.ts";
import { sha256 } from "../../../offchain/kernel/digest.ts";
import { canonicalBytes } from "../../../offchain/kernel/json.ts";
import { digestToCid } from "../../../offchain/publishing/cid.ts";
import {
  buildRecipe,
  openRecipe,
} from "../../../offchain/publishing/recipe.ts";
import {
  datasetRoot,
  refreshManifest,
  type RecipeManifest,
} from "../../../offchain/publishing/recipe-manifest.ts";
import { recipeFixture, tunedRecipeFixture } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";
import { thrownBy } from "../../kit/thrown.ts";
import { importTree } from "../../kit/unixfs-trees.ts";

describe("publishing/recipe", () => {
  it("has the importer's directory as its id", async () => {
    const files = recipeFixture();
    const recipe = await buildRecipe(files);
    const { root, blocks } = await importTree(Object.fromEntries(files));
    expect(recipe.cid.toString()).to.equal(root.toString());
    expect(digestToCid(recipe.id).toString()).to.equal(root.toString());
    expect(recipe.blocks).to.have.length(blocks.size);
  });

  it("gives out files by what they are for", async () => {
    const files = recipeFixture();
    const recipe = await buildRecipe(files);
    expect(recipe.file("weights")).to.equal(files.get("base.weights"));
    expect(thrownBy(() => recipe.file("adapter")).code).to.equal(
      "publishing/recipe-missing-file",
    );
    expect(datasetRoot(recipe.manifest)).to.equal(
      toHex(sha256(files.get("licences.json") ?? new Uint8Array())),
    );
  });

  it("has one id whatever the order of its files", async () => {
    const files = [...recipeFixture()];
    const { id } = await buildRecipe(new Map(files));
    expect((await buildRecipe(new Map(files.toReversed()))).id).to.equal(id);
  });

  it("refuses any altered, missing or unknown file", async () => {
    for (const name of recipeFixture().keys()) {
      if (name === "recipe.json") continue;
      const altered = recipeFixture();
      altered.set(name, utf8("altered"));
      await expectCode(buildRecipe(altered), "publishing/recipe-altered-file");
      const missing = recipeFixture();
      missing.delete(name);
      await expectCode(buildRecipe(missing), "publishing/recipe-missing-file");
    }
    const more = recipeFixture().set("notes.txt", utf8("hello"));
    await expectCode(buildRecipe(more), "publishing/recipe-unknown-file");
    await expectCode(buildRecipe(new Map()), "publishing/recipe-missing-file");
  });

  it("refuses a manifest in another form", () => {
    const files = recipeFixture();
    const text = new TextDecoder().decode(files.get("recipe.json"));
    files.set("recipe.json", utf8(`${text}\n`));
    expect(thrownBy(() => openRecipe(files)).code).to.equal(
      "publishing/recipe-not-canonical",
    );
  });

  const wrong: Record<
    string,
    Partial<Record<keyof RecipeManifest, unknown>>
  > = {
    "another version": { version: 2 },
    "a size that is not allowed": { sizes: [100], defaultSize: 100 },
    "a default size that is not offered": { defaultSize: 4096 },
    "sizes that do not rise": { sizes: [128, 64] },
    "no adapter entry": { adapter: undefined },
    "a web page without https": { externalUrl: "http://example.com" },
    "a path out of the directory": {
      traits: {
        path: "../traits.json",
        sha256: `0x${"00".repeat(32)}`,
        bytes: 1,
      },
    },
    "one file under two roles": {
      guard: { path: "traits.json", sha256: `0x${"00".repeat(32)}`, bytes: 1 },
    },
    "an unknown field": { ["more" as "name"]: "x" },
  };
  for (const [fault, change] of Object.entries(wrong)) {
    it(`refuses a manifest with ${fault}`, () => {
      const manifest = JSON.parse(
        new TextDecoder().decode(recipeFixture().get("recipe.json")),
      ) as Record<string, unknown>;
      const text = JSON.stringify({ ...manifest, ...change });
      const files = recipeFixture().set("recipe.json", utf8(text));
      expect(thrownBy(() => openRecipe(files)).code).to.equal(
        "publishing/recipe-bad-manifest",
      );
    });
  }

  it("knows a tuned model by its adapter and its dataset", async () => {
    const files = tunedRecipeFixture();
    const recipe = await buildRecipe(files);
    expect(recipe.file("adapter")).to.equal(files.get("adapter.safetensors"));
    expect(datasetRoot(recipe.manifest)).to.equal(`0x${"d5".repeat(32)}`);
    const other = tunedRecipeFixture({ dataset: `0x${"d6".repeat(32)}` });
    expect((await buildRecipe(other)).id).not.to.equal(recipe.id);
    files.set("adapter.safetensors", utf8("altered"));
    await expectCode(buildRecipe(files), "publishing/recipe-altered-file");
    const manifest = refreshManifest(recipe.manifest, files);
    files.set("recipe.json", canonicalBytes(manifest));
    const refreshed = await buildRecipe(files);
    expect(refreshed.manifest.adapter?.bytes).to.equal(7);
    expect(datasetRoot(refreshed.manifest)).to.equal(`0x${"d5".repeat(32)}`);
  });

  const wrongTuned: Record<string, Record<string, unknown>> = {
    "no adapter": { adapter: null },
    "no dataset": { dataset: undefined },
    "a dataset that is no root": { dataset: "0x12" },
    "the engine of the base": { engine: 1 },
    "a precision that nobody can read": { precision: "int4" },
    "the version of the base": { version: 1 },
  };
  for (const [fault, change] of Object.entries(wrongTuned)) {
    it(`refuses a tuned model's manifest with ${fault}`, () => {
      const files = tunedRecipeFixture();
      const manifest = JSON.parse(
        new TextDecoder().decode(files.get("recipe.json")),
      ) as Record<string, unknown>;
      files.set(
        "recipe.json",
        utf8(JSON.stringify({ ...manifest, ...change })),
      );
      expect(thrownBy(() => openRecipe(files)).code).to.equal(
        "publishing/recipe-bad-manifest",
      );
    });
  }

  it("is whole again after a refresh", async () => {
    const files = recipeFixture();
    const before = await buildRecipe(files);
    files.set("base.weights", utf8("new weights"));
    const manifest = refreshManifest(before.manifest, files);
    files.set("recipe.json", canonicalBytes(manifest));
    const after = await buildRecipe(files);
    expect(after.id).not.to.equal(before.id);
    expect(after.manifest.model.weights.bytes).to.equal(11);
    expect(after.manifest.traits).to.deep.equal(before.manifest.traits);
  });
});
