import { expect } from "chai";

import { concat, utf8 } from "../../../offchain/kernel/bytes.ts";
import { canonicalBytes } from "../../../offchain/kernel/json.ts";
import {
  hashesBytes,
  parseHashes,
  parseTranscript,
  transcriptChunks,
  type TranscriptCandidate,
} from "../../../offchain/publishing/transcript.ts";
import { expectCode } from "../../kit/rejection.ts";
import { thrownBy } from "../../kit/thrown.ts";

const word = (digits: string): `0x${string}` => `0x${digits.repeat(32)}`;

const facts = {
  version: 1,
  batch: 7,
  recipe: word("0a"),
  seed: word("0b"),
  conditions: word("01"),
  count: 2,
} as const;

const rejected: TranscriptCandidate = {
  index: 0,
  attempt: 0,
  traits: { family: "veil", "a trait": "ü" },
  hash: "0x0123456789abcdef",
  pass: false,
  scores: { contrast: 12, blank: 0 },
  reasons: ["low-contrast"],
};
const accepted = { ...rejected, attempt: 1, pass: true, reasons: [] };
const second = { ...accepted, index: 1, attempt: 0 };
const candidates = [rejected, accepted, second];

async function write(
  items: readonly TranscriptCandidate[],
  count = 2,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of transcriptChunks({ ...facts, count }, items))
    parts.push(part);
  return concat(...parts);
}

describe("publishing/transcript", () => {
  it("streams exactly the canonical bytes, which read back", async () => {
    const bytes = await write(candidates);
    expect(bytes).to.deep.equal(canonicalBytes({ ...facts, candidates }));
    expect(parseTranscript(bytes)).to.deep.equal({ ...facts, candidates });
  });

  const faults: Record<string, readonly TranscriptCandidate[]> = {
    "a work without an accepted candidate": [rejected, second],
    "a missing first try": [accepted, second],
    "a missing work": [rejected, accepted],
    "works out of order": [second, rejected, accepted],
    "a try after the accepted one": [
      rejected,
      accepted,
      { ...accepted, attempt: 2 },
      second,
    ],
    "an accepted candidate with reasons": [
      rejected,
      { ...accepted, reasons: ["blank"] },
      second,
    ],
    "a score that is no integer": [
      { ...rejected, scores: { contrast: 0.5 } },
      accepted,
      second,
    ],
  };
  for (const [fault, items] of Object.entries(faults)) {
    it(`refuses ${fault}, writing and reading`, async () => {
      await expectCode(write(items), "publishing/bad-transcript");
      const text = JSON.stringify({ ...facts, candidates: items });
      expect(thrownBy(() => parseTranscript(utf8(text))).code).to.equal(
        "publishing/bad-transcript",
      );
    });
  }

  it("stays small: about 300 bytes a candidate", async () => {
    const traits = Object.fromEntries(
      ["family", "nesting", "palette", "symmetry", "line", "hardness"].map(
        (name) => [name, "some value"],
      ),
    );
    const items = Array.from({ length: 1_000 }, (_, index) => ({
      ...second,
      index,
      traits,
    }));
    const bytes = await write(items, 1_000);
    expect(bytes.length / 1_000).to.be.lessThan(400);
  });
});

describe("publishing/transcript: hashes.json", () => {
  it("reads back what was written", () => {
    const hashes = ["0x0123456789abcdef", "0xffffffffffffffff"] as const;
    expect(parseHashes(hashesBytes(3, hashes))).to.deep.equal({
      version: 1,
      batch: 3,
      hashes,
    });
  });

  it("refuses what is not a list of hashes", () => {
    for (const text of [
      "",
      "[]",
      '{"version":1,"batch":1,"hashes":[]}',
      '{"version":1,"batch":1,"hashes":["0xFF"]}',
      '{"version":2,"batch":1,"hashes":["0xff"]}',
      '{"version":1,"batch":1,"hashes":["0xff"],"more":1}',
    ])
      expect(thrownBy(() => parseHashes(utf8(text))).code).to.equal(
        "publishing/bad-hashes",
      );
  });
});
