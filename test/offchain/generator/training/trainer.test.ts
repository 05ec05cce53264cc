import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { loadKernels } from "../../../../offchain/generator/kernels/load.ts";
import {
  createSampler,
  drawStyle,
} from "../../../../offchain/generator/training/batch.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
} from "../../../../offchain/generator/training/checkpoint.ts";
import type { Teacher } from "../../../../offchain/generator/training/teacher.ts";
import {
  createTrainer,
  type Trainer,
} from "../../../../offchain/generator/training/trainer.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";

/** A disc whose place follows the style, on a ground split by a line. */
const disc = (name: string, index: number): Teacher => ({
  name,
  index,
  sample: (u) => (x, y, w) => {
    w.fill(0);
    w[
      (x - u[0]! * 0.3) ** 2 + (y - u[1]! * 0.3) ** 2 < 0.16
        ? 3
        : y > 0
          ? index
          : 5
    ] = 1;
  },
});
const teachers = [disc("one", 0), disc("two", 1)];
const plan = { seed: "test", steps: 60, images: 8, points: 32, rate: 0.004 };

describe("trainer", () => {
  let wasm: Uint8Array;
  before(async () => {
    wasm = await readFile(
      new URL(
        "../../../../offchain/generator/kernels/kernels.wasm",
        import.meta.url,
      ),
    );
  });

  const mean = (losses: Float64Array): number =>
    losses.reduce((a, b) => a + b) / losses.length;
  const advance = (trainer: Trainer, steps: number): number[] =>
    Array.from({ length: steps }, () => mean(trainer.advance()));

  it("learns, and its slow average stays finite", async () => {
    const trainer = createTrainer(await loadKernels(wasm), teachers, plan);
    const losses = advance(trainer, plan.steps);
    const ends = [losses.slice(0, 5), losses.slice(-5)].map((part) =>
      part.reduce((a, b) => a + b),
    );
    expect(ends[1]!).to.be.lessThan(ends[0]! * 0.7);
    expect(trainer.state().mean.every(Number.isFinite)).to.equal(true);
  });

  it("goes on from a checkpoint as if it had never stopped", async () => {
    const whole = createTrainer(await loadKernels(wasm), teachers, plan);
    advance(whole, 8);
    const half = createTrainer(await loadKernels(wasm), teachers, plan);
    advance(half, 4);
    const families = half.config.families;
    const bytes = encodeCheckpoint({ plan, families, state: half.state() });
    const read = decodeCheckpoint(bytes);
    expect({ plan: read.plan, families: read.families }).to.deep.equal({
      plan,
      families,
    });
    const rest = createTrainer(
      await loadKernels(wasm),
      teachers,
      read.plan,
      read.state,
    );
    advance(rest, 4);
    expect(rest.state()).to.deep.equal(whole.state());
  });

  it("refuses a checkpoint that is cut short", async () => {
    const state = createTrainer(
      await loadKernels(wasm),
      teachers,
      plan,
    ).state();
    const bytes = encodeCheckpoint({ plan, families: ["one"], state });
    expect(() => decodeCheckpoint(bytes.subarray(0, bytes.length - 3)))
      .to.throw()
      .with.property("code", "training/bad-checkpoint");
  });
});

describe("sampler", () => {
  it("puts extra points where the picture changes, and asks the teacher where it says it did", () => {
    const rng = createRng(new Uint8Array(32).fill(2));
    const { u, order } = drawStyle(rng);
    const draw = disc("one", 0).sample(u, order);
    const [xy, slots] = [new Float32Array(128 * 2), new Float32Array(128 * 8)];
    createSampler(128)(draw, rng, xy, slots);
    const w = new Float32Array(8);
    let near = 0;
    for (let p = 0; p < 128; p++) {
      const [x, y] = [xy[2 * p]!, xy[2 * p + 1]!];
      draw(x, y, w);
      expect([...slots.subarray(8 * p, 8 * p + 8)]).to.deep.equal([...w]);
      const radius = Math.hypot(x - u[0]! * 0.3, y - u[1]! * 0.3);
      if (Math.abs(radius - 0.4) < 0.1 || Math.abs(y) < 0.1) near++;
    }
    expect(near).to.be.greaterThan(60);
  });

  it("copes with a picture without edges", () => {
    const [xy, slots] = [new Float32Array(64), new Float32Array(256)];
    const plain = (_x: number, _y: number, w: Float32Array): void =>
      void w.fill(0).fill(1, 2, 3);
    createSampler(32)(plain, createRng(new Uint8Array(32)), xy, slots);
    expect(slots.reduce((a, b) => a + b)).to.equal(32);
  });
});
