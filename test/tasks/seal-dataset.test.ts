import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { errorCode } from "../kit/cli.ts";
import { writePictureFolder } from "../kit/dataset-fixture.ts";
import { runTask } from "../kit/task.ts";

describe("seal-dataset, dataset-proof, dossier", () => {
  let home: string;
  let images: string;
  let licences: string;
  let dataset: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "seal-task-"));
    [images, dataset] = [join(home, "My pictures"), join(home, "set")];
    licences = await writePictureFolder(images, { title: undefined });
  });
  after(() => rm(home, { recursive: true }));
  const flags = { leaveOut: false, keepLookAlikes: false, json: true };
  const seal = (more: object = {}) =>
    runTask("seal-dataset", {
      images,
      licences,
      out: dataset,
      ...flags,
      ...more,
    });

  it("seals a folder through the decoder's process, and prints one document", async () => {
    const { code, stdout } = await seal();
    expect(code).to.equal(0);
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(document).to.include({
      sealed: true,
      count: 6,
      title: "My pictures",
    });
    expect((await readdir(join(dataset, "images"))).length).to.equal(6);
    expect(
      (await readFile(join(dataset, "contact-sheet.png")))
        .subarray(1, 4)
        .toString(),
    ).to.equal("PNG");
    const text = await seal({ json: false });
    expect(text.stdout).to.contain(String(document["root"]));
    expect(text.stdout).to.contain("left as it is");
  });

  it("proves a picture by the file that was sealed, and nothing else", async () => {
    const image = join(images, "disc.png");
    const { code, stdout } = await runTask("dataset-proof", {
      dataset,
      image,
      json: true,
    });
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.include({ proved: true, name: "Disc" });
    const people = await runTask("dataset-proof", {
      dataset,
      image: "Disc",
      json: false,
    });
    expect(people.stdout).to.contain("Disc is in My pictures.");
    const other = await runTask("dataset-proof", {
      dataset,
      image: licences,
      json: true,
    });
    expect([other.code, errorCode(other)]).to.deep.equal([
      1,
      "dataset/no-such-picture",
    ]);
    const none = await runTask("dataset-proof", { dataset, json: true });
    expect(errorCode(none)).to.equal("options/missing");
  });

  it("writes acts into the dossier, exports it, and finds a broken chain", async () => {
    const act = {
      dataset,
      add: "Chose the red one.",
      by: "Ada",
      act: "explored",
    };
    const exported = join(home, "export/dossier.md");
    const { code, stdout } = await runTask("dossier", {
      ...act,
      export: exported,
      json: true,
    });
    expect(code).to.equal(0);
    expect(
      (JSON.parse(stdout) as { entries: unknown[] }).entries,
    ).to.have.length(2);
    expect(await readFile(exported, "utf8")).to.contain("Chose the red one.");
    expect(
      JSON.parse(await readFile(join(home, "export/dossier.json"), "utf8")),
    ).to.deep.equal(JSON.parse(stdout));
    expect(
      errorCode(
        await runTask("dossier", { ...act, by: undefined, json: true }),
      ),
    ).to.equal("options/missing");
    const path = join(dataset, "dossier.json");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace("red", "blue"));
    const broken = await runTask("dossier", { dataset, json: false });
    expect([broken.code, errorCode(broken)]).to.deep.equal([
      1,
      "dataset/broken-chain",
    ]);
  });

  it("names every refused file, writes nothing and fails; or leaves them out, if told to", async () => {
    const out = join(home, "other");
    await writeFile(join(images, "drawing.svg"), "<svg/>");
    const refused = await seal({ out });
    expect([refused.code, errorCode(refused)]).to.deep.equal([
      1,
      "dataset/pictures-refused",
    ]);
    const { sealed, refused: files } = JSON.parse(refused.stdout) as {
      sealed: boolean;
      refused: { file: string }[];
    };
    expect([sealed, files.map(({ file }) => file)]).to.deep.equal([
      false,
      ["drawing.svg"],
    ]);
    expect(await readdir(home)).not.to.include("other");
    const without = await seal({ out, leaveOut: true, json: false });
    expect(without.code).to.equal(0);
    expect(without.stdout).to.contain("drawing.svg");
  });

  it("says which option is missing", async () => {
    for (const more of [{ images: undefined }, { licences: undefined }])
      expect(errorCode(await seal(more))).to.equal("options/missing");
    expect(errorCode(await seal({ title: " " }))).to.equal("options/bad-words");
    expect(errorCode(await seal({ images: join(home, "none") }))).to.equal(
      "files/missing",
    );
  });
});
