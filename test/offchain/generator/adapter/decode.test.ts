import { expect } from "chai";

import type {
  Adapter,
  Precision,
} from "../../../../offchain/generator/adapter/adapter.ts";
import {
  decodeAdapter,
  openAdapter,
} from "../../../../offchain/generator/adapter/decode.ts";
import { encodeAdapter } from "../../../../offchain/generator/adapter/encode.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../../../offchain/generator/adapter/safetensors.ts";
import { toHex } from "../../../../offchain/kernel/bytes.ts";
import { sha256 } from "../../../../offchain/kernel/digest.ts";
import { randomAdapter } from "../../../kit/small-adapter.ts";
import { thrownBy } from "../../../kit/thrown.ts";

/** Largest difference of two adapters' codes. */
const apart = (a: Adapter, b: Adapter): number =>
  a.codes.reduce((most, x, i) => Math.max(most, Math.abs(x - b.codes[i]!)), 0);
const codeOf = (call: () => unknown): string => thrownBy(call).code;
const precisions: readonly Precision[] = ["f32", "f16", "int8"];

describe("adapter file", () => {
  for (const precision of precisions) {
    it(`says in ${precision} the same again once it was read`, () => {
      const bytes = encodeAdapter(randomAdapter(precision));
      const read = decodeAdapter(bytes);
      expect(encodeAdapter(read)).to.deep.equal(bytes);
      expect(decodeAdapter(encodeAdapter(read))).to.deep.equal(read);
    });
  }

  it("keeps f32 exactly, halves to 2^-11, bytes to half a step", () => {
    const whole = randomAdapter("f32");
    expect(decodeAdapter(encodeAdapter(whole))).to.deep.equal(whole);
    const largest = whole.codes.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
    const half = decodeAdapter(encodeAdapter(randomAdapter("f16")));
    expect(apart(half, whole)).to.be.within(1e-6, largest / 2048);
    const byte = decodeAdapter(encodeAdapter(randomAdapter("int8")));
    expect(apart(byte, whole)).to.be.within(1e-4, (largest / 127) * 0.51);
  });

  it("stores a silent channel, and an all but silent one, as zeros", () => {
    const codes = new Float32Array(2 * 36 * 8).fill(1e-4);
    const read = decodeAdapter(encodeAdapter(randomAdapter("int8", { codes })));
    expect(read.codes.every((x) => x === 0)).to.equal(true);
  });

  it("is a third of f32 and less in bytes", () => {
    const codes = new Float32Array(2 * 48 * 48 * 8).fill(0.5);
    const size = (precision: Precision): number =>
      encodeAdapter(randomAdapter(precision, { codes, grid: 48 })).length;
    expect(size("int8")).to.be.lessThan(size("f32") / 3);
    expect(size("f16")).to.be.within(size("f32") * 0.45, size("f32") * 0.55);
  });

  it("is refused upon another base", () => {
    const weights = new Uint8Array([1, 2, 3]);
    const base = toHex(sha256(weights));
    const bytes = encodeAdapter(randomAdapter("f16", { base }));
    expect(openAdapter(bytes, weights).base).to.equal(base);
    expect(codeOf(() => openAdapter(bytes, new Uint8Array([1])))).to.equal(
      "adapter/other-base",
    );
  });

  /** The file with its metadata or tensors changed. */
  const changed = (
    precision: Precision,
    change: (file: {
      metadata: Map<string, string>;
      tensors: ReturnType<typeof decodeSafetensors>["tensors"][number][];
    }) => void,
  ): string => {
    const read = decodeSafetensors(encodeAdapter(randomAdapter(precision)));
    const file = {
      metadata: new Map(read.metadata),
      tensors: [...read.tensors],
    };
    change(file);
    return codeOf(() => decodeAdapter(encodeSafetensors(file)));
  };
  const words: Record<string, readonly [string, string]> = {
    "another format": ["format", "generative-loop adapter 2"],
    "a base that is no hash": ["base", "0x12"],
    "an unknown precision": ["precision", "int4"],
    "rank 0": ["rank", "0"],
    "rank 3.0": ["rank", "3.0"],
    "a family beyond all": ["family", "16"],
    "a grid of hundreds": ["grid", "640"],
    "pictures that are no list": ["pictures", '"a"'],
    "pictures that are no JSON": ["pictures", "["],
    "a picture twice": ["pictures", '["a","a"]'],
    "a name that no trait can have": ["pictures", '["a/b","c"]'],
    "a list with spaces": ["pictures", '["a", "b"]'],
    "a word too many": ["author", "me"],
  };
  for (const [what, [key, value]] of Object.entries(words)) {
    it(`refuses ${what}`, () => {
      const code = changed("f16", ({ metadata }) => metadata.set(key, value));
      expect(code).to.equal("adapter/bad-metadata");
    });
  }

  it("refuses metadata that are missing", () => {
    expect(
      changed("f16", ({ metadata }) => metadata.delete("dataset")),
    ).to.equal("adapter/bad-metadata");
  });

  it("refuses shapes that do not follow from its words", () => {
    for (const [key, value] of [
      ["rank", "4"],
      ["grid", "7"],
      ["pictures", '["a"]'],
      ["precision", "f32"],
    ] as const)
      expect(
        changed("int8", ({ metadata }) => metadata.set(key, value)),
        key,
      ).to.equal("adapter/bad-tensor");
  });

  it("refuses tensors missing or unknown", () => {
    expect(changed("int8", ({ tensors }) => tensors.splice(3, 1))).to.equal(
      "adapter/bad-tensor",
    );
    const data = new Uint8Array(1);
    expect(
      changed("int8", ({ tensors }) =>
        tensors.push({ name: "more", dtype: "U8", shape: [1], data }),
      ),
    ).to.equal("adapter/bad-tensor");
  });

  it("refuses infinities and NaN", () => {
    for (const value of [Infinity, -Infinity, NaN]) {
      const codes = new Float32Array(2 * 36 * 8).fill(value);
      const single = encodeAdapter(randomAdapter("f32", { codes }));
      expect(codeOf(() => decodeAdapter(single))).to.equal(
        "adapter/bad-values",
      );
    }
    expect(
      changed("f16", ({ tensors }) => {
        const data = tensors[0]!.data.slice();
        data[1] = 0x7c;
        tensors[0] = { ...tensors[0]!, data };
      }),
    ).to.equal("adapter/bad-values");
  });
});
