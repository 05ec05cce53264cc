import { expect } from "chai";

import {
  createLayout,
  type ModelConfig,
} from "../../../../offchain/generator/model/layout.ts";
import {
  decodeWeights,
  encodeWeights,
} from "../../../../offchain/generator/model/weights.ts";
import { isLoopError } from "../../../../offchain/kernel/errors.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";

const config: ModelConfig = {
  width: 64,
  layers: 2,
  waves: 8,
  warpWidth: 8,
  mappingWidth: 16,
  families: ["one", "two"],
};

describe("weights file", () => {
  const layout = createLayout(config);
  const rng = createRng(new Uint8Array(32).fill(1));
  const values = Float32Array.from({ length: layout.size }, () => rng.gauss());
  const file = encodeWeights(config, values);

  it("brings the configuration and every weight back within half a quantum", () => {
    const { config: read, values: back } = decodeWeights(file);
    expect(read).to.deep.equal(config);
    for (const { name, at, rows, columns } of layout.tensors) {
      for (let c = 0; c < columns; c++) {
        let largest = 0;
        for (let r = 0; r < rows; r++)
          largest = Math.max(largest, Math.abs(values[at + r * columns + c]!));
        for (let r = 0; r < rows; r++) {
          const i = at + r * columns + c;
          expect(Math.abs(back[i]! - values[i]!), name).to.be.at.most(
            (largest / 127) * 0.51 + 1e-6,
          );
        }
      }
    }
  });

  it("is a fixed point: what was read is written as the same bytes", () => {
    const again = encodeWeights(config, decodeWeights(file).values);
    expect(decodeWeights(again).values).to.deep.equal(
      decodeWeights(file).values,
    );
  });

  it("reads from the middle of a larger buffer", () => {
    const larger = new Uint8Array(file.length + 7);
    larger.set(file, 5);
    expect(
      decodeWeights(larger.subarray(5, 5 + file.length)).values,
    ).to.deep.equal(decodeWeights(file).values);
  });

  const broken: Record<string, (bytes: Uint8Array) => Uint8Array> = {
    "an empty file": () => new Uint8Array(0),
    "another magic": (bytes) => bytes.with(0, 88),
    "a cut header": (bytes) => bytes.subarray(0, 20),
    "a header that is not JSON": (bytes) => bytes.with(13, 0),
    "a cut tensor": (bytes) => bytes.subarray(0, bytes.length - 1),
    "a byte too many": (bytes) => Uint8Array.of(...bytes, 0),
  };
  for (const [name, change] of Object.entries(broken)) {
    it(`refuses ${name}`, () => {
      expect(() => decodeWeights(change(file.slice())))
        .to.throw()
        .that.satisfies((error: unknown) =>
          isLoopError(error, "generator/bad-weights"),
        );
    });
  }
});
