import { expect } from "chai";

import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
} from "../../../../offchain/generator/adapter/safetensors.ts";
import { concat, utf8 } from "../../../../offchain/kernel/bytes.ts";
import { thrownBy } from "../../../kit/thrown.ts";

const metadata = new Map([["format", "test"]]);
const tensors: StoredTensor[] = [
  { name: "a", dtype: "F32", shape: [2, 2], data: new Uint8Array(16).fill(7) },
  { name: "b", dtype: "F16", shape: [3], data: new Uint8Array(6).fill(8) },
  { name: "c.d", dtype: "I8", shape: [1, 3], data: new Uint8Array(3).fill(9) },
  { name: "e", dtype: "U8", shape: [2], data: new Uint8Array(2).fill(1) },
];
const whole = encodeSafetensors({ metadata, tensors });

/** A file with this header text and so many bytes of data. */
const file = (header: string, data = 0): Uint8Array => {
  const text = utf8(header.padEnd(Math.ceil(header.length / 8) * 8));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, text.length, true);
  return concat(length, text, new Uint8Array(data));
};
const entry = (
  offsets: string,
  { dtype = '"U8"', shape = "[4]", name = "t" } = {},
): string =>
  `"${name}":{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}`;
const reading = (bytes: Uint8Array): string =>
  thrownBy(() => decodeSafetensors(bytes)).code;

describe("safetensors", () => {
  it("reads what it wrote", () => {
    const read = decodeSafetensors(whole);
    expect([...read.metadata]).to.deep.equal([...metadata]);
    expect(read.tensors).to.deep.equal(tensors);
  });

  it("writes the layout that the format prescribes", () => {
    const length = new DataView(whole.buffer).getUint32(0, true);
    const text = new TextDecoder().decode(whole.subarray(8, 8 + length));
    expect(length % 8).to.equal(0);
    expect(JSON.parse(text)).to.deep.include({
      __metadata__: { format: "test" },
      b: { dtype: "F16", shape: [3], data_offsets: [16, 22] },
    });
  });

  it("refuses every shortening and any byte behind the end", () => {
    for (let n = 0; n < whole.length; n++)
      expect(reading(whole.subarray(0, n)), `${n}`).to.match(
        /^adapter\/bad-(length|header)$/,
      );
    expect(reading(concat(whole, new Uint8Array(1)))).to.equal(
      "adapter/bad-length",
    );
  });

  it("refuses a header length that is huge, none, or beyond 32 bits", () => {
    for (const [low, high] of [
      [0xffffffff, 0],
      [16_392, 0],
      [0, 0],
      [64, 1],
    ] as const) {
      const bytes = new Uint8Array(100_000);
      new DataView(bytes.buffer).setUint32(0, low, true);
      new DataView(bytes.buffer).setUint32(4, high, true);
      expect(reading(bytes), `${low} ${high}`).to.equal("adapter/bad-header");
    }
  });

  const headers: Record<string, string> = {
    "no JSON": "{broken",
    "no object": "[1]",
    "JSON nested deeply": "[".repeat(12_000),
    "a negative offset": `{${entry("[-4,0]")}}`,
    "a fractional offset": `{${entry("[0.5,4.5]")}}`,
    "an offset beyond all files": `{${entry("[0,1e300]")}}`,
    "an offset as text": `{${entry('["0","4"]')}}`,
    "three offsets": `{${entry("[0,4,8]")}}`,
    "an unknown type": `{${entry("[0,4]", { dtype: '"BF16"' })}}`,
    "a shape without sides": `{${entry("[0,1]", { shape: "[]" })}}`,
    "a side of zero": `{${entry("[0,0]", { shape: "[0,4]" })}}`,
    "sides that overflow": `{${entry("[0,4]", { shape: "[1e9,1e9,1e9]" })}}`,
    "a field too many": `{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"x":1}}`,
    "a field too few": `{"t":{"dtype":"U8","shape":[4]}}`,
    "a key twice": `{${entry("[0,4]")},${entry("[0,4]")}}`,
    "metadata twice": `{"__metadata__":{"a":"1","a":"2"},${entry("[0,4]")}}`,
    "metadata that are numbers": `{"__metadata__":{"a":1},${entry("[0,4]")}}`,
    "a name with a path": `{${entry("[0,4]", { name: "../t" })}}`,
    "a prototype for a name": `{${entry("[0,4]", { name: "__proto__" })}}`,
    "spaces inside": `{ ${entry("[0,4]")}}`,
  };
  for (const [what, header] of Object.entries(headers)) {
    it(`refuses ${what}`, () => {
      expect(reading(file(header, 4))).to.equal("adapter/bad-header");
    });
  }

  const layouts: Record<string, readonly [string, number]> = {
    "a shape of more bytes than its place": [`{${entry("[0,3]")}}`, 3],
    "a place of more bytes than its shape": [`{${entry("[0,5]")}}`, 5],
    "an end before its beginning": [`{${entry("[4,0]")}}`, 4],
    "a gap": [`{${entry("[0,4]")},${entry("[5,9]", { name: "u" })}}`, 9],
    "an overlap": [`{${entry("[0,4]")},${entry("[3,7]", { name: "u" })}}`, 7],
    "another order": [
      `{${entry("[4,8]")},${entry("[0,4]", { name: "u" })}}`,
      8,
    ],
    "a value off its alignment": [
      `{${entry("[0,1]", { shape: "[1]" })},${entry("[1,5]", { name: "u", dtype: '"F32"', shape: "[1]" })}}`,
      5,
    ],
  };
  for (const [what, [header, data]] of Object.entries(layouts)) {
    it(`refuses ${what}`, () => {
      expect(reading(file(header, data))).to.equal("adapter/bad-tensor");
    });
  }

  it("refuses text that is not UTF-8, and a byte order mark", () => {
    const broken = file(`{${entry("[0,4]")}}`, 4);
    broken[12] = 0xff;
    expect(reading(broken)).to.equal("adapter/bad-header");
    expect(reading(file("\ufeff{}   "))).to.match(/^adapter\/bad-/);
  });
});
