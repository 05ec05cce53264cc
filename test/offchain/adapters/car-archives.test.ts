import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../../offchain/adapters/car-archives.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import type { ErrorCode } from "../../../offchain/kernel/errors.ts";
import type { Archives } from "../../../offchain/loop/ports-archive.ts";
import {
  createBatchPacker,
  type PackedBatch,
} from "../../../offchain/publishing/batch.ts";
import { CAR_HEADER_BYTES } from "../../../offchain/publishing/car-format.ts";
import { CID_BYTES } from "../../../offchain/publishing/cid.ts";
import { tokenPaths } from "../../../offchain/publishing/paths.ts";
import { buildRecipe } from "../../../offchain/publishing/recipe.ts";
import { recipeFixture } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";
import { carOf } from "../../kit/car-bytes.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

const png = (id: bigint): Uint8Array =>
  patterned(id % 5n === 0n ? 1_100_000 : 900, Number(id));

/** Where the first block's bytes begin: behind the header, a length of one byte, and the CID. */
const FIRST_PICTURE = CAR_HEADER_BYTES + 1 + CID_BYTES;

describe("adapters/car-archives", () => {
  let folder: string;
  let archives: Archives;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-archives-"));
    archives = createCarArchives({ store: join(folder, "store") });
    path = join(folder, "batch-1.car");
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Packs a batch of small works; returns what was meant, by path. */
  async function pack(
    count: number,
    picture = png,
  ): Promise<{ packed: PackedBatch; meant: Map<string, string> }> {
    const meant = new Map<string, string>();
    const packer = createBatchPacker({
      recipe: await buildRecipe(recipeFixture()),
      sink: await archives.create(path),
      hash: nativeSha256,
    });
    for (let i = 0; i < count; i++) {
      const id = 1_000_000n + BigInt(i);
      const { metadata, image } = tokenPaths(id);
      meant.set(image, (await packer.addImage(id, picture(id))).cid);
      const json = utf8(`{"id":${id}}`);
      meant.set(metadata, (await packer.addMetadata(id, json)).cid);
    }
    const packed = await packer.finish({
      transcript: utf8("{}"),
      hashes: utf8("[]"),
    });
    return { packed, meant };
  }

  for (const count of [12, 5_000]) {
    it(`has ipfs-car read ${count} works as they were meant`, async () => {
      const { meant } = await pack(count, count > 12 ? utf8Of : png);
      const found = await archives.readBack(path);
      for (const [name, cid] of meant) expect(found.get(name)).to.equal(cid);
      const others = [...found.keys()].filter((name) => !meant.has(name));
      expect(others.sort()).to.deep.equal(
        [
          ...[...recipeFixture().keys()].map((name) => `recipe/${name}`),
          "hashes.json",
          "transcript.json",
        ].sort(),
      );
    });
  }

  it("opens an archive and reads single files, checked", async () => {
    const { packed, meant } = await pack(12);
    const archive = await archives.open(path);
    expect(archive.root).to.equal(packed.digest);
    expect(await archive.read("images/1000005.png")).to.deep.equal(
      png(1_000_005n),
    );
    expect(await archive.cidOf("1000007.json")).to.equal(
      meant.get("1000007.json"),
    );
    await expectCode(archive.read("1000012.json"), "publishing/no-such-path");
    await archive.close();
  });

  const damage: Record<string, [ErrorCode, (bytes: Uint8Array) => Uint8Array]> =
    {
      "an altered picture": [
        "publishing/cid-mismatch",
        (bytes) => bytes.with(FIRST_PICTURE, (bytes[FIRST_PICTURE] ?? 0) ^ 1),
      ],
      "a cut": ["publishing/car-truncated", (bytes) => bytes.slice(0, -1)],
      "a byte too many": [
        "publishing/car-bad-frame",
        (bytes) => Uint8Array.of(...bytes, 0),
      ],
    };
  for (const [what, [code, harm]] of Object.entries(damage)) {
    it(`refuses to read back an archive with ${what}`, async () => {
      await pack(3, utf8Of);
      await writeFile(path, harm(new Uint8Array(await readFile(path))));
      await expectCode(archives.readBack(path), code);
    });
  }

  it("keeps archives by their root, and finds only whole ones", async () => {
    const { packed } = await pack(3);
    expect(await archives.find(packed.digest)).to.equal(undefined);
    await archives.keep(packed.digest, path);
    await archives.keep(packed.digest, path);
    await rm(path);
    const found = await archives.find(packed.digest);
    expect(await found?.read("hashes.json")).to.deep.equal(utf8("[]"));
    await found?.close();

    const other = (await carOf({ a: patterned(3, 1) })).bytes;
    await writeFile(join(folder, "store", `${packed.root}.car`), other);
    expect(await archives.find(packed.digest)).to.equal(undefined);
    await writeFile(join(folder, "store", `${packed.root}.car`), "broken");
    expect(await archives.find(packed.digest)).to.equal(undefined);
  });
});

function utf8Of(id: bigint): Uint8Array {
  return utf8(`picture ${id}`);
}
