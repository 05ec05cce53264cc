import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import sharp from "sharp";

import { readDataset } from "../../../offchain/adapters/dataset-files.ts";
import { parseDossier } from "../../../offchain/dataset/dossier.ts";
import type { SealResult } from "../../../offchain/loop/seal-dataset.ts";
import {
  FIXTURE_LICENCES,
  writePictureFolder,
} from "../../kit/dataset-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";
import { sealHere, SEALED_AT } from "../../kit/sealing.ts";

const codes = ({ refusals }: SealResult): Record<string, string> =>
  Object.fromEntries(refusals.map(({ file, code }) => [file, code]));

describe("loop/seal-dataset", () => {
  let home: string;
  let images: string;
  let out: string;
  let licences: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "seal-"));
    [images, out] = [join(home, "images"), join(home, "out/set")];
    licences = await writePictureFolder(images);
  });
  afterEach(() => rm(home, { recursive: true }));
  const rewrite = (words: object): Promise<void> =>
    writeFile(licences, JSON.stringify({ ...FIXTURE_LICENCES, ...words }));

  it("seals an artist's folder from one default, with everything that belongs to it", async () => {
    await rewrite({ notes: ["Drawn for the tests."] });
    const { manifest, refusals } = await sealHere(images, licences, { out });
    expect(refusals).to.deep.equal([]);
    expect((await readdir(out)).sort()).to.deep.equal([
      "contact-sheet.png",
      "dossier.json",
      "images",
      "manifest.json",
      "proofs.json",
    ]);
    const read = await readDataset(out);
    expect(read.manifest).to.deep.equal(manifest);
    expect(read.pictures).to.have.length(6);
    const dossier = parseDossier(
      await readFile(join(out, "dossier.json")),
      read.manifest.root,
    );
    expect(
      dossier.entries.map(({ act, who, time }) => [act, who, time]),
    ).to.deep.equal([
      ["selected", "The tests", SEALED_AT],
      ["noted", "The tests", SEALED_AT],
    ]);
  });

  it("gives the same bytes for the same folder, wherever and whenever", async () => {
    const other = join(home, "other");
    await sealHere(images, licences, { out });
    await sealHere(images, licences, {
      out: other,
      time: "2031-01-01T00:00:00Z",
    });
    for (const file of [
      "manifest.json",
      "proofs.json",
      "contact-sheet.png",
      "images/disc.png",
    ]) {
      const [a, b] = await Promise.all(
        [out, other].map((set) => readFile(join(set, file))),
      );
      expect(a!.equals(b!), file).to.equal(true);
    }
  });

  it("leaves the very same dataset and its dossier alone, and moves another aside", async () => {
    await sealHere(images, licences, { out });
    const dossier = await readFile(join(out, "dossier.json"));
    const again = await sealHere(images, licences, { out, by: "Somebody" });
    expect(again).to.include({ unchanged: true, movedAside: undefined });
    expect(await readFile(join(out, "dossier.json"))).to.deep.equal(dossier);
    await rewrite({ title: "Another" });
    const { movedAside, unchanged } = await sealHere(images, licences, { out });
    expect(unchanged).to.equal(false);
    expect(await readdir(movedAside ?? "")).to.include("manifest.json");
    await rm(join(out, "images/disc.png"));
    expect((await sealHere(images, licences, { out })).unchanged).to.equal(
      false,
    );
  });

  it("refuses each bad file by name, writes nothing, and seals the rest when told to", async () => {
    const disc = join(images, "disc.png");
    await copyFile(disc, join(images, "twin.png"));
    await sharp(disc)
      .webp({ lossless: true })
      .toFile(join(images, "same-pixels.webp"));
    await sharp(disc)
      .modulate({ brightness: 0.97 })
      .jpeg()
      .toFile(join(images, "saved-again.jpg"));
    await sharp(join(images, "slant.png"))
      .flop()
      .blur(1)
      .png()
      .toFile(join(images, "slant-mirrored.png"));
    await sharp(join(images, "slant.png"))
      .rotate(90)
      .blur(2)
      .png()
      .toFile(join(images, "slant-turned.png"));
    await sharp(join(images, "cross.png"))
      .extract({ left: 12, top: 12, width: 232, height: 232 })
      .png()
      .toFile(join(images, "cross-part.png"));
    await writeFile(join(images, "drawing.svg"), "<svg/>");
    await writeFile(join(images, "named.png"), "<svg />");
    await writeFile(
      join(images, "broken.jpg"),
      (await sharp(disc).jpeg().toBuffer()).subarray(0, 400),
    );
    await writeFile(join(images, "README.md"), "Read me.");
    await writeFile(join(images, ".DS_Store"), "");
    await symlink(disc, join(images, "zz-link.png"));
    await mkdir(join(images, "zz-more"));
    await rewrite({
      images: [
        { file: "bars.png", licence: "CC-BY-ND-4.0" },
        { file: "missing.png" },
        { file: "chequers.png", consent: { training: "notAllowed" } },
      ],
    });
    const refused = await sealHere(images, licences, { out });
    expect(refused.manifest).to.equal(undefined);
    expect(codes(refused)).to.deep.equal({
      "bars.png": "licence/no-derivatives",
      "broken.jpg": "picture/truncated",
      "chequers.png": "consent/denied",
      "cross.png": "dataset/look-alike",
      "drawing.svg": "picture/wrong-format",
      "missing.png": "licence/no-such-file",
      "named.png": "picture/wrong-format",
      "same-pixels.webp": "dataset/duplicate",
      "saved-again.jpg": "dataset/look-alike",
      "slant-turned.png": "dataset/look-alike",
      "slant.png": "dataset/look-alike",
      "twin.png": "dataset/duplicate",
      "zz-link.png": "picture/not-a-file",
      "zz-more": "picture/not-a-file",
    });
    for (const { file, sentence } of refused.refusals) {
      expect(sentence).to.contain(file);
      expect(sentence).to.match(/^[^\n]+\.$/);
    }
    expect(refused.passedOver).to.deep.equal(["README.md"]);
    expect(await readdir(home)).not.to.include("out");

    const sealed = await sealHere(images, licences, { out, leaveOut: true });
    expect(codes(sealed)).to.deep.equal(codes(refused));
    expect(
      sealed.manifest?.images.map(({ source }) => source.file),
    ).to.have.members([
      "cross-part.png",
      "disc.png",
      "lozenge.png",
      "slant-mirrored.png",
    ]);
    const dossier = parseDossier(
      await readFile(join(out, "dossier.json")),
      sealed.manifest!.root,
    );
    expect(dossier.entries.map(({ act }) => act)).to.deep.equal([
      "selected",
      "left out",
    ]);
    expect(dossier.entries[1]?.words).to.contain(
      '"twin.png" (dataset/duplicate)',
    );
  });

  it("keeps pictures that look alike, if the artist wants them", async () => {
    await sharp(join(images, "slant.png"))
      .flop()
      .png()
      .toFile(join(images, "slant-mirrored.png"));
    const { manifest } = await sealHere(images, licences, {
      out,
      keepLookAlikes: true,
    });
    expect(manifest?.count).to.equal(7);
  });

  it("stores the text of a licence by its hash, and refuses one that lies elsewhere", async () => {
    await writeFile(
      join(images, "own.txt"),
      "You may train on my disc and sell what comes of it.",
    );
    await rewrite({
      images: [
        { file: "disc.png", licence: { text: "own.txt" } },
        { file: "bars.png", licence: { text: "../../own.txt" } },
      ],
    });
    const { manifest, refusals } = await sealHere(images, licences, {
      out,
      leaveOut: true,
    });
    expect(refusals.map(({ file, code }) => [file, code])).to.deep.equal([
      ["bars.png", "licence/bad-path"],
    ]);
    const licence = manifest?.images.find(
      ({ name }) => name === "Disc",
    )?.licence;
    const hash = licence?.kind === "text" ? licence.textSha256 : "";
    const text = await readFile(
      join(out, `licences/${hash.slice(2)}.txt`),
      "utf8",
    );
    expect(text).to.match(/^You may train/);
  });

  it("says what it did that one may not expect", async () => {
    await rm(join(images, "disc.png"));
    await sharp(join(images, "bars.png"))
      .resize(100, 80)
      .jpeg()
      .toFile(join(images, "lozenge.png"));
    await rm(join(images, "bars.png"));
    const { remarks, manifest } = await sealHere(images, licences, { out });
    expect(
      remarks.filter((words) => words.includes("lozenge.png")),
    ).to.have.length(2);
    const lozenge = manifest?.images.find(
      ({ source }) => source.file === "lozenge.png",
    );
    expect(lozenge?.source).to.include({
      format: "jpeg",
      width: 100,
      height: 80,
    });
    expect(lozenge?.normalised.notes).to.deep.equal(["cropped", "enlarged"]);
  });

  it("seals one picture, and nothing where there is none", async () => {
    for (const name of ["bars", "chequers", "cross", "lozenge", "slant"])
      await rm(join(images, `${name}.png`));
    const { manifest } = await sealHere(images, licences, { out });
    expect(manifest).to.include({ count: 1, root: manifest?.images[0]?.leaf });
    await rm(join(images, "disc.png"));
    await expectCode(
      sealHere(images, licences, { out: join(home, "none") }),
      "dataset/empty",
    );
    await expectCode(
      sealHere(join(home, "no-folder"), licences, { out }),
      "files/missing",
    );
    await writeFile(licences, "{");
    await expectCode(sealHere(images, licences, { out }), "licence/bad-file");
    expect(await readdir(home)).to.have.members(["images", "out"]);
  });
});
