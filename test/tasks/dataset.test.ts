import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { network } from "hardhat";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { JsonRpcServer } from "hardhat/types/network";

import type { DatasetManifest } from "../../offchain/dataset/manifest.ts";
import { referTo } from "../../offchain/publishing/recipe-manifest.ts";
import { errorCode, type Finished } from "../kit/cli.ts";
import { writeDatasetFixture } from "../kit/dataset-fixture.ts";
import { tunedRecipeFixture } from "../kit/recipe-fixture.ts";
import { hardhatAt, runTask } from "../kit/task.ts";

const GUARD = new URL(
  "../../offchain/recipes/genesis/guard.json",
  import.meta.url,
);
const SMALL = { count: "1", size: "64", workers: "1" };

describe("tasks: dataset register, list, prove, revoke", function () {
  this.timeout(120_000);
  let folder: string;
  let node: JsonRpcServer;
  let hardhat: HardhatRuntimeEnvironment;
  let manifest: DatasetManifest;
  let dataset: string;
  let recipe: string;

  const command = (
    verb: string | string[],
    args: Record<string, unknown> = {},
  ): Promise<Finished> => runTask(verb, { json: true, ...args }, hardhat);
  async function run(
    verb: string | string[],
    args: Record<string, unknown> = {},
  ): Promise<Record<string, unknown>> {
    const { code, stdout, stderr } = await command(verb, args);
    expect(code, stderr).to.equal(0);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-registry-"));
    dataset = join(folder, "dataset");
    manifest = await writeDatasetFixture(dataset, { count: 3 });
    recipe = join(folder, "recipe");
    await mkdir(recipe);
    const guard = new Uint8Array(await readFile(GUARD));
    const licences = new Uint8Array(
      await readFile(join(dataset, "manifest.json")),
    );
    const files = tunedRecipeFixture({
      dataset: manifest.root,
      guard: referTo("guard.json", guard),
      licences: referTo("licences.json", licences),
    })
      .set("guard.json", guard)
      .set("licences.json", licences);
    for (const [name, bytes] of files)
      await writeFile(join(recipe, name), bytes);
    // In this process: no crash is played here, so the seconds of a process of its own are saved.
    node = await network.createServer("node", "127.0.0.1", 0);
    const { address, port } = await node.listen();
    hardhat = await hardhatAt(`http://${address}:${port}`);
  });
  after(async () => {
    await node.close();
    await rm(folder, { recursive: true });
  });

  it("proves a picture here and by the contract, once its dataset is registered", async () => {
    const { root } = manifest;
    const first = await run(["dataset", "register"], { dataset });
    expect(first).to.include({ root, number: 1, revoked: false });
    const again = await run(["dataset", "register"], { root });
    expect(again).to.include({ root, number: 1, transaction: null });

    const proved = await run(["dataset", "prove"], { dataset, image: "Cross" });
    expect(proved).to.include({ proved: true, name: "Cross", root });
    const other = { dataset, image: "Anything" };
    expect(errorCode(await command(["dataset", "prove"], other))).to.equal(
      "dataset/no-such-picture",
    );
    const elsewhere = join(folder, "other");
    await writeDatasetFixture(elsewhere, { count: 2 });
    const unknown = { dataset: elsewhere, image: "Cross" };
    expect(errorCode(await command(["dataset", "prove"], unknown))).to.equal(
      "dataset/not-registered",
    );
  });

  it("revokes with a dataset the recipe that was made from it, and nothing is minted", async () => {
    const { root } = manifest;
    const registered = await run(["recipe", "register"], { recipe });
    expect(registered).to.deep.include({ dataset: { root, revoked: false } });
    const { id } = registered;
    expect(await run(["dataset", "list"])).to.deep.include({
      datasets: [{ root, number: 1, revoked: false, recipes: [id] }],
    });
    const revoked = await run(["dataset", "revoke"], { root });
    expect(revoked).to.deep.include({ root, revoked: true, recipes: [id] });

    const { stdout } = await command(["recipe", "list"], { json: false });
    expect(stdout).to.contain("revoked with its dataset").and.contain(root);
    const minting = { ...SMALL, recipe, out: folder };
    for (const dryRun of [true, false])
      expect(
        errorCode(await command("mint-batch", { ...minting, dryRun })),
      ).to.equal("recipe/dataset-revoked");
    const late = await command(["dataset", "revoke"], {
      root: `0x${"0e".repeat(32)}`,
    });
    expect(errorCode(late)).to.equal("dataset/not-registered");
  });
});
