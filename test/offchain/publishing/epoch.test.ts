import { expect } from "chai";
import fc from "fast-check";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { FatalError } from "../../../offchain/kernel/errors.ts";
import { tokenId } from "../../../offchain/kernel/ids.ts";
import type { CarSink } from "../../../offchain/publishing/block-sink.ts";
import { parseCid, type Block } from "../../../offchain/publishing/cid.ts";
import { createDag } from "../../../offchain/publishing/dag.ts";
import {
  createEpochPacker,
  type EpochWork,
  type PackedEpoch,
} from "../../../offchain/publishing/epoch.ts";
import { epochPaths } from "../../../offchain/publishing/paths.ts";
import {
  fileLink,
  type Link,
} from "../../../offchain/publishing/unixfs-file.ts";
import { expectCode } from "../../kit/rejection.ts";
import { importTree, type Tree } from "../../kit/unixfs-trees.ts";

/** Every archive of a collection so far, as blocks by CID. */
type Store = Map<string, Uint8Array>;
/** State of each work by batch and index; -1 is burned. */
type Works = ReadonlyMap<number, readonly number[]>;

const png = (id: bigint, state: number): Uint8Array =>
  utf8(`picture ${id} ${state}`);
const json = (id: bigint, state: number): Uint8Array =>
  utf8(`{"${id}":${state}}`);

function sinkInto(blocks: Block[]): CarSink {
  return {
    put: (block) => void blocks.push(block),
    finish: () => Promise.resolve(),
    abort: () => Promise.resolve(),
  };
}

/** Packs an epoch into the store, giving the bytes only of works whose state is not in `known`. */
async function pack(
  works: Works,
  store: Store,
  known: Map<string, EpochWork> = new Map(),
  directories: Map<string, Link> = new Map(),
): Promise<PackedEpoch & { readonly blocks: readonly Block[] }> {
  const blocks: Block[] = [];
  const packer = createEpochPacker({
    sink: sinkInto(blocks),
    held: (cid) => store.has(cid.toString()),
    hash: nativeSha256,
  });
  for (const [batch, states] of works) {
    const key = `${batch} ${states.join()}`;
    const directory = directories.get(key);
    if (directory !== undefined) {
      packer.linkBatch(batch, directory);
      continue;
    }
    const entries: EpochWork[] = [];
    for (const [index, state] of states.entries()) {
      if (state < 0) continue;
      const id = tokenId(batch, index);
      const name = `${id} ${state}`;
      const work = known.get(name) ?? {
        id,
        image: await packer.addFile(png(id, state)),
        metadata: await packer.addFile(json(id, state)),
      };
      known.set(name, work);
      entries.push(work);
    }
    if (entries.length > 0)
      directories.set(key, await packer.addBatch(batch, entries));
  }
  const packed = await packer.finish();
  for (const { cid, bytes } of blocks) store.set(cid.toString(), bytes);
  return { ...packed, blocks };
}

const dagOf = (store: Store) =>
  createDag((cid) => {
    const bytes = store.get(cid.toString());
    if (bytes === undefined) throw new FatalError("test/no-block", "None.");
    return bytes;
  }, nativeSha256);

const state = fc.integer({ min: -1, max: 3 });
/** A few batches and how they are at each of a few epochs. */
const histories = fc
  .array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 })
  .chain((sizes) =>
    fc.array(
      fc.tuple(
        ...sizes.map((size) =>
          fc.array(state, { minLength: size, maxLength: size }),
        ),
      ),
      { minLength: 1, maxLength: 5 },
    ),
  );

const worksOf = (epoch: readonly (readonly number[])[]): Works =>
  new Map(epoch.map((states, i) => [i + 1, states]));

