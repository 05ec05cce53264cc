import { readFile } from "node:fs/promises";

import { expect } from "chai";

import {
  loadTunedKernels,
  type TunedKernels,
} from "../../../../offchain/generator/kernels/load.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";
import { tunedKernels } from "../../../kit/small-adapter.ts";
import { spline } from "../../../kit/tuning-reference.ts";

const CELLS = 6;

describe("kernels of tuned works", () => {
  let k: TunedKernels;
  const rng = createRng(new Uint8Array(32).fill(4));
  const grid = Float32Array.from({ length: CELLS * CELLS * 8 }, () =>
    rng.gauss(),
  );

  before(async () => {
    k = await tunedKernels();
  });

  const put = (values: ArrayLike<number>): number => {
    const at = k.floats(values.length);
    k.f32(at, values.length).set(values);
    return at;
  };
  const gather = (uv: readonly number[], wrap: number): Float32Array => {
    const n = uv.length / 2;
    const out = k.floats(n * 8);
    k.gatherCodes(put(grid), CELLS, CELLS, wrap, put(uv), out, n);
    return k.f32(out, n * 8).slice();
  };

  it("are refused where the module is the first engine's", async () => {
    const path = "../../../../offchain/generator/kernels/kernels.wasm";
    const wasm = await readFile(new URL(path, import.meta.url));
    const code = await loadTunedKernels(wasm).then(
      () => "none",
      (error: { code: string }) => error.code,
    );
    expect(code).to.equal("kernels/not-tuned");
  });

  it("read codes by quadratic splines, the last cell again beyond a side", () => {
    for (const [u, v] of [
      [0.5, 0.5],
      [0.01, 0.99],
      [0.999, 0.37],
    ] as const) {
      const found = gather([u, v], 0);
      spline(grid, CELLS, Math.fround(u), Math.fround(v)).forEach((x, c) =>
        expect(Math.abs(found[c]! - x)).to.be.at.most(1e-5),
      );
    }
  });

  it("read a wrapped grid the same a whole grid further on", () => {
    const [near, far] = [
      gather([0.0625, 0.9375], 1),
      gather([1.0625, -0.0625], 1),
    ];
    near.forEach((x, c) => expect(Math.abs(far[c]! - x)).to.be.at.most(1e-5));
    expect(gather([1.0625, 0.5], 1)).to.not.deep.equal(
      gather([1.0625, 0.5], 0),
    );
  });

  it("draw points evenly, and none in a held-out pixel", () => {
    const [side, n] = [64, 4096];
    const at = k.floats(n * 2);
    k.drawPoints(at, n, side, 12345, 67890);
    const uv = k.f32(at, n * 2);
    const counts = new Map<number, number>();
    for (let i = 0; i < n; i++) {
      const [x, y] = [uv[2 * i]! * side, uv[2 * i + 1]! * side];
      expect(k.heldOut(Math.floor(x), Math.floor(y))).to.equal(0);
      const tile = Math.floor(y / 16) * 4 + Math.floor(x / 16);
      counts.set(tile, (counts.get(tile) ?? 0) + 1);
    }
    expect(counts.size).to.equal(16);
    for (const count of counts.values()) expect(count).to.be.within(240, 272);
  });

  it("add noise of the asked spread, the same for the same seed", () => {
    const noise = (seed: number): Float32Array => {
      const at = k.floats(8192);
      k.addNoise(at, 8192, seed, 0.5);
      return k.f32(at, 8192).slice();
    };
    const found = noise(7);
    const mean = found.reduce((a, b) => a + b) / 8192;
    const square = found.reduce((a, b) => a + b * b, 0) / 8192;
    expect(mean).to.be.within(-0.02, 0.02);
    expect(Math.sqrt(square)).to.be.within(0.48, 0.52);
    expect(noise(7)).to.deep.equal(found);
    expect(noise(80_000)).to.not.deep.equal(found);
  });

  it("see a picture's own colours at the centres of its pixels", () => {
    const bytes = Uint8Array.from({ length: 48 }, () => rng.below(256));
    const picture = k.alloc(48);
    k.u8(picture, 48).set(bytes);
    const centres = Array.from({ length: 32 }, (_, i) =>
      i % 2 === 0 ? ((i / 2) % 4) / 4 + 0.125 : Math.floor(i / 8) / 4 + 0.125,
    );
    const out = k.floats(48);
    k.sampleColours(picture, 4, put(centres), out, 16);
    const found = k.f32(out, 48);
    bytes.forEach((byte, i) =>
      expect(Math.abs(found[i]! - byte / 255)).to.be.at.most(1e-6),
    );
  });
});
