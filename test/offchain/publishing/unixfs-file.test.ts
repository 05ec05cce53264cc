import { expect } from "chai";
import fc from "fast-check";
import { importBytes } from "ipfs-unixfs-importer";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { collectBlocks } from "../../../offchain/publishing/block-sink.ts";
import {
  buildFile,
  CHUNK_BYTES,
  FILE_LINKS,
  fileCid,
} from "../../../offchain/publishing/unixfs-file.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

async function importersCid(content: Uint8Array): Promise<string> {
  const store = { put: (cid: unknown) => Promise.resolve(cid) };
  const { cid } = await importBytes(content, store as never, {
    profile: "unixfs-v1-2025",
  });
  return cid.toString();
}

describe("publishing/unixfs-file", () => {
  for (const length of [
    0,
    1,
    CHUNK_BYTES - 1,
    CHUNK_BYTES,
    CHUNK_BYTES + 1,
    3 * CHUNK_BYTES,
    5_000_001,
  ]) {
    it(`gives the importer's CID to ${length} bytes`, async () => {
      const content = patterned(length, length);
      expect(await fileCid(content)).to.equal(await importersCid(content));
    });
  }

  it("gives the same CID to a file in pieces of any length", async () => {
    const content = patterned(2 * CHUNK_BYTES + 77, 3);
    const whole = await fileCid(content);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: content.length }), { maxLength: 9 }),
        async (cuts) => {
          const edges = [0, ...cuts, content.length].toSorted((a, b) => a - b);
          const pieces = edges.map((edge, i) =>
            content.subarray(edge, edges[i + 1] ?? edge),
          );
          expect(await fileCid(pieces)).to.equal(whole);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("builds a second level above 1,024 leaves, as the importer does", async () => {
    // A GiB of zeros and one byte: the leaves are one block, so it costs hashing only; the hash of that one block is kept.
    const zeros = new Uint8Array(CHUNK_BYTES);
    const zerosHash = nativeSha256(zeros);
    const hash = (bytes: Uint8Array): Uint8Array =>
      bytes === zeros || (bytes.length === CHUNK_BYTES && bytes[0] === 0)
        ? zerosHash
        : nativeSha256(bytes);
    const sink = collectBlocks();
    function* content(): Generator<Uint8Array> {
      for (let i = 0; i < FILE_LINKS; i++) yield zeros;
      yield new Uint8Array(1);
    }
    const root = await buildFile(
      {
        sink: { put: (block) => void (isNode(block) && sink.put(block)) },
        hash,
      },
      content(),
    );
    // Two nodes of the first level and the root.
    expect(sink.blocks).to.have.length(3);
    expect(sink.blocks.at(-1)?.cid.toString()).to.equal(root.cid.toString());
    // From a run of ipfs-unixfs-importer 17.1.1 over that GiB.
    expect(root.cid.toString()).to.equal(
      "bafybeigx4uyebjbq65346xh6cjrt6yshbdudzudhnqecwbzvymslxj7gje",
    );
  });
});

function isNode(block: { cid: { code: number } }): boolean {
  return block.cid.code === 0x70;
}
