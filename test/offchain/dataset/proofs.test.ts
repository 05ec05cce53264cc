import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import {
  parseProofs,
  proofsOf,
  provesPicture,
} from "../../../offchain/dataset/proofs.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { writeDatasetFixture } from "../../kit/dataset-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("dataset/proofs", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "proofs-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("proves each picture from the file, and no picture by another's proof", async () => {
    const manifest = await writeDatasetFixture(join(folder, "set"));
    const read = parseProofs(await readFile(join(folder, "set/proofs.json")));
    expect(read.root).to.equal(manifest.root);
    expect(read.proofs).to.deep.equal(proofsOf(manifest));
    read.proofs.forEach(({ proof }, place) => {
      expect(provesPicture(manifest, place, proof)).to.equal(true);
      expect(provesPicture(manifest, (place + 1) % 6, proof)).to.equal(false);
    });
    expect(provesPicture(manifest, 6, [])).to.equal(false);
  });

  it("refuses a file of another form", () =>
    expectCode(() => parseProofs(utf8("{}")), "dataset/bad-proofs"));
});
