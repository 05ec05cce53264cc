import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdir,
  mkdtemp,
  rm,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { createPictureFolder } from "../../../offchain/adapters/picture-folder.ts";
import type { PictureFolder } from "../../../offchain/loop/ports-dataset.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("adapters/picture-folder", () => {
  let home: string;
  let folder: PictureFolder;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "folder-"));
    const images = join(home, "images");
    await mkdir(join(images, "sub"), { recursive: true });
    await mkdir(join(home, "texts"));
    await writeFile(join(images, "a.png"), "hello");
    await writeFile(join(images, "b.svg"), "<svg>");
    await writeFile(join(images, "empty.png"), "");
    await writeFile(join(home, "licences.json"), "{}");
    await writeFile(join(home, "texts/L.txt"), "Do as you like.");
    await writeFile(join(images, "heavy.png"), "");
    await truncate(join(images, "heavy.png"), 65 * 1024 * 1024);
    await symlink("a.png", join(images, "link.png"));
    await symlink("/etc", join(home, "out"));
    await symlink("/etc/passwd", join(home, "passwd.txt"));
    execFileSync("mkfifo", [join(images, "pipe.png")]);
    folder = createPictureFolder(images, join(home, "licences.json"));
  });
  after(() => rm(home, { recursive: true }));

  it("lists everything with its kind, in the order of names", async () => {
    const entries = await folder.list();
    expect(entries.map(({ name, kind }) => `${name} ${kind}`)).to.deep.equal([
      "a.png file",
      "b.svg file",
      "empty.png file",
      "heavy.png file",
      "link.png link",
      "pipe.png other",
      "sub folder",
    ]);
  });

  it("hashes files and sniffs them", async () => {
    const hash = createHash("sha256").update("hello").digest("hex");
    expect(await folder.look("a.png")).to.deep.equal({
      sha256: `0x${hash}`,
      bytes: 5,
      looks: undefined,
    });
    expect((await folder.look("b.svg")).looks).to.equal("SVG");
  });

  it("opens nothing but plain files, and waits for no pipe", async () => {
    for (const name of ["link.png", "pipe.png", "sub"])
      await expectCode(folder.look(name), "picture/not-a-file");
    await expectCode(folder.look("empty.png"), "picture/empty");
    await expectCode(folder.look("heavy.png"), "picture/too-heavy");
    await expectCode(folder.look("none.png"), "files/missing");
  });

  it("reads licence texts beside the licences file and below, and nowhere else", async () => {
    const text = await folder.licenceText("texts/L.txt");
    expect(new TextDecoder().decode(text)).to.equal("Do as you like.");
    for (const path of [
      "../x.txt",
      "/etc/passwd",
      "texts/../../x",
      "texts//L.txt",
      ".",
      "texts\\L.txt",
    ])
      await expectCode(folder.licenceText(path), "licence/bad-path");
    for (const path of ["none.txt", "texts", "out/passwd", "passwd.txt"])
      await expectCode(folder.licenceText(path), "licence/no-text");
  });

  it("knows whether the licences file lies among the pictures", async () => {
    expect((await folder.licences()).inFolder).to.equal(undefined);
    const within = createPictureFolder(home, join(home, "licences.json"));
    expect((await within.licences()).inFolder).to.equal("licences.json");
    const none = createPictureFolder(home, join(home, "none.json"));
    await expectCode(none.licences(), "files/missing");
    await expectCode(
      createPictureFolder(join(home, "none"), "").list(),
      "files/missing",
    );
  });
});
