import { expect } from "chai";

import { equal, utf8 } from "../../../offchain/kernel/bytes.ts";
import {
  createBatchPacker,
  type BatchPacker,
} from "../../../offchain/publishing/batch.ts";
import type { CarSink } from "../../../offchain/publishing/block-sink.ts";
import { checkCar } from "../../../offchain/publishing/car-reader.ts";
import { createCarWriter } from "../../../offchain/publishing/car-writer.ts";
import { parseCid } from "../../../offchain/publishing/cid.ts";
import { tokenPaths } from "../../../offchain/publishing/paths.ts";
import { buildRecipe } from "../../../offchain/publishing/recipe.ts";
import { memoryOutput, memorySource } from "../../kit/car-bytes.ts";
import { recipeFixture } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";
import { importTree, patterned, type Tree } from "../../kit/unixfs-trees.ts";

const IDS = Array.from({ length: 40 }, (_, i) => 1_000_000n + BigInt(i));
const png = (id: bigint): Uint8Array => patterned(3_000, Number(id));
const json = (id: bigint): Uint8Array => patterned(700, Number(id) * 3);
const RECORDS = { transcript: utf8("{}"), hashes: utf8("[]") };

async function packer(): Promise<BatchPacker & { bytes(): Uint8Array }> {
  const output = memoryOutput();
  const writer = await createCarWriter(output);
  const sink: CarSink = {
    put: (block) => writer.put(block),
    finish: (root) => writer.finish(root),
    abort: () => Promise.resolve(),
  };
  const recipe = await buildRecipe(recipeFixture());
  return {
    ...createBatchPacker({ recipe, sink }),
    bytes: () => output.bytes(),
  };
}

async function packAll(): Promise<{
  root: string;
  digest: string;
  bytes: Uint8Array;
}> {
  const batch = await packer();
  for (const id of IDS) {
    await batch.addImage(id, png(id));
    await batch.addMetadata(id, json(id));
  }
  const { root, digest } = await batch.finish(RECORDS);
  return { root, digest, bytes: batch.bytes() };
}

describe("publishing/batch", () => {
  it("is the directory that the design lays out, as the importer builds it", async () => {
    const tree: Tree = {
      ...Object.fromEntries(
        IDS.map((id) => [tokenPaths(id).metadata, json(id)]),
      ),
      images: Object.fromEntries(IDS.map((id) => [`${id}.png`, png(id)])),
      recipe: Object.fromEntries(recipeFixture()),
      "transcript.json": RECORDS.transcript,
      "hashes.json": RECORDS.hashes,
    };
    const { root, digest, bytes } = await packAll();
    const theirs = await importTree(tree);
    expect(root).to.equal(theirs.root.toString());
    const index = await checkCar(memorySource(bytes), { root: parseCid(root) });
    expect([...index.blocks.keys()].sort()).to.deep.equal(
      [...theirs.blocks.keys()].sort(),
    );
    expect(digest).to.match(/^0x[0-9a-f]{64}$/);
  });

  it("makes the same archive when it is packed again", async () => {
    expect(equal((await packAll()).bytes, (await packAll()).bytes)).to.equal(
      true,
    );
  });

  it("tells the CID of each file as it is added", async () => {
    const batch = await packer();
    const { cid } = await batch.addImage(1_000_000n, png(1_000_000n));
    const alone = await importTree({ a: png(1_000_000n) });
    expect([...alone.blocks.keys()]).to.include(cid);
  });

  it("refuses files out of turn, since their order makes the archive", async () => {
    const code = "publishing/out-of-order";
    const [first, second] = [1_000_000n, 1_000_001n];
    let batch = await packer();
    await expectCode(batch.finish(RECORDS), code);
    await expectCode(batch.addMetadata(first, json(first)), code);
    await batch.addImage(first, png(first));
    await expectCode(batch.addImage(second, png(second)), code);
    await expectCode(batch.addMetadata(second, json(second)), code);
    await expectCode(batch.finish(RECORDS), code);
    await batch.addMetadata(first, json(first));
    await expectCode(batch.addImage(first, png(first)), code);
    batch = await packer();
    const pending = batch.addImage(first, png(first));
    await expectCode(batch.addMetadata(first, json(first)), code);
    await pending;
  });
});
