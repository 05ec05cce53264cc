import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { loadKernels } from "../../../../offchain/generator/kernels/load.ts";
import {
  conditioning,
  oneFamily,
} from "../../../../offchain/generator/model/conditioning.ts";
import {
  createTrainingNetwork,
  type TrainingNetwork,
} from "../../../../offchain/generator/training/network.ts";
import { createRng, type Rng } from "../../../../offchain/kernel/rng.ts";

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
    network = createTrainingNetwork(await loadKernels(wasm), config, {
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

  /** Mean cross-entropy over all pictures, in double precision, with the gradient where asked. */
  const run = (withGradient: boolean): number => {
    network.begin();
    let loss = 0;
    for (let i = 0; i < IMAGES; i++) {
      network.xy.set(points[i]!);
      network.target.set(targets[i]!);
      network.forward(i, family(i));
      const slots = network.slots;
      targets[i]!.forEach(
        (t, j) =>
          (loss -= t > 0 ? t * Math.log(Math.max(slots[j]!, 1e-30)) : 0),
      );
      if (withGradient) network.backward(i, family(i), 1 / (IMAGES * POINTS));
    }
    if (withGradient) network.end();
    return loss / (IMAGES * POINTS);
  };

  it("agrees with finite differences in every tensor", () => {
    run(true);
    const gradient = network.gradient.slice();
    const report: Record<string, number> = {};
    for (const { name, at, rows, columns } of network.layout.tensors) {
      if (name === "waves") continue; // Frequencies are drawn once and never trained.
      const slice = gradient.subarray(at, at + rows * columns);
      const largest = slice.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      expect(largest, name).to.be.greaterThan(0);
      let worst = 0;
      for (let n = 0; n < 10; n++) {
        const i = at + rng.below(rows * columns);
        const kept = network.weights[i]!;
        const step = 2e-4;
        network.weights[i] = kept + step;
        const above = run(false);
        network.weights[i] = kept - step;
        const below = run(false);
        network.weights[i] = kept;
        worst = Math.max(
          worst,
          Math.abs((above - below) / (2 * step) - gradient[i]!) / largest,
        );
      }
      report[name] = worst;
    }
    if (process.env.SHOW) console.log(report);
    for (const [name, worst] of Object.entries(report))
      expect(worst, name).to.be.lessThan(0.01);
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
