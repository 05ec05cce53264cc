import * as dagPb from "@ipld/dag-pb";
import { expect } from "chai";
import { UnixFS } from "ipfs-unixfs";
import type { CID } from "multiformats/cid";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { equal } from "../../../offchain/kernel/bytes.ts";
import { FatalError } from "../../../offchain/kernel/errors.ts";
import {
  nodeCid,
  rawCid,
  type Block,
} from "../../../offchain/publishing/cid.ts";
import {
  createDag,
  type Dag,
  type Listed,
} from "../../../offchain/publishing/dag.ts";
import { expectCode } from "../../kit/rejection.ts";
import { buildTree, patterned, type Tree } from "../../kit/unixfs-trees.ts";

/** A DAG reader over these blocks. */
function dagOf(blocks: readonly Block[]): Dag {
  const store = new Map(
    blocks.map(({ cid, bytes }) => [cid.toString(), bytes]),
  );
  return createDag((cid) => {
    const bytes = store.get(cid.toString());
    if (bytes === undefined) throw new FatalError("test/no-block", "None.");
    return bytes;
  }, nativeSha256);
}

/** A node made by hand. */
function node(
  data: UnixFS,
  links: readonly { Name: string; Hash: CID; Tsize: number }[],
): Block {
  const bytes = dagPb.encode(
    dagPb.prepare({ Data: data.marshal(), Links: [...links] }),
  );
  return { cid: nodeCid(bytes), bytes };
}

const leaf = { bytes: patterned(5, 1), cid: rawCid(patterned(5, 1)) };
const linkTo = (Name: string, { cid }: Block) => ({
  Name,
  Hash: cid,
  Tsize: 5,
});

async function all(listing: AsyncIterable<Listed>): Promise<Listed[]> {
  const found: Listed[] = [];
  for await (const item of listing) found.push(item);
  return found;
}

describe("publishing/dag", () => {
  const many: Tree = Object.fromEntries(
    Array.from({ length: 5_500 }, (_, i) => [`${i}.bin`, patterned(9, i)]),
  );
  const tree: Tree = {
    "a.txt": patterned(10, 1),
    none: {},
    "long.bin": patterned(2_200_000, 2),
    many,
  };

  it("reads every path of a tree, through shards and long files", async () => {
    const { root, blocks } = await buildTree(tree);
    const dag = dagOf(blocks);
    const long = await dag.file(root.cid, "long.bin");
    expect(equal(long, patterned(2_200_000, 2))).to.equal(true);
    for (const i of [0, 1, 77, 5_499])
      expect(await dag.file(root.cid, `many/${i}.bin`)).to.deep.equal(
        patterned(9, i),
      );
    expect((await dag.resolve(root.cid, "")).toString()).to.equal(
      root.cid.toString(),
    );
  });

  it("lists everything once, directories before what they hold", async () => {
    const { root, blocks } = await buildTree(tree);
    const listed = await all(dagOf(blocks).list(root.cid));
    const paths = listed.map(({ path }) => path);
    expect(paths.toSorted()).to.deep.equal(
      [
        ...Object.keys(tree),
        ...Object.keys(many).map((name) => `many/${name}`),
      ].toSorted(),
    );
    expect(
      listed.filter(({ kind }) => kind === "directory").map(({ path }) => path),
    ).to.deep.equal(["many", "none"]);
    expect(paths.indexOf("many")).to.be.lessThan(paths.indexOf("many/0.bin"));
  });

  it("tells the entries of one directory with their sizes, and every block below a root once", async () => {
    const { root, blocks } = await buildTree({ ...tree, again: many });
    const dag = dagOf(blocks);
    const sizes = new Map<string, number>();
    for await (const { name, size } of dag.entries(root.cid))
      sizes.set(name, size);
    expect(sizes.get("a.txt")).to.equal(10);
    expect(sizes.get("many")).to.equal(sizes.get("again"));
    let names = 0;
    const folder = await dag.resolve(root.cid, "many");
    for await (const { size } of dag.entries(folder))
      names += size === 9 ? 1 : 0;
    expect(names).to.equal(5_500);
    const found: string[] = [];
    for await (const cid of dag.blocks(root.cid)) found.push(cid.toString());
    expect(found.length).to.equal(new Set(found).size);
    expect(found.sort()).to.deep.equal(
      [...new Set(blocks.map(({ cid }) => cid.toString()))].sort(),
    );
    const file = await dag.resolve(root.cid, "a.txt");
    await expectCode(dag.entries(file).next(), "publishing/bad-node");
    const long = await dag.resolve(root.cid, "long.bin");
    await expectCode(dag.entries(long).next(), "publishing/bad-node");
  });

  it("says that a path leads nowhere", async () => {
    const { root, blocks } = await buildTree(tree);
    const dag = dagOf(blocks);
    for (const path of [
      "b.txt",
      "a.txt/b",
      "many/5500.bin",
      "long.bin/0",
      "none/x",
    ])
      await expectCode(dag.resolve(root.cid, path), "publishing/no-such-path");
  });

  it("refuses to read a directory as a file, and files above the limit", async () => {
    const { root, blocks } = await buildTree(tree);
    const dag = dagOf(blocks);
    await expectCode(dag.file(root.cid, "many"), "publishing/bad-node");
    await expectCode(
      dag.file(root.cid, "long.bin", 2_199_999),
      "publishing/file-too-large",
    );
  });

  it("refuses any block that is not what its CID says", async () => {
    const { root, blocks } = await buildTree({ a: { b: patterned(50, 1) } });
    for (const victim of blocks) {
      const altered = blocks.map((block) =>
        block === victim ? { ...block, bytes: patterned(50, 2) } : block,
      );
      await expectCode(
        dagOf(altered).file(root.cid, "a/b"),
        "publishing/cid-mismatch",
      );
    }
  });

  it("refuses nodes outside the profile", async () => {
    const inline = node(
      new UnixFS({ type: "file", data: patterned(4, 1) }),
      [],
    );
    const symlink = node(
      new UnixFS({ type: "symlink", data: patterned(4, 1) }),
      [],
    );
    const twice = node(new UnixFS({ type: "directory" }), [
      linkTo("a", leaf),
      linkTo("a", leaf),
    ]);
    const narrow = node(
      new UnixFS({
        type: "hamt-sharded-directory",
        fanout: 16n,
        hashType: 0x22n,
        data: new Uint8Array([1]),
      }),
      [linkTo("0a", leaf)],
    );
    for (const bad of [inline, symlink, twice, narrow])
      await expectCode(
        all(dagOf([bad, leaf]).list(bad.cid)),
        "publishing/bad-node",
      );
  });

  it("refuses a file whose parts are not as long as it says", async () => {
    const file = node(new UnixFS({ type: "file", blockSizes: [4n] }), [
      linkTo("", leaf),
    ]);
    const directory = node(new UnixFS({ type: "directory" }), [
      linkTo("f", file),
    ]);
    await expectCode(
      dagOf([leaf, file, directory]).file(directory.cid, "f"),
      "publishing/bad-node",
    );
  });

  it("refuses a shard that holds a name where nobody would look for it", async () => {
    const shard = node(
      new UnixFS({
        type: "hamt-sharded-directory",
        fanout: 256n,
        hashType: 0x22n,
        data: new Uint8Array([1]),
      }),
      [linkTo("00hello", leaf)],
    );
    await expectCode(
      all(dagOf([leaf, shard]).list(shard.cid)),
      "publishing/bad-node",
    );
  });
});
