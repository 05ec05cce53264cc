import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { loadKernels } from "../../../../offchain/generator/kernels/load.ts";
import {
  conditioning,
  LATENT_SIZE,
  oneFamily,
} from "../../../../offchain/generator/model/conditioning.ts";
import { createField } from "../../../../offchain/generator/model/field.ts";
import type { ModelConfig } from "../../../../offchain/generator/model/layout.ts";
import {
  loadModel,
  type Model,
} from "../../../../offchain/generator/model/model.ts";
import {
  decodeWeights,
  encodeWeights,
} from "../../../../offchain/generator/model/weights.ts";
import { initialWeights } from "../../../../offchain/generator/training/initial.ts";
import { createTrainingNetwork } from "../../../../offchain/generator/training/network.ts";
import { createLayout } from "../../../../offchain/generator/model/layout.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";

const config: ModelConfig = {
  width: 64,
  layers: 3,
  waves: 8,
  warpWidth: 32,
  mappingWidth: 16,
  families: ["one", "two", "three"],
};
const POINTS = 100;

describe("field", () => {
  let kernels: Uint8Array;
  let weights: Uint8Array;
  let model: Model;
  const rng = createRng(new Uint8Array(32).fill(9));
  const xy = Float32Array.from(
    { length: POINTS * 2 },
    () => rng.signed() * 1.4,
  );
  const u = Float32Array.from({ length: 32 }, () => rng.signed());
  const latent = conditioning({ families: oneFamily(1), order: 7, u });

  before(async () => {
    kernels = await readFile(
      new URL(
        "../../../../offchain/generator/kernels/kernels.wasm",
        import.meta.url,
      ),
    );
    weights = encodeWeights(
      config,
      initialWeights(config, createLayout(config), rng),
    );
    model = await loadModel({ kernels, weights });
  });

  const evaluate = (
    points: number,
    positions = xy,
    at = latent,
  ): Float32Array => {
    const out = new Float32Array(positions.length * 4);
    createField(model, { points }).evaluate({
      latent: at,
      temperature: 1,
      xy: positions,
      weights: out,
    });
    return out;
  };

  it("computes, bit for bit, what training saw", async () => {
    const network = createTrainingNetwork(await loadKernels(kernels), config, {
      images: 4,
      points: POINTS,
    });
    network.weights.set(decodeWeights(weights).values);
    for (let i = 0; i < 4; i++) network.latents.set(latent, i * LATENT_SIZE);
    network.begin();
    network.xy.set(xy);
    network.forward(2, 1);
    expect([...evaluate(64)]).to.deep.equal([...network.slots]);
  });

  it("does not depend on how the points are batched", () => {
    const whole = evaluate(4096);
    expect([...evaluate(64)]).to.deep.equal([...whole]);
    const one = evaluate(64, xy.subarray(2 * 57, 2 * 58));
    expect([...one]).to.deep.equal([...whole.subarray(8 * 57, 8 * 58)]);
  });

  it("gives logits whose softmax are the weights, and colours that mix the palette", () => {
    const field = createField(model, { points: 64 });
    const palette = Float32Array.from(
      { length: 24 },
      (_, i) => ((i * 5) % 7) / 7,
    );
    const [logits, mixed, rgb] = [
      new Float32Array(POINTS * 8),
      new Float32Array(POINTS * 8),
      new Float32Array(POINTS * 3),
    ];
    field.evaluate({
      latent,
      palette,
      temperature: 3,
      xy,
      logits,
      weights: mixed,
      rgb,
    });
    for (let p = 0; p < POINTS; p++) {
      const exps = [...logits.subarray(8 * p, 8 * p + 8)].map((l) =>
        Math.exp(3 * l),
      );
      const sum = exps.reduce((a, b) => a + b);
      const expected = exps.map((e) => e / sum);
      expected.forEach((e, i) =>
        expect(mixed[8 * p + i]).to.be.within(e - 1e-5, e + 1e-5),
      );
      for (let c = 0; c < 3; c++) {
        const colour = expected.reduce(
          (a, e, i) => a + e * palette[8 * c + i]!,
          0,
        );
        expect(rgb[3 * p + c]).to.be.within(colour - 1e-5, colour + 1e-5);
      }
    }
  });

  it("mixes the trunks of several families", () => {
    const half = Float32Array.of(0, 0.5, 0.5);
    const mixed = evaluate(
      64,
      xy,
      conditioning({ families: half, order: 7, u }),
    );
    expect([...mixed].every(Number.isFinite)).to.equal(true);
    expect([...mixed]).not.to.deep.equal([...evaluate(64)]);
  });
});
