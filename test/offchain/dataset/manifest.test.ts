import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import {
  buildManifest,
  manifestBytes,
  parseDatasetManifest,
  placeOf,
  type DatasetManifest,
} from "../../../offchain/dataset/manifest.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { writeDatasetFixture } from "../../kit/dataset-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("dataset/manifest", () => {
  let folder: string;
  let manifest: DatasetManifest;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "manifest-"));
    manifest = await writeDatasetFixture(join(folder, "set"));
  });
  after(() => rm(folder, { recursive: true }));

  const changed = (change: (copy: DatasetManifest) => void): Uint8Array => {
    const copy = structuredClone(manifest);
    change(copy);
    return manifestBytes(copy);
  };
  const image = (copy: DatasetManifest) => copy.images[0]!;

  it("is read as it was written", async () => {
    const bytes = await readFile(join(folder, "set/manifest.json"));
    expect(parseDatasetManifest(bytes)).to.deep.equal(manifest);
    expect(manifest.images.map(({ name }) => name)).to.deep.equal([
      "Bars",
      "Chequers",
      "Cross",
      "Disc",
      "Lozenge",
      "Slant",
    ]);
  });

  it("finds words that were changed after sealing, and a leaf or root of another", async () => {
    const changes: ((copy: DatasetManifest) => void)[] = [
      (copy) => (image(copy).rightsHolder = "Somebody else"),
      (copy) => (image(copy).licence = { kind: "public-domain" }),
      (copy) => (image(copy).consent.statement = "Nothing was said."),
      (copy) => (image(copy).source.sha256 = copy.root),
      (copy) => (image(copy).leaf = copy.root),
      (copy) => (copy.root = image(copy).leaf),
      (copy) => copy.images.reverse(),
    ];
    for (const change of changes)
      await expectCode(
        () => parseDatasetManifest(changed(change)),
        "dataset/root-differs",
      );
  });

  it("has one root with a dataset of other titles, and is still another manifest", () => {
    const { root } = buildManifest("Another title", manifest.images);
    expect(root).to.equal(manifest.root);
  });

  it("refuses paths that lead out, names twice, counts that lie, and text that is not canonical", async () => {
    const changes: ((copy: DatasetManifest) => void)[] = [
      (copy) => (image(copy).normalised.path = "images/../../key.png"),
      (copy) => (image(copy).normalised.path = "/etc/passwd"),
      (copy) => (image(copy).name = "<script>"),
      (copy) => (image(copy).title = "two\nlines"),
      (copy) => (image(copy).name = copy.images[1]!.name.toLowerCase()),
      (copy) => (image(copy).normalised.path = copy.images[1]!.normalised.path),
      (copy) => (image(copy).consent.training = "denied" as "allowed"),
      (copy) => (copy.count = 7),
      (copy) => copy.images.splice(0),
    ];
    for (const change of changes)
      await expectCode(
        () => parseDatasetManifest(changed(change)),
        "dataset/bad-manifest",
      );
    const spaced = utf8(JSON.stringify(manifest, undefined, 1));
    for (const bytes of [spaced, utf8("no JSON"), new Uint8Array([0xff])])
      await expectCode(
        () => parseDatasetManifest(bytes),
        "dataset/bad-manifest",
      );
  });

  it("finds a picture by its name", async () => {
    expect(placeOf(manifest, "Disc")).to.equal(3);
    await expectCode(
      () => placeOf(manifest, "disc.png"),
      "dataset/no-such-picture",
    );
  });
});
