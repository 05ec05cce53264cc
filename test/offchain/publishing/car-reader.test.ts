import { expect } from "chai";
import fc from "fast-check";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { concat, equal } from "../../../offchain/kernel/bytes.ts";
import {
  isLoopError,
  type ErrorCode,
} from "../../../offchain/kernel/errors.ts";
import {
  CAR_HEADER_BYTES,
  encodeCarHeader,
  encodeFrameHead,
  MAX_BLOCK_BYTES,
} from "../../../offchain/publishing/car-format.ts";
import {
  carBlocks,
  checkCar,
  indexCar,
} from "../../../offchain/publishing/car-reader.ts";
import { rawCid } from "../../../offchain/publishing/cid.ts";
import { createDag } from "../../../offchain/publishing/dag.ts";
import { carOf, memorySource } from "../../kit/car-bytes.ts";
import { expectCode } from "../../kit/rejection.ts";
import { patterned, type Tree } from "../../kit/unixfs-trees.ts";

const hash = nativeSha256;

const SMALL: Tree = {
  "1000000.json": patterned(60, 1),
  images: { "1000000.png": patterned(90, 2) },
};

/** Reads bytes strictly, as before a sealing. */
const check = (bytes: Uint8Array) => checkCar(memorySource(bytes), { hash });

const expectRefused = (bytes: Uint8Array, code: ErrorCode): Promise<unknown> =>
  expectCode(check(bytes), code);

