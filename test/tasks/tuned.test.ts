import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { errorCode, startNode } from "../kit/cli.ts";
import { hardhatAt, runTask } from "../kit/task.ts";
import { tinyTunedRecipe } from "../kit/tuned-recipe.ts";

describe("tasks with a tuned recipe", function () {
  // Each command builds, starts threads and mints on a node: seconds. They build on each other, as a collection's life does.
  this.timeout(240_000);
  let folder: string;
  let recipe: string;
  let node: Awaited<ReturnType<typeof startNode>>;
  let hardhat: HardhatRuntimeEnvironment;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-tuned-"));
    recipe = join(folder, "recipe");
    await mkdir(recipe);
    for (const [name, bytes] of await tinyTunedRecipe())
      await writeFile(join(recipe, name), bytes);
    node = await startNode();
    hardhat = await hardhatAt(node.url);
  });
  after(async () => {
    await node.stop();
    await rm(folder, { recursive: true });
  });

  async function run<T>(
    verb: string | string[],
    args: Record<string, unknown>,
  ): Promise<T> {
    const { code, stdout, stderr } = await runTask(
      verb,
      { ...args, json: true },
      hardhat,
    );
    expect(code, stderr).to.equal(0);
    return JSON.parse(stdout) as T;
  }

  it("mints, proves, evolves and proves again, by the commands of any recipe", async () => {
    const minted = await run<{
      verified: number;
      recipe: string;
      car: string;
      tokens: { tokenId: string; traits: Record<string, string> }[];
    }>("mint-batch", {
      recipe,
      count: "2",
      size: "64",
      out: folder,
      date: "2025-01-31",
    });
    expect(minted.verified).to.equal(2);
    const [first] = minted.tokens;
    const donors = ["arches", "checks", "leaves", "moons", "ribbons", "suns"];
    expect(donors).to.include(first?.traits["motif"]);
    const metadata = JSON.parse(
      await readFile(
        join(folder, "batch-1", `${first?.tokenId ?? ""}.json`),
        "utf8",
      ),
    ) as {
      properties: {
        engine: number;
        adapter: string;
        licences: { dataset: string };
      };
    };
    const manifest = JSON.parse(
      await readFile(join(recipe, "recipe.json"), "utf8"),
    ) as { dataset: string; adapter: { sha256: string } };
    expect(metadata.properties).to.deep.include({
      engine: 2,
      adapter: manifest.adapter.sha256,
    });
    expect(metadata.properties.licences.dataset).to.equal(manifest.dataset);

    const token = "1000001";
    const genesis = await run<{ match: boolean }>("verify-token", {
      token,
      recipe,
      deep: true,
    });
    expect(genesis.match).to.equal(true);

    await run("observe-market", { date: "2025-12-01" });
    const evolved = await run<{
      epoch: number;
      works: number;
      evolved: number;
    }>("evolve", {
      out: folder,
      recipe,
    });
    expect(evolved).to.include({ epoch: 1, works: 2 });
    expect(evolved.evolved).to.be.at.least(1);
    const shown = await run<{ match: boolean }>("verify-token", {
      token,
      recipe,
      epoch: "1",
    });
    expect(shown.match).to.equal(true);
    const odds = await run<Record<string, unknown>>("odds", { batch: "1" });
    expect(JSON.stringify(odds)).to.contain(first?.traits["composition"]);
  });

  it("refuses a recipe whose licences are of another dataset than it says", async () => {
    const other = join(folder, "other");
    await mkdir(other);
    const files = await tinyTunedRecipe();
    for (const [name, bytes] of files)
      await writeFile(join(other, name), bytes);
    const text = await readFile(join(other, "recipe.json"), "utf8");
    const { dataset } = JSON.parse(text) as { dataset: string };
    await writeFile(
      join(other, "recipe.json"),
      text.replace(dataset, `0x${"77".repeat(32)}`),
    );
    const done = await runTask(
      "mint-batch",
      { recipe: other, count: "1", out: folder, json: true },
      hardhat,
    );
    expect(done.code).to.equal(1);
    expect(errorCode(done)).to.equal("publishing/recipe-other-dataset");
  });
});
