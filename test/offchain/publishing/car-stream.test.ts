import { CarWriter } from "@ipld/car";
import { expect } from "chai";
import fc from "fast-check";
import type { CID } from "multiformats/cid";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { concat } from "../../../offchain/kernel/bytes.ts";
import {
  isLoopError,
  type ErrorCode,
} from "../../../offchain/kernel/errors.ts";
import {
  CAR_HEADER_BYTES,
  encodeFrameHead,
} from "../../../offchain/publishing/car-format.ts";
import {
  checkCarStream,
  type CarExpectation,
  type CarFound,
} from "../../../offchain/publishing/car-stream.ts";
import { rawCid, type Block } from "../../../offchain/publishing/cid.ts";
import { carOf } from "../../kit/car-bytes.ts";
import { gather } from "../../kit/gather.ts";
import { expectCode } from "../../kit/rejection.ts";
import { patterned, type Tree } from "../../kit/unixfs-trees.ts";

const SMALL: Tree = {
  "1000000.json": patterned(60, 1),
  images: { "1000000.png": patterned(90, 2) },
};

async function* inPieces(
  bytes: Uint8Array,
  sizes: readonly number[] = [bytes.length],
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (let i = 0; offset < bytes.length; i++) {
    const end = offset + (sizes[i % sizes.length] as number);
    yield bytes.subarray(offset, end);
    offset = end;
  }
}

const check = (
  bytes: Uint8Array,
  expectation: CarExpectation,
): Promise<CarFound> =>
  checkCarStream(inPieces(bytes), { hash: nativeSha256, ...expectation });

/** Strict and lenient reading of a whole archive. */
async function small(): Promise<{
  bytes: Uint8Array;
  root: CID;
  blocks: readonly Block[];
  strict: CarExpectation;
  lenient: CarExpectation;
}> {
  const { bytes, root, blocks } = await carOf(SMALL);
  const expected = blocks.map(({ cid }) => cid.toString());
  return {
    bytes,
    root,
    blocks,
    strict: { root, expected, exact: true },
    lenient: { root, expected, exact: false },
  };
}

const frame = ({ cid, bytes }: Block): Uint8Array =>
  concat(encodeFrameHead(cid, bytes.length), bytes);

const stray = (length: number): Block => {
  const bytes = patterned(length, 9);
  return { cid: rawCid(bytes), bytes };
};

async function refused(
  bytes: Uint8Array,
  expectation: CarExpectation,
): Promise<boolean> {
  return check(bytes, expectation).then(
    () => false,
    (error: unknown) => {
      if (!isLoopError(error)) throw error;
      return true;
    },
  );
}