describe("publishing/epoch", () => {
  it("is the directory that the design lays out, as the importer builds it", async () => {
    const works: Works = new Map([
      [1, [0, 2, -1]],
      [7, [1]],
    ]);
    const tree: Record<string, Tree> = {};
    for (const [batch, states] of works) {
      const images: Record<string, Uint8Array> = {};
      const files: Record<string, Uint8Array | Tree> = { images };
      for (const [index, step] of states.entries()) {
        if (step < 0) continue;
        const id = tokenId(batch, index);
        files[`${id}.json`] = json(id, step);
        images[`${id}.png`] = png(id, step);
      }
      tree[`${batch}`] = files;
    }
    const theirs = await importTree(tree);
    const { root, size, blocks, blocksWritten, bytesWritten } = await pack(
      works,
      new Map(),
    );
    expect(root).to.equal(theirs.root.toString());
    expect(BigInt(size)).to.equal(theirs.size);
    expect(blocks.map(({ cid }) => cid.toString()).sort()).to.deep.equal(
      [...theirs.blocks.keys()].sort(),
    );
    expect(blocksWritten).to.equal(blocks.length);
    expect(bytesWritten).to.equal(
      blocks.reduce((total, { bytes }) => total + bytes.length, 0),
    );
  });

  it("has the root of a packing from nothing, whatever changed, and lacks no block", () =>
    fc.assert(
      fc.asyncProperty(histories, async (epochs) => {
        const [store, known, directories] = [
          new Map<string, Uint8Array>(),
          new Map<string, EpochWork>(),
          new Map<string, Link>(),
        ];
        for (const epoch of epochs) {
          const works = worksOf(epoch);
          const before = new Set(store.keys());
          const step = await pack(works, store, known, directories);
          const whole = await pack(works, new Map());
          expect(step.root).to.equal(whole.root);
          expect(step.size).to.equal(whole.size);
          const again = step.blocks.filter(({ cid }) =>
            before.has(cid.toString()),
          );
          for (const { cid } of again)
            expect(cid.toString()).to.equal(step.root);
          const dag = dagOf(store);
          for await (const cid of dag.blocks(parseCid(step.root)))
            expect(store.has(cid.toString())).to.equal(true);
          for (const [batch, states] of works)
            for (const [index, step_] of states.entries()) {
              if (step_ < 0) continue;
              const id = tokenId(batch, index);
              const { image, metadata } = epochPaths(id);
              const root = parseCid(step.root);
              expect(await dag.file(root, image)).to.deep.equal(png(id, step_));
              expect(await dag.file(root, metadata)).to.deep.equal(
                json(id, step_),
              );
            }
        }
      }),
      { numRuns: 60 },
    ));

  it("does not depend on the order of the batches, nor on what is held", () =>
    fc.assert(
      fc.asyncProperty(histories, async (epochs) => {
        const works = worksOf(epochs[0] ?? []);
        const plain = await pack(works, new Map());
        const turned = new Map([...works].toReversed());
        expect((await pack(turned, new Map())).root).to.equal(plain.root);
        const all = new Map(
          plain.blocks.map(({ cid, bytes }) => [cid.toString(), bytes]),
        );
        const nothing = await pack(works, all);
        expect(nothing.root).to.equal(plain.root);
        expect(nothing.blocksWritten).to.equal(1);
        expect(nothing.blocks[0]?.cid.toString()).to.equal(plain.root);
      }),
      { numRuns: 30 },
    ));

  it("writes only the shards on the way to a change in a large batch", async () => {
    const states = Array.from({ length: 5_000 }, () => 0);
    const [store, known, directories] = [
      new Map<string, Uint8Array>(),
      new Map<string, EpochWork>(),
      new Map<string, Link>(),
    ];
    const both = (first: readonly number[]): Works =>
      new Map([
        [1, first],
        [2, states],
      ]);
    await pack(both(states), store, known, directories);
    const changed = both(states.with(1_234, 1));
    const step = await pack(changed, store, known, directories);
    // Picture, metadata, their two directories' shards and roots, and the root of it all.
    expect(step.blocksWritten).to.be.within(7, 11);
    expect(step.root).to.equal((await pack(changed, new Map())).root);
    const found: string[] = [];
    const dag = dagOf(store);
    const folder = await dag.resolve(parseCid(step.root), "1/images");
    for await (const { name } of dag.entries(folder)) found.push(name);
    expect(found.length).to.equal(5_000);
    expect(new Set(found).size).to.equal(5_000);
  });

  it("refuses works out of turn, of another batch, and a batch of none", async () => {
    const packer = createEpochPacker({
      sink: sinkInto([]),
      held: () => false,
    });
    const link = await fileLink(Uint8Array.of(1));
    const work = (id: bigint): EpochWork => ({
      id,
      metadata: link,
      image: link,
    });
    const code = "publishing/out-of-order";
    await expectCode(packer.addBatch(1, []), code);
    await expectCode(packer.addBatch(1, [work(2_000_000n)]), code);
    await expectCode(
      packer.addBatch(1, [work(1_000_001n), work(1_000_000n)]),
      code,
    );
    await packer.addBatch(1, [work(1_000_000n)]);
    await packer.addBatch(1, [work(1_000_000n)]);
    await expectCode(packer.finish(), "publishing/bad-name");
  });

  it("tells the same of a file as the packer that keeps its blocks", async () => {
    const collected: Block[] = [];
    const packer = createEpochPacker({
      sink: sinkInto(collected),
      held: () => false,
    });
    const long = new Uint8Array(2_200_000);
    expect(await packer.addFile(long)).to.deep.equal(await fileLink(long));
    expect(collected.length).to.equal(3);
  });
});