describe("publishing/car-reader", () => {
  it("reads back what was written: root, blocks and places", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.stringMatching(/^[a-z]{1,8}$/),
          fc.uint8Array({ maxLength: 3_000 }),
          { minKeys: 1, maxKeys: 12, noNullPrototype: true },
        ),
        async (tree) => {
          const { bytes, root, blocks } = await carOf(tree);
          const index = await checkCar(memorySource(bytes), { root, hash });
          const names = new Set(blocks.map(({ cid }) => cid.toString()));
          expect([...index.blocks.keys()]).to.deep.equal([...names]);
          for (const { cid, bytes: content } of blocks) {
            const place = index.blocks.get(cid.toString());
            const { offset = 0, length = -1 } = place ?? {};
            const found = bytes.subarray(offset, offset + length);
            expect(equal(found, content)).to.equal(true);
          }
          expect(await indexCar(memorySource(bytes))).to.deep.equal(index);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("refuses every archive with one bit flipped", async () => {
    const { bytes } = await carOf(SMALL);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const accepted = await check(flipped).then(
        () => true,
        (error: unknown) => {
          if (!isLoopError(error)) throw error;
          return false;
        },
      );
      expect(accepted, `bit ${bit}`).to.equal(false);
    }
  });

  it("refuses every archive that is cut short", async () => {
    const { bytes, blocks } = await carOf(SMALL);
    // Between two blocks nothing is broken off, but what the root needs is missing.
    const edges = new Set<number>([CAR_HEADER_BYTES]);
    let edge = CAR_HEADER_BYTES;
    for (const { cid, bytes: content } of blocks) {
      edge += encodeFrameHead(cid, content.length).length + content.length;
      edges.add(edge);
    }
    expect(edge).to.equal(bytes.length);
    for (let length = 0; length < bytes.length; length++)
      await expectRefused(
        bytes.slice(0, length),
        edges.has(length)
          ? "publishing/missing-block"
          : "publishing/car-truncated",
      );
  });

  it("refuses bytes after the last block", async () => {
    const { bytes } = await carOf(SMALL);
    const stray = patterned(20, 9);
    const frame = concat(encodeFrameHead(rawCid(stray), stray.length), stray);
    await expectRefused(concat(bytes, frame), "publishing/car-stray-block");
    await expectRefused(
      concat(bytes, new Uint8Array(1)),
      "publishing/car-bad-frame",
    );
    await expectRefused(
      concat(bytes, new Uint8Array([200])),
      "publishing/car-truncated",
    );
    await expectRefused(
      concat(bytes, bytes.subarray(CAR_HEADER_BYTES)),
      "publishing/car-repeated-block",
    );
  });

  it("refuses another root than the one expected", async () => {
    const { bytes } = await carOf(SMALL);
    const root = (await carOf({ other: patterned(3, 3) })).root;
    const other = checkCar(memorySource(bytes), { root, hash });
    await expectCode(other, "publishing/car-wrong-root");
    const swapped = concat(
      encodeCarHeader(root),
      bytes.subarray(CAR_HEADER_BYTES),
    );
    await expectRefused(swapped, "publishing/missing-block");
  });

  it("refuses lengths that are padded, too long, or shorter than a CID", async () => {
    const { bytes } = await carOf(SMALL);
    const header = bytes.subarray(0, CAR_HEADER_BYTES);
    const rest = bytes.subarray(CAR_HEADER_BYTES);
    // The first block has 36 + 60 bytes: one byte of length, which two bytes could say as well.
    const padded = concat(header, new Uint8Array([96 | 128, 0]), rest.slice(1));
    await expectRefused(padded, "publishing/car-bad-frame");
    const short = concat(header, new Uint8Array([35]), rest.slice(1));
    await expectRefused(short, "publishing/car-bad-frame");
    const endless = concat(header, new Uint8Array(50).fill(255));
    await expectRefused(endless, "publishing/car-bad-frame");
    const cid = rawCid(new Uint8Array(1));
    const long = concat(
      header,
      encodeFrameHead(cid, MAX_BLOCK_BYTES + 1),
      rest,
    );
    await expectRefused(long, "publishing/car-bad-frame");
  });

  it("refuses headers that are not ours", async () => {
    const { bytes } = await carOf(SMALL);
    const versionTwo = bytes.slice();
    versionTwo[CAR_HEADER_BYTES - 1] = 2;
    await expectRefused(versionTwo, "publishing/car-bad-header");
    await expectRefused(patterned(500, 1), "publishing/car-bad-header");
  });

  it("refuses an archive in which a block is missing", async () => {
    const { bytes, blocks } = await carOf(SMALL);
    const first = blocks[0]?.bytes.length ?? 0;
    const without = concat(
      bytes.subarray(0, CAR_HEADER_BYTES),
      bytes.subarray(CAR_HEADER_BYTES + 1 + 36 + first),
    );
    await expectRefused(without, "publishing/missing-block");
    await expectCode(
      (async () => {
        const source = memorySource(without);
        const dag = createDag(carBlocks(source, await indexCar(source)), hash);
        const { root } = await indexCar(source);
        await dag.file(root, "1000000.json");
      })(),
      "publishing/missing-block",
    );
  });

  it("finds single works by path without reading the others", async () => {
    const tokens = Array.from({ length: 6_000 }, (_, i) => 1_000_000 + i);
    const { bytes } = await carOf({
      ...Object.fromEntries(
        tokens.map((id) => [`${id}.json`, patterned(9, id)]),
      ),
      images: Object.fromEntries(
        tokens.map((id) => [`${id}.png`, patterned(30, id)]),
      ),
    });
    const source = memorySource(bytes);
    const index = await indexCar(source);
    let read = 0;
    const counted = {
      size: source.size,
      read: (offset: number, length: number) => {
        read += length;
        return source.read(offset, length);
      },
    };
    const dag = createDag(carBlocks(counted, index), hash);
    const id = 1_004_321;
    const png = await dag.file(index.root, `images/${id}.png`);
    expect(equal(png, patterned(30, id))).to.equal(true);
    const json = await dag.file(index.root, `/${id}.json`);
    expect(equal(json, patterned(9, id))).to.equal(true);
    expect(read).to.be.lessThan(100_000);
    await expectCode(
      dag.file(index.root, "images/1009999.png"),
      "publishing/no-such-path",
    );
  });

  it("checks the blocks of a work even where the archive was only indexed", async () => {
    const { bytes, blocks } = await carOf(SMALL);
    const altered = bytes.slice();
    const at = CAR_HEADER_BYTES + 1 + 36;
    altered[at] = (altered[at] ?? 0) ^ 1;
    const source = memorySource(altered);
    const index = await indexCar(source);
    const dag = createDag(carBlocks(source, index), hash);
    await expectCode(
      dag.file(index.root, "1000000.json"),
      "publishing/cid-mismatch",
    );
    expect(blocks[0]?.bytes.length).to.equal(60);
  });
});
