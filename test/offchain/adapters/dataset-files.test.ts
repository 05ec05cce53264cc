import {
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import {
  createDatasets,
  openDataset,
  readDataset,
} from "../../../offchain/adapters/dataset-files.ts";
import {
  drawnPictures,
  writeDatasetFixture,
} from "../../kit/dataset-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("adapters/dataset-files", () => {
  let home: string;
  let set: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "datasets-"));
    set = join(home, "set");
    await writeDatasetFixture(set, { count: 2 });
  });
  afterEach(() => rm(home, { recursive: true }));
  const datasets = createDatasets(() => new Date("2026-01-02T03:04:05Z"));

  it("reads a sealed dataset with its pixels, in the order of the manifest", async () => {
    const { manifest, pictures } = await readDataset(set);
    expect(manifest.images.map(({ name }) => name)).to.deep.equal([
      "Cross",
      "Disc",
    ]);
    manifest.images.forEach(({ name }, place) =>
      expect(pictures[place]).to.deep.equal(drawnPictures().get(name)),
    );
  });

  it("refuses pictures that were exchanged, are missing, or are links", async () => {
    const dataset = await openDataset(set);
    const [cross, disc] = ["cross", "disc"].map((name) =>
      join(set, `images/${name}.png`),
    ) as [string, string];
    const own = await readFile(cross);
    await writeFile(cross, await readFile(disc));
    await expectCode(dataset.picture(0), "dataset/damaged");
    await rm(cross);
    await expectCode(dataset.picture(0), "files/missing");
    await writeFile(join(home, "elsewhere.png"), own);
    await symlink(join(home, "elsewhere.png"), cross);
    await expectCode(dataset.picture(0), "dataset/damaged");
    await rename(join(set, "images"), join(home, "images"));
    await symlink(join(home, "images"), join(set, "images"));
    await expectCode(dataset.picture(1), "dataset/damaged");
    await rm(join(set, "manifest.json"));
    await expectCode(openDataset(set), "files/missing");
    await symlink(join(home, "elsewhere.png"), join(set, "manifest.json"));
    await expectCode(openDataset(set), "dataset/damaged");
  });

  it("reads and writes nothing outside the dataset", async () => {
    for (const path of [
      "../x.json",
      "/etc/passwd",
      "a/b/c.json",
      ".hidden",
      "images/../../x.png",
    ]) {
      await expectCode(datasets.read(set, path), "dataset/damaged");
      await expectCode(
        datasets.replace(set, path, new Uint8Array(1)),
        "dataset/damaged",
      );
    }
  });

  it("shows a dataset only when it is whole, and moves aside what was there", async () => {
    const stage = await datasets.stage(set);
    await stage.write("images/new.png", Uint8Array.of(1));
    expect(await readdir(set)).to.include("manifest.json");
    expect(await stage.finish()).to.equal(`${set}.20260102T030405Z`);
    expect(await readdir(set)).to.deep.equal(["images"]);
    const other = await datasets.stage(set);
    await other.write("a.json", Uint8Array.of(1));
    await other.abort();
    expect((await readdir(home)).sort()).to.deep.equal([
      "set",
      "set.20260102T030405Z",
    ]);
  });
});