describe("publishing/car-stream", () => {
  it("finds the same in pieces of any sizes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.stringMatching(/^[a-z]{1,8}$/),
          fc.uint8Array({ maxLength: 3_000 }),
          { minKeys: 1, maxKeys: 12, noNullPrototype: true },
        ),
        // Empty pieces too, but never only those.
        fc
          .array(fc.nat({ max: 200 }), { minLength: 1, maxLength: 9 })
          .filter((sizes) => sizes.some((size) => size > 0)),
        async (tree, sizes) => {
          const { bytes, root, blocks } = await carOf(tree);
          const expected = new Set(blocks.map(({ cid }) => cid.toString()));
          expect(
            await checkCarStream(inPieces(bytes, sizes), {
              root,
              expected,
              exact: true,
            }),
          ).to.deep.equal({ blocks: expected.size, bytes: bytes.length });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("takes blocks in any order, from another writer", async () => {
    const { root, blocks, strict } = await small();
    const { writer, out } = CarWriter.create([root]);
    const gathering = gather<Uint8Array>(out);
    for (const block of blocks.toReversed()) await writer.put(block);
    await writer.close();
    const bytes = concat(...(await gathering));
    expect(await check(bytes, strict)).to.deep.equal({
      blocks: blocks.length,
      bytes: bytes.length,
    });
  });

  it("takes a header with its fields the other way round", async () => {
    const { bytes, strict } = await small();
    const header = bytes.subarray(0, CAR_HEADER_BYTES);
    // One byte of length, one of the map; nine of `version: 1` at the end.
    const turned = concat(
      header.subarray(0, 2),
      header.subarray(-9),
      header.subarray(2, -9),
    );
    const written = concat(turned, bytes.subarray(CAR_HEADER_BYTES));
    expect(await check(written, strict)).to.deep.equal(
      await check(bytes, strict),
    );
  });

  it("refuses an archive with any one bit flipped, whoever expects what", async () => {
    const { bytes, lenient } = await small();
    const { root: _, ...anyRoot } = lenient;
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      for (const expectation of [lenient, anyRoot])
        expect(await refused(flipped, expectation), `bit ${bit}`).to.equal(
          true,
        );
    }
  });

  it("refuses an archive with any one byte set to any other", async () => {
    const { bytes, lenient } = await small();
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (place, change) => {
          const damaged = bytes.slice();
          damaged[place] = ((damaged[place] ?? 0) + change) & 255;
          expect(await refused(damaged, lenient)).to.equal(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("refuses an archive that is cut short anywhere", async () => {
    const { bytes, lenient } = await small();
    for (let length = 0; length < bytes.length; length++)
      expect(
        await refused(bytes.slice(0, length), lenient),
        `${length} bytes`,
      ).to.equal(true);
  });

  it("says what is wrong", async () => {
    const { bytes, root, strict, lenient } = await small();
    const other = stray(20);
    const more = concat(bytes, frame(other));
    const twice = concat(bytes, bytes.subarray(CAR_HEADER_BYTES));
    const wrong: readonly [Uint8Array, CarExpectation, ErrorCode][] = [
      [new Uint8Array(0), lenient, "publishing/car-truncated"],
      [bytes.slice(0, 20), lenient, "publishing/car-truncated"],
      [bytes.slice(0, -1), lenient, "publishing/car-truncated"],
      [new Uint8Array(99), lenient, "publishing/car-bad-header"],
      [concat(bytes, new Uint8Array(1)), lenient, "publishing/car-bad-frame"],
      [bytes.slice(0, CAR_HEADER_BYTES), lenient, "publishing/missing-block"],
      [bytes, { ...lenient, root: other.cid }, "publishing/car-wrong-root"],
      [
        bytes,
        { ...lenient, expected: [other.cid.toString()] },
        "publishing/missing-block",
      ],
      [more, strict, "publishing/car-stray-block"],
      [
        bytes,
        { root, expected: [root.toString()], exact: true },
        "publishing/car-stray-block",
      ],
      [twice, strict, "publishing/car-repeated-block"],
    ];
    for (const [given, expectation, code] of wrong)
      await expectCode(check(given, expectation), code);
  });

  it("passes over what else is there, hashed all the same, where that is allowed", async () => {
    const { bytes, blocks, lenient } = await small();
    const other = stray(20);
    const more = concat(bytes, bytes.subarray(CAR_HEADER_BYTES), frame(other));
    expect(await check(more, lenient)).to.deep.equal({
      blocks: blocks.length,
      bytes: more.length,
    });
    const damaged = { ...other, bytes: patterned(20, 10) };
    await expectCode(
      check(concat(bytes, frame(damaged)), lenient),
      "publishing/cid-mismatch",
    );
  });

  it("ends the stream when it has read enough of it, and tells its failures on", async () => {
    const { bytes, lenient } = await small();
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield new Uint8Array(1_000);
      } finally {
        closed = true;
      }
    }
    await expectCode(
      checkCarStream(endless(), lenient),
      "publishing/car-bad-header",
    );
    expect(closed).to.equal(true);
    const cut = new Error("the connection is gone");
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 100);
      throw cut;
    }
    const thrown = await checkCarStream(broken(), lenient).catch(
      (error: unknown) => error,
    );
    expect(thrown).to.equal(cut);
  });
});
