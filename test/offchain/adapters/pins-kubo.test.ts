import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect } from "chai";

import { archiveFile } from "../../../offchain/adapters/car-sending.ts";
import { createKuboTarget } from "../../../offchain/adapters/pins-kubo.ts";
import { concat } from "../../../offchain/kernel/bytes.ts";
import type {
  ArchiveFile,
  PinTarget,
} from "../../../offchain/loop/ports-pins.ts";
import {
  encodeCarHeader,
  encodeFrameHead,
} from "../../../offchain/publishing/car-format.ts";
import { startWorld } from "../../kit/fake-world.ts";
import { KUBO, startRealKubo } from "../../kit/kubo-real.ts";
import { startKubo } from "../../kit/kubo-server.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";
import { drain, readBack, sendable } from "../../kit/sendable.ts";
import {
  buildTree,
  importTree,
  patterned,
  type Tree,
} from "../../kit/unixfs-trees.ts";

const TOKEN = "bearer-of-the-test";
const NOWHERE = "bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";

const which =
  KUBO === undefined ? "the kit's server, as LOOP_KUBO is not set" : "kubo";

/** Large files, empty ones, a sharded directory, a file twice. */
const WIDE: Tree = {
  large: patterned(2_500_000, 1),
  whole: patterned(1_048_576, 2),
  empty: new Uint8Array(0),
  again: patterned(2_500_000, 1),
  many: Object.fromEntries(
    Array.from({ length: 4_000 }, (_, i) => [
      `${1_000_000 + i}-with-a-name-that-takes-some-room.json`,
      patterned(40, i),
    ]),
  ),
};

describe(`adapters/pins-kubo (${which})`, () => {
  let folder: string;
  let node: {
    readonly url: string;
    readonly hashOf?: (path: string) => Promise<string>;
    close(): Promise<void>;
  };
  let target: PinTarget;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-pins-kubo-"));
    const token = { token: TOKEN };
    node =
      KUBO === undefined
        ? await startKubo(token)
        : await startRealKubo(KUBO, token);
    target = createKuboTarget({ url: node.url, token: TOKEN, tries: 1 });
  });
  after(async () => {
    await node.close();
    await rm(folder, { recursive: true });
  });

  it("pins an archive, and gives it back block by block", async () => {
    const archive = await sendable(folder, WIDE);
    expect(await target.holds(archive.root)).to.equal(false);
    await expectCode(drain(target.read(archive.root)), "pins/not-held");
    const sent: number[] = [];
    await target.put(archive, { onBytes: (bytes) => sent.push(bytes) });
    expect(sent.at(-1)).to.equal(archive.size);
    expect(await target.holds(archive.root)).to.equal(true);
    expect(await readBack(target, archive)).to.include({
      blocks: archive.count,
    });
    await target.put(archive);
    expect(await target.holds(archive.root)).to.equal(true);
  });

  it("pins a part of a tree only where the rest is", async () => {
    const shared = patterned(500, 3);
    const older = await sendable(folder, { shared });
    const { root, blocks } = await buildTree({
      shared,
      own: patterned(400, 4),
    });
    const known = new Set(older.blocks);
    const own = blocks.filter(({ cid }) => !known.has(cid.toString()));
    const path = join(folder, "part.car");
    await writeFile(
      path,
      concat(
        encodeCarHeader(root.cid),
        ...own.flatMap(({ cid, bytes }) => [
          encodeFrameHead(cid, bytes.length),
          bytes,
        ]),
      ),
    );
    const part = await archiveFile(path);
    await expectCode(target.put(part), "pins/refused");
    expect(await target.holds(part.root)).to.equal(false);
    await target.put(older);
    await target.put(part);
    expect(await target.holds(part.root)).to.equal(true);
    expect(await readBack(target, part, { exact: false })).to.include({
      blocks: own.length,
    });
  });

  it("refuses an archive whose block is not what its CID says", async () => {
    const archive = await sendable(folder, { a: patterned(900, 6) });
    const damaged: ArchiveFile = {
      ...archive,
      async *stream() {
        for await (const piece of archive.stream()) {
          const bytes = piece.slice();
          // Behind the header and the first frame's head lies the first block.
          bytes[200] = (bytes[200] ?? 0) ^ 1;
          yield bytes;
        }
      },
    };
    await expectCode(target.put(damaged), "pins/refused");
    expect(await target.holds(archive.root)).to.equal(false);
  });

  it("is refused without the token, which no message shows", async () => {
    for (const token of [undefined, "another-token"]) {
      const stranger = createKuboTarget({ url: node.url, token, tries: 1 });
      const { message } = await expectCode(
        stranger.holds(NOWHERE),
        "pins/refused",
      );
      expect(message).to.include("403").and.not.include("another-token");
    }
  });

  const same = KUBO === undefined ? "ipfs-unixfs-importer" : "kubo itself";

  it(`names a tree as ${same} does`, async () => {
    const { root } = await buildTree(WIDE);
    const path = join(folder, "wide");
    const found = await named(path, WIDE);
    expect(found).to.equal(root.cid.toString());
  });

  const batch =
    KUBO === undefined
      ? "pins a minted batch, and gives it back"
      : "names a minted batch, as it lies on the disk, as kubo itself does";

  it(batch, async () => {
    const world = await startWorld([await mintableRecipe()]);
    try {
      await world.mint(3);
      const path = join(world.folder, "minted-1", "batch-1");
      const archive = await archiveFile(`${path}.car`);
      await target.put(archive);
      expect(await readBack(target, archive)).to.include({
        blocks: archive.count,
      });
      if (node.hashOf !== undefined)
        expect(await node.hashOf(path)).to.equal(archive.root);
    } finally {
      await world.close();
    }
  });

  async function named(path: string, tree: Tree): Promise<string> {
    if (node.hashOf === undefined)
      return (await importTree(tree)).root.toString();
    await write(path, tree);
    return node.hashOf(path);
  }
});

async function write(path: string, tree: Tree | Uint8Array): Promise<void> {
  if (tree instanceof Uint8Array) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, tree);
    return;
  }
  for (const [name, child] of Object.entries(tree))
    await write(join(path, name), child);
}
