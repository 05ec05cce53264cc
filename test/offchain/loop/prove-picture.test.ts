import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { createDatasets } from "../../../offchain/adapters/dataset-files.ts";
import { verifyProof } from "../../../offchain/dataset/tree.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import {
  provePicture,
  type ProvedPicture,
} from "../../../offchain/loop/prove-picture.ts";
import { writeDatasetFixture } from "../../kit/dataset-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("loop/prove-picture", () => {
  let set: string;
  beforeEach(async () => {
    set = join(await mkdtemp(join(tmpdir(), "prove-")), "set");
    await writeDatasetFixture(set, { count: 3 });
  });
  afterEach(() => rm(join(set, ".."), { recursive: true }));
  const prove = (image: string): Promise<ProvedPicture> =>
    provePicture(
      {
        datasets: createDatasets(() => new Date(0)),
        source: (path) =>
          readFile(path).then(
            (bytes) => new Uint8Array(bytes),
            () => undefined,
          ),
      },
      { directory: set, image },
    );

  it("proves a picture by its name, and by the bytes that were sealed", async () => {
    const named = await prove("Cross");
    const { fields, proof } = named.inclusion;
    expect(verifyProof(named.root, fields, proof)).to.equal(true);
    // The fixture's sources are its normalised pictures.
    const byFile = await prove(join(set, "images/cross.png"));
    expect(byFile).to.deep.equal({ ...named, byBytes: true });
  });

  it("proves no other picture, whatever it is called", async () => {
    const file = join(set, "Cross.png");
    await writeFile(file, "something else");
    for (const image of ["Rose", "cross", file])
      await expectCode(prove(image), "dataset/no-such-picture");
  });

  it("finds a proof that was changed, and a picture that was exchanged", async () => {
    const path = join(set, "proofs.json");
    const text = await readFile(path, "utf8");
    const changed = JSON.parse(text) as { proofs: { proof: string[] }[] };
    changed.proofs[1]!.proof[0] = `0x${"1".repeat(64)}`;
    await writeFile(path, JSON.stringify(changed));
    const names = ["Bars", "Cross", "Disc"];
    await expectCode(prove(names[1]!), "dataset/not-proved");
    await writeFile(path, text);
    await writeFile(join(set, "images/cross.png"), utf8("no picture"));
    await expectCode(prove("Cross"), "dataset/damaged");
  });
});
