import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import {
  readRecipeFiles,
  refreshRecipe,
} from "../../../offchain/adapters/recipe-files.ts";
import { buildRecipe } from "../../../offchain/publishing/recipe.ts";
import { recipeFixture } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

const GENESIS = new URL("../../../offchain/recipes/genesis/", import.meta.url)
  .pathname;

describe("adapters/recipe-files", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-recipe-"));
    for (const [name, bytes] of recipeFixture())
      await writeFile(join(folder, name), bytes);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("reads a directory as it was written", async () => {
    const read = await buildRecipe(await readRecipeFiles(folder));
    expect(read.id).to.equal((await buildRecipe(recipeFixture())).id);
  });

  it("says that a directory is no recipe", async () => {
    await expectCode(
      readRecipeFiles(join(folder, "none")),
      "recipe/unreadable",
    );
    await mkdir(join(folder, "more"));
    await expectCode(readRecipeFiles(folder), "recipe/unreadable");
  });

  it("takes in changed files and writes their hashes", async () => {
    const source = `${folder}-kernels`;
    await writeFile(source, patterned(77, 9));
    const refreshed = await refreshRecipe(folder, { "kernels.wasm": source });
    await rm(source);
    expect(refreshed.manifest.model.kernels.bytes).to.equal(77);
    const read = await buildRecipe(await readRecipeFiles(folder));
    expect(read.id).to.equal(refreshed.id);
    expect(read.id).not.to.equal((await buildRecipe(recipeFixture())).id);
  });

  it("leaves the manifest as it was when a file is missing", async () => {
    const before = await readFile(join(folder, "recipe.json"));
    await rm(join(folder, "guard.json"));
    await expectCode(refreshRecipe(folder), "publishing/recipe-missing-file");
    expect(await readFile(join(folder, "recipe.json"))).to.deep.equal(before);
  });

  it("finds the built-in recipe whole", async () => {
    const recipe = await buildRecipe(await readRecipeFiles(GENESIS));
    expect(recipe.manifest.engine).to.equal(1);
  });
});
