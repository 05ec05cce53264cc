import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../../offchain/adapters/car-archives.ts";
import { utf8, type Hex } from "../../../offchain/kernel/bytes.ts";
import { tokenId } from "../../../offchain/kernel/ids.ts";
import type { Archives } from "../../../offchain/loop/ports-archive.ts";
import { parseCid } from "../../../offchain/publishing/cid.ts";
import {
  createEpochPacker,
  type EpochWork,
  type PackedEpoch,
} from "../../../offchain/publishing/epoch.ts";
import { epochPaths } from "../../../offchain/publishing/paths.ts";
import { expectCode } from "../../kit/rejection.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

const WORKS = 3;
const id = (index: number): bigint => tokenId(1, index);
const png = (index: number, state: number): Uint8Array =>
  patterned(index === 2 ? 1_100_000 : 900, index + 10 * state);
const json = (index: number, state: number): Uint8Array =>
  utf8(`${index}:${state}`);

describe("adapters/car-layers", () => {
  let folder: string;
  let archives: Archives;
  let roots: Hex[];
  let known: Map<string, EpochWork>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-layers-"));
    archives = createCarArchives({ store: join(folder, "store") });
    roots = [];
    known = new Map();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const car = (name: string): string => join(folder, `${name}.car`);

  /** Packs one batch of works in these states, upon the archives kept so far. */
  async function pack(
    name: string,
    states: readonly number[],
  ): Promise<PackedEpoch> {
    const layers = await archives.layers({ roots });
    try {
      const packer = createEpochPacker({
        sink: await archives.create(car(name)),
        held: (cid) => layers.holds(cid.toString()),
        hash: nativeSha256,
      });
      const works: EpochWork[] = [];
      for (const [index, state] of states.entries()) {
        const key = `${index} ${state}`;
        const work = known.get(key) ?? {
          id: id(index),
          image: await packer.addFile(png(index, state)),
          metadata: await packer.addFile(json(index, state)),
        };
        known.set(key, work);
        works.push(work);
      }
      await packer.addBatch(1, works);
      return await packer.finish();
    } finally {
      await layers.close();
    }
  }

  async function keep(name: string, { digest }: PackedEpoch): Promise<void> {
    await archives.keep(digest, car(name));
    roots.push(digest);
  }

  it("reads each epoch through the archives that hold its parts, checked", async () => {
    const packed: PackedEpoch[] = [];
    const history = [
      [0, 0, 0],
      [0, 1, 0],
      [2, 1, 0],
      [0, 1, 0],
    ];
    for (const [i, states] of history.entries()) {
      const one = await pack(`${i}`, states);
      await archives.readBackPart(car(`${i}`), roots);
      if (!roots.includes(one.digest)) await keep(`${i}`, one);
      packed.push(one);
    }
    expect(packed[3]?.digest).to.equal(packed[1]?.digest);
    expect(packed[3]?.blocksWritten).to.equal(1);
    const layers = await archives.layers({ roots });
    for (const [i, states] of history.entries())
      for (const [index, state] of states.entries()) {
        const root = packed[i]?.digest ?? "0x";
        const { image, metadata } = epochPaths(id(index));
        expect(await layers.read(root, image)).to.deep.equal(png(index, state));
        expect(await layers.cidOf(root, metadata)).to.equal(
          known.get(`${index} ${state}`)?.metadata.cid,
        );
        const listed = await layers.list(root, "1/images");
        expect(listed.size).to.equal(WORKS);
        expect(listed.get(`${id(index)}.png`)).to.deep.equal(
          known.get(`${index} ${state}`)?.image,
        );
      }
    await expectCode(
      layers.read(roots[0] ?? "0x", "1/1000003.json"),
      "publishing/no-such-path",
    );
    await layers.close();
  });

  it("holds what the chosen archives hold, and no more", async () => {
    const first = await pack("a", [0, 0, 0]);
    await keep("a", first);
    const second = await pack("b", [0, 1, 0]);
    await keep("b", second);
    const [only, both] = [
      await archives.layers({ roots: [second.digest] }),
      await archives.layers({ roots: [...roots, `0x${"12".repeat(32)}`] }),
    ];
    const old = known.get("0 0")?.image.cid ?? "";
    const fresh = known.get("1 1")?.image.cid ?? "";
    expect([only.holds(old), only.holds(fresh)]).to.deep.equal([false, true]);
    expect([both.holds(old), both.holds(fresh)]).to.deep.equal([true, true]);
    await expectCode(
      only.read(second.digest, epochPaths(id(0)).image),
      "publishing/missing-block",
    );
    await only.close();
    await both.close();
    const given = await archives.layers({ roots: [], paths: [car("a")] });
    expect([given.holds(old), given.holds(fresh)]).to.deep.equal([true, false]);
    expect(
      await given.read(first.digest, epochPaths(id(0)).image),
    ).to.deep.equal(png(0, 0));
    await given.close();
    await expectCode(
      archives.layers({ roots: [], paths: [car("none")] }),
      "publishing/car-unreadable",
    );
  });

  it("looks at an archive again when it was replaced, and passes over what is none", async () => {
    const first = await pack("a", [0, 0, 0]);
    await keep("a", first);
    const cid = known.get("0 0")?.image.cid ?? "";
    const place = join(folder, "store", `${first.root}.car`);
    const whole = new Uint8Array(await readFile(place));
    for (const [bytes, held] of [
      [whole, true],
      [whole.slice(0, -1), false],
      [whole, true],
      [utf8("none"), false],
    ] as const) {
      await rm(place);
      await writeFile(place, bytes);
      const layers = await archives.layers({ roots });
      expect(layers.holds(cid)).to.equal(held);
      await layers.close();
    }
  });

  it("refuses a part with a block altered, missing elsewhere, or of no use", async () => {
    const first = await pack("a", [0, 0, 0]);
    await expectCode(
      archives.readBackPart(car("none"), roots),
      "publishing/car-unreadable",
    );
    await keep("a", first);
    await pack("b", [0, 1, 0]);
    expect(await archives.readBackPart(car("b"), roots)).to.equal(
      await archives.readBackPart(car("a"), []),
    );
    await expectCode(
      archives.readBackPart(car("b"), []),
      "publishing/missing-block",
    );
    const bytes = new Uint8Array(await readFile(car("b")));
    const at = bytes.length - 1;
    await writeFile(car("c"), bytes.with(at, (bytes[at] ?? 0) ^ 1));
    await expectCode(
      archives.readBackPart(car("c"), roots),
      "publishing/cid-mismatch",
    );
    const sink = await archives.create(car("d"));
    const stray = patterned(5, 5);
    const packer = createEpochPacker({ sink, held: () => false });
    await packer.addFile(stray);
    const image = await packer.addFile(png(0, 0));
    await packer.addBatch(1, [{ id: id(0), image, metadata: image }]);
    const { root } = await packer.finish();
    expect(parseCid(root).toString()).to.equal(root);
    await expectCode(
      archives.readBackPart(car("d"), []),
      "publishing/car-stray-block",
    );
  });
});
