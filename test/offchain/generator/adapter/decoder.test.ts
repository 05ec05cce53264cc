import { expect } from "chai";

import {
  createDecoder,
  mergeAdapter,
} from "../../../../offchain/generator/adapter/decoder.ts";
import { drawDonor } from "../../../../offchain/generator/adapter/draw.ts";
import type { TunedKernels } from "../../../../offchain/generator/kernels/load.ts";
import { loadTunedKernels } from "../../../../offchain/generator/kernels/load.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";
import { randomAdapter, tunedWasm } from "../../../kit/small-adapter.ts";
import { thrownBy } from "../../../kit/thrown.ts";
import { smallBase } from "../../../kit/tuning-gradients.ts";

describe("decoder", () => {
  const weights = smallBase();
  const adapter = randomAdapter("f32");
  const rng = createRng(new Uint8Array(32).fill(3));
  const codes = Float32Array.from({ length: 8 * 5000 }, () => rng.gauss());
  let kernels: TunedKernels;
  let logits: Float32Array;

  before(async () => {
    kernels = await loadTunedKernels(await tunedWasm());
    logits = decode(codes);
  });

  const decode = (from: Float32Array): Float32Array => {
    const out = new Float32Array(from.length);
    createDecoder({ kernels, weights, adapter }).logits(from, out);
    return out;
  };

  it("adds alpha / rank of the matrices' product to the family's trunk", () => {
    const merged = mergeAdapter(kernels, weights, adapter);
    expect(merged.map(({ length }) => length)).to.deep.equal([
      128, 256, 256, 128,
    ]);
    const { at } = weights.layout.tensor("family1.layer2");
    const [down, up] = [
      adapter.tensors.get("layer2.down")!,
      adapter.tensors.get("layer2.up")!,
    ];
    for (const [i, j] of [
      [0, 0],
      [7, 11],
      [15, 15],
    ] as const) {
      let sum = weights.values[at + i * 16 + j]!;
      for (let r = 0; r < 3; r++)
        sum += (5 / 3) * down[i * 3 + r]! * up[r * 16 + j]!;
      expect(Math.abs(merged[2]![i * 16 + j]! - sum)).to.be.at.most(1e-6);
    }
  });

  it("does not let a point's logits depend on how many there are", () => {
    for (const [from, n] of [
      [0, 1],
      [3, 7],
      [4090, 13],
      [17, 64],
    ] as const)
      expect(decode(codes.subarray(from * 8, (from + n) * 8))).to.deep.equal(
        logits.slice(from * 8, (from + n) * 8),
      );
  });

  it("gives a picture its donor's palette and nothing else", () => {
    const decoder = createDecoder({ kernels, weights, adapter });
    const palettes = adapter.palettes.slice().fill(200, 24);
    const picture = drawDonor(
      kernels,
      { ...adapter, palettes },
      decoder,
      1,
      16,
    );
    expect(picture).to.have.length(16 * 16 * 3);
    expect(picture.every((byte) => byte === 200)).to.equal(true);
  });

  it("refuses a base of another shape, or without the family", () => {
    const open = (changes: object): string =>
      thrownBy(() =>
        createDecoder({ kernels, weights: smallBase(changes), adapter }),
      ).code;
    expect(open({ layers: 4 })).to.equal("adapter/other-base");
    expect(open({ width: 32 })).to.equal("adapter/other-base");
    expect(open({ families: ["one"] })).to.equal("adapter/other-base");
  });
});
