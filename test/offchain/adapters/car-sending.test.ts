import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { archiveFile } from "../../../offchain/adapters/car-sending.ts";
import { concat } from "../../../offchain/kernel/bytes.ts";
import { carOf } from "../../kit/car-bytes.ts";
import { gather } from "../../kit/gather.ts";
import { expectCode } from "../../kit/rejection.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

describe("adapters/car-sending", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-sending-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("tells what an archive holds, and gives its bytes in small pieces from anywhere", async () => {
    const { bytes, root, blocks } = await carOf({
      large: patterned(2_500_000, 1),
      small: patterned(10, 2),
    });
    const path = join(folder, "x.car");
    await writeFile(path, bytes);
    const file = await archiveFile(path);
    expect(file.root).to.equal(root.toString());
    expect(file.size).to.equal(bytes.length);
    expect(file.count).to.equal(blocks.length);
    const names = blocks.map(({ cid }) => cid.toString());
    expect([...file.blocks]).to.deep.equal(names);
    expect([...file.blocks], "again").to.deep.equal(names);
    for (const [from, to] of [
      [0, bytes.length],
      [5, 2_000_000],
      [bytes.length, bytes.length],
    ]) {
      const pieces = await gather(file.stream(from, to));
      expect(Math.max(0, ...pieces.map(({ length }) => length))).to.be.at.most(
        1_048_576,
      );
      const wanted = bytes.subarray(from, to);
      expect(Buffer.compare(concat(...pieces), wanted)).to.equal(0);
    }
  });

  it("uses the memory of pieces again where they are wanted briefly", async () => {
    const { bytes } = await carOf({ large: patterned(4_000_000, 1) });
    const path = join(folder, "x.car");
    await writeFile(path, bytes);
    const file = await archiveFile(path);
    const rooms = new Set<ArrayBufferLike>();
    for (let times = 0; times < 2; times++) {
      let at = 7;
      for await (const piece of file.stream(7, bytes.length - 7, true)) {
        rooms.add(piece.buffer);
        const wanted = bytes.subarray(at, at + piece.length);
        expect(Buffer.compare(piece, wanted)).to.equal(0);
        at += piece.length;
      }
      expect(at).to.equal(bytes.length - 7);
    }
    expect(rooms.size).to.equal(4);
  });

  it("refuses what is no archive, and an archive that has become shorter", async () => {
    const path = join(folder, "x.car");
    await expectCode(archiveFile(path), "publishing/car-unreadable");
    await writeFile(path, new Uint8Array(100));
    await expectCode(archiveFile(path), "publishing/car-bad-header");
    const { bytes } = await carOf({ one: patterned(1_000, 1) });
    await writeFile(path, bytes);
    const file = await archiveFile(path);
    await writeFile(path, bytes.subarray(0, 500));
    await expectCode(gather(file.stream()), "publishing/car-unreadable");
  });
});
