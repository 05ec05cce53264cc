import { expect } from "chai";
import fc from "fast-check";
import { exporter } from "ipfs-unixfs-exporter";
import { importer } from "ipfs-unixfs-importer";
import { UnixFS } from "ipfs-unixfs";
import type { CID } from "multiformats/cid";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { equal } from "../../../offchain/kernel/bytes.ts";
import { collectBlocks } from "../../../offchain/publishing/block-sink.ts";
import {
  buildDirectory,
  SHARD_THRESHOLD_BYTES,
} from "../../../offchain/publishing/unixfs-directory.ts";
import { buildFile } from "../../../offchain/publishing/unixfs-file.ts";
import type {
  Entry,
  NamedEntry,
} from "../../../offchain/publishing/unixfs-node.ts";
import { expectCode } from "../../kit/rejection.ts";
import {
  buildTree,
  importTree,
  patterned,
  type Tree,
} from "../../kit/unixfs-trees.ts";

/** `count` small files named like tokens. */
function tokens(count: number): Tree {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${1_000_000 + i}.json`,
      patterned(20, i),
    ]),
  );
}

/** Asserts that root, size and set of blocks are the importer's. */
async function expectImporters(tree: Tree): Promise<void> {
  const ours = await buildTree(tree);
  const theirs = await importTree(tree);
  expect(ours.root.cid.toString()).to.equal(theirs.root.toString());
  expect(BigInt(ours.root.size)).to.equal(theirs.size);
  const made = new Set(ours.blocks.map(({ cid }) => cid.toString()));
  expect([...made].sort().join()).to.equal(
    [...theirs.blocks.keys()].sort().join(),
  );
  const differing = ours.blocks.filter(
    ({ cid, bytes }) =>
      !equal(bytes, theirs.blocks.get(cid.toString()) ?? new Uint8Array()),
  );
  expect(differing).to.deep.equal([]);
}

/** The importer's directory of entries that it does not have to make: existing files and directories. */
async function importLinks(entries: readonly NamedEntry[]): Promise<CID> {
  const store = { put: (cid: CID) => Promise.resolve(cid) };
  let last;
  for await (const entry of importer([], store as never, {
    profile: "unixfs-v1-2025",
    wrapWithDirectory: true,
    async *dagBuilder() {
      for (const { name, cid, size } of entries)
        yield () =>
          Promise.resolve({
            path: name,
            cid,
            size: BigInt(size),
            unixfs: new UnixFS({ type: "directory" }),
          });
    },
  }))
    last = entry;
  return last?.cid as CID;
}

describe("publishing/unixfs-directory", () => {
  for (const count of [0, 1, 3, 900, 1_500, 5_000, 10_000]) {
    it(`makes the importer's blocks for ${count} entries`, () =>
      expectImporters(tokens(count)));
  }

  it("makes the importer's blocks for nested and mixed trees", () =>
    expectImporters({
      ...tokens(5_000),
      images: tokens(5_000),
      empty: {},
      deep: { deeper: { deepest: tokens(3), none: {} } },
      "long.bin": patterned(2_500_000, 1),
    }));

  it("makes the importer's blocks for any small tree", async () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 6 })
      .filter((text) => !/[/\\\0]|^\.{1,2}$/.test(text));
    const { tree } = fc.letrec<{ tree: Tree; leaf: Uint8Array }>((tie) => ({
      leaf: fc.uint8Array({ maxLength: 40 }),
      tree: fc.dictionary(
        name,
        fc.oneof({ depthSize: "small" }, tie("leaf"), tie("tree")),
        { maxKeys: 5, noNullPrototype: true },
      ),
    }));
    await fc.assert(fc.asyncProperty(tree, expectImporters), { numRuns: 60 });
  });

  it("shards one byte above the threshold, links to directories counted", async () => {
    const sink = collectBlocks();
    const target = { sink, hash: nativeSha256 };
    const file = await buildFile(target, new Uint8Array(9));
    const folder = await buildDirectory(target, [{ name: "a", ...file }]);
    // 4 bytes of data and 55 a link (names of 11 characters): 4,765 links leave 65 bytes, a link with a name of 21.
    const links: NamedEntry[] = Array.from({ length: 4_765 }, (_, i) => ({
      name: `${1_000_000 + i}.png`,
      ...file,
    }));
    const last = (name: string): NamedEntry[] => [
      ...links,
      { name, ...folder },
    ];
    const nodeOf = (entry: Entry): number =>
      sink.blocks.findLast(({ cid }) => cid.equals(entry.cid))?.bytes.length ??
      0;

    const fits = last("d".repeat(21));
    const whole = await buildDirectory(target, fits);
    expect(nodeOf(whole)).to.equal(SHARD_THRESHOLD_BYTES);
    expect(whole.cid.toString()).to.equal((await importLinks(fits)).toString());

    const over = last("d".repeat(22));
    const sharded = await buildDirectory(target, over);
    expect(nodeOf(sharded)).to.be.lessThan(20_000);
    expect(sharded.cid.toString()).to.equal(
      (await importLinks(over)).toString(),
    );
  });

  it("links an existing directory as if it had been made here", async () => {
    const inner = tokens(3);
    const whole = await buildTree({ recipe: inner, a: patterned(5, 1) });
    const sink = collectBlocks();
    const target = { sink, hash: nativeSha256 };
    const built = await buildTree(inner);
    const root = await buildDirectory(target, [
      { name: "recipe", ...built.root },
      { name: "a", ...(await buildFile(target, patterned(5, 1))) },
    ]);
    expect(root.cid.toString()).to.equal(whole.root.cid.toString());
    expect(root.size).to.equal(whole.root.size);
  });

  it("does not depend on the order of entries, flat or sharded", async () => {
    for (const count of [50, 5_000]) {
      const tree = tokens(count);
      const reversed = Object.fromEntries(Object.entries(tree).toReversed());
      expect((await buildTree(reversed)).root).to.deep.equal(
        (await buildTree(tree)).root,
      );
    }
  });

  it("is listed by the exporter with the same CIDs when sharded", async () => {
    const { root, blocks } = await buildTree(tokens(5_000));
    const store = new Map(
      blocks.map(({ cid, bytes }) => [cid.toString(), bytes]),
    );
    const read = {
      async *get(cid: CID) {
        yield store.get(cid.toString()) as Uint8Array;
      },
    };
    const entry = await exporter(root.cid, read as never);
    const names: string[] = [];
    if (entry.type === "directory")
      for await (const { name } of entry.entries()) names.push(name);
    expect(names.toSorted()).to.deep.equal(Object.keys(tokens(5_000)));
  });

  it("refuses names that no path could reach", async () => {
    const target = { sink: collectBlocks(), hash: nativeSha256 };
    const file = await buildFile(target, new Uint8Array(1));
    for (const names of [[""], ["."], [".."], ["a/b"], ["a", "a"], ["\ud800"]])
      await expectCode(
        buildDirectory(
          target,
          names.map((name) => ({ name, ...file })),
        ),
        "publishing/bad-name",
      );
  });
});
