import { expect } from "chai";

import { createDecoder } from "../../../../offchain/generator/adapter/decoder.ts";
import { adapterOf } from "../../../../offchain/generator/tuning/export.ts";
import { createTuningNetwork } from "../../../../offchain/generator/tuning/network.ts";
import { planTuning } from "../../../../offchain/generator/tuning/plan.ts";
import { toHex } from "../../../../offchain/kernel/bytes.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";
import { tunedKernels } from "../../../kit/small-adapter.ts";
import { checkGradients, smallBase } from "../../../kit/tuning-gradients.ts";

describe("tuning network", () => {
  for (const rank of [3, 8]) {
    it(`agrees with finite differences in every part at rank ${rank}`, async () => {
      const { reports, relative } = checkGradients(
        await tunedKernels(),
        smallBase(),
        { rank },
      );
      expect(relative).to.be.lessThan(1e-5);
      expect(reports.map(({ name }) => name)).to.include.members([
        "layer0.down",
        "layer2.up",
        "head.down",
        "gains",
        "shifts",
        "bias",
        "palettes",
        "codes",
      ]);
      for (const { name, worst, checked } of reports) {
        expect(checked, name).to.be.greaterThan(7);
        expect(worst, name).to.be.lessThan(1e-3);
      }
    });
  }

  it("computes what the decoder will, to the last bit", async () => {
    const [k, weights] = [await tunedKernels(), smallBase()];
    const plan = { ...planTuning({ pictures: 1, rank: 3 }), grid: 6 };
    const network = createTuningNetwork(k, weights, plan, 1);
    const { layout } = network;
    const rng = createRng(new Uint8Array(32).fill(6));
    for (const { name, at, size } of layout.parts) {
      for (let i = 0; i < size; i++) {
        const padding = name.endsWith(".down") && i % layout.padded >= 3;
        network.values[at + i] = padding ? 0 : rng.gauss() * 0.4;
      }
      if (name.endsWith(".up"))
        network.values.fill(0, at + (size / layout.padded) * 3, at + size);
    }
    k.f32(network.uvAt, 64).forEach((_, i, uv) => (uv[i] = rng.unit()));
    network.begin();
    network.gather(0, 32);
    network.forward(0, 32);
    const codes = k.f32(network.codesAt, 256).slice();
    const values = network.values.slice();
    const zero = toHex(new Uint8Array(32));
    const adapter = adapterOf({
      values,
      layout,
      weights,
      base: zero,
      dataset: zero,
      plan,
      names: ["one"],
      precision: "f32",
    });
    const rgb = k.f32(network.rgbAt, 96).slice();
    const logits = new Float32Array(256);
    createDecoder({ kernels: k, weights, adapter }).logits(codes, logits);
    const [slots, none, mixed, palette] = [
      k.floats(256),
      k.floats(8),
      k.floats(96),
      k.floats(24),
    ];
    k.f32(slots, 256).set(logits);
    const { at } = layout.part("palettes");
    k.f32(palette, 24).set(values.subarray(at, at + 24));
    k.softmax(slots, none, 1, 32);
    k.mixPalette(slots, palette, mixed, 32);
    expect(k.f32(mixed, 96).slice()).to.deep.equal(rgb);
  });
});
