import { readFile } from "node:fs/promises";

import { expect } from "chai";

import {
  loadKernels,
  type Kernels,
} from "../../../../offchain/generator/kernels/load.ts";
import {
  conditioning,
  oneFamily,
} from "../../../../offchain/generator/model/conditioning.ts";
import {
  createTrainingNetwork,
  type TrainingNetwork,
} from "../../../../offchain/generator/training/network.ts";
import { createRng, type Rng } from "../../../../offchain/kernel/rng.ts";
import { checkTrainingGradients } from "../../../kit/training-gradients.ts";

const IMAGES = 4;
const POINTS = 64;
const config = {
  width: 16,
  layers: 3,
  waves: 8,
  warpWidth: 8,
  mappingWidth: 16,
  families: ["one", "two"],
};
const family = (image: number): number => image % 2;

describe("training network", () => {
  let kernels: Kernels;
  let network: TrainingNetwork;
  let rng: Rng;
  let points: Float32Array[];
  let targets: Float32Array[];

  before(async () => {
    const wasm = await readFile(
      new URL(
        "../../../../offchain/generator/kernels/kernels.wasm",
        import.meta.url,
      ),
    );
    rng = createRng(new Uint8Array(32).fill(5));
    kernels = await loadKernels(wasm);
    network = createTrainingNetwork(kernels, config, {
      images: IMAGES,
      points: POINTS,
    });
    network.weights.forEach((_, i, all) => (all[i] = rng.gauss() * 0.4));
    const biases = network.layout.tensor("modulationBias");
    network.weights
      .subarray(biases.at, biases.at + biases.columns)
      .forEach((x, i, all) => (all[i] = x + 0.6));
    for (let i = 0; i < IMAGES; i++) {
      const u = Float32Array.from({ length: 32 }, () => rng.signed());
      network.latents.set(
        conditioning({ families: oneFamily(family(i)), order: 3 + i, u }),
        i * 56,
      );
    }
    points = Array.from({ length: IMAGES }, () =>
      Float32Array.from({ length: POINTS * 2 }, () => rng.signed()),
    );
    targets = points.map(() => randomTargets());
  });

  const randomTargets = (): Float32Array => {
    const target = new Float32Array(POINTS * 8);
    for (let p = 0; p < POINTS; p++) {
      const t = rng.unit();
      target[p * 8 + rng.below(8)]! += t;
      target[p * 8 + rng.below(8)]! += 1 - t;
    }
    return target;
  };

  it("agrees with finite differences in every tensor", () => {
    const reports = checkTrainingGradients(kernels, config, 6);
    expect(reports).to.have.length(network.layout.tensors.length - 1);
    for (const { name, worst, checked } of reports) {
      expect(checked, name).to.equal(6);
      expect(worst, name).to.be.lessThan(1e-3);
    }
  });

  it("leaves the other family's trunk alone", () => {
    network.begin();
    network.xy.set(points[0]!);
    network.target.set(targets[0]!);
    network.forward(0, 0);
    network.backward(0, 0, 1);
    network.end();
    const { at, rows, columns } = network.layout.tensor("family1.layer1");
    expect(
      network.gradient.subarray(at, at + rows * columns).every((g) => g === 0),
    ).to.equal(true);
  });
});
