import { readFile } from "node:fs/promises";

import { expect } from "chai";

import {
  loadKernels,
  type Kernels,
  type Pointer,
} from "../../../../offchain/generator/kernels/load.ts";
import {
  blocksOf,
  packPanels,
} from "../../../../offchain/generator/model/panels.ts";
import { createVectorMath } from "../../../../offchain/generator/model/vector-math.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";

describe("kernels", () => {
  let k: Kernels;
  const rng = createRng(new Uint8Array(32).fill(3));

  before(async () => {
    const wasm = await readFile(
      new URL(
        "../../../../offchain/generator/kernels/kernels.wasm",
        import.meta.url,
      ),
    );
    k = await loadKernels(wasm);
  });

  const random = (n: number, scale = 1): Pointer => {
    const p = k.floats(n);
    k.f32(p, n).forEach((_, i, all) => (all[i] = rng.gauss() * scale));
    return p;
  };
  const numbers = (p: Pointer, n: number): number[] => [...k.f32(p, n)];

  /** Products in f32 in rising k, rounded after every operation: what the kernels promise. */
  const product = (
    A: number[],
    B: number[],
    M: number,
    K: number,
    N: number,
  ): number[] =>
    Array.from({ length: M * N }, (_, at) => {
      const [i, j] = [Math.floor(at / N), at % N];
      let sum = 0;
      for (let n = 0; n < K; n++)
        sum = Math.fround(sum + Math.fround(A[i * K + n]! * B[n * N + j]!));
      return sum;
    });

  it("multiplies matrices in rising order of k, rounding after each operation", () => {
    const [M, K, N] = [12, 37, 24];
    const [A, B, C] = [random(M * K), random(K * N), k.floats(M * N)];
    k.gemm(A, B, C, M, K, N, 0);
    expect(numbers(C, M * N)).to.deep.equal(
      product(numbers(A, M * K), numbers(B, K * N), M, K, N),
    );
  });

  it("gives the same bits in panels as in rows", () => {
    for (const [channels, K, points] of [
      [64, 37, 24],
      [32, 4, 8],
      [12, 100, 16],
    ] as const) {
      const [X, B] = [random(points * K), random(K * channels, 0.3)];
      const [gain, shift, skip] = [
        random(channels),
        random(channels),
        random(points * channels),
      ];
      const [U, rows, cos] = [
        k.floats(points * channels),
        k.floats(points * channels),
        k.floats(points * channels),
      ];
      k.gemm(X, B, U, points, K, channels, 0);
      if (channels % 8 === 0)
        k.modulate(U, gain, shift, skip, rows, cos, points, channels);
      const blocks = blocksOf(channels);
      const W = k.floats(K * channels);
      packPanels(
        k.f32(B, K * channels).slice(),
        channels,
        [...Array(K).keys()],
        channels,
        blocks,
        k.f32(W, K * channels),
      );
      const [panels, skipped, out] = [
        toPanels(X, points, K),
        toPanels(skip, points, channels),
        k.floats(points * channels),
      ];
      k.productLayer(W, panels, out, blocks.fives, blocks.fours, K, points / 8);
      k.waveLayer(out, gain, shift, skipped, channels, points / 8);
      if (channels % 8 === 0)
        expect(numbers(out, points * channels)).to.deep.equal(
          numbers(toPanels(rows, points, channels), points * channels),
        );
      else
        expect(numbers(out, points * channels).every(Number.isFinite)).to.equal(
          true,
        );
    }
  });

  const toPanels = (
    from: Pointer,
    points: number,
    channels: number,
  ): Pointer => {
    const to = k.floats(points * channels);
    const [source, target] = [
      k.f32(from, points * channels),
      k.f32(to, points * channels),
    ];
    for (let p = 0; p < points; p++) {
      for (let c = 0; c < channels; c++) {
        target[(Math.floor(p / 8) * channels + c) * 8 + (p % 8)] =
          source[p * channels + c]!;
      }
    }
    return to;
  };

  it("computes sine, cosine and exponential to f32's accuracy", () => {
    const math = createVectorMath(k);
    const x = Float32Array.from({ length: 5000 }, () => rng.signed() * 12);
    const out = new Float32Array(x.length);
    const worst = (
      kernel: (x: Float32Array, out: Float32Array) => void,
      exact: (x: number) => number,
    ): number => {
      kernel(x, out);
      return out.reduce(
        (most, y, i) =>
          Math.max(
            most,
            Math.abs(y - exact(x[i]!)) / Math.max(1, Math.abs(exact(x[i]!))),
          ),
        0,
      );
    };
    expect(worst(math.sin, Math.sin)).to.be.lessThan(2e-6);
    expect(worst(math.cos, Math.cos)).to.be.lessThan(2e-6);
    expect(worst(math.exp, Math.exp)).to.be.lessThan(3e-7);
    expect(math.sin1(x[0]!)).to.equal((math.sin(x, out), out[0]));
    expect(
      [math.exp1(-1000), math.exp1(1000)].every(
        (y) => Number.isFinite(y) && y > 0,
      ),
    ).to.equal(true);
  });

  it("quantizes with clamping and half up", () => {
    const [from, to] = [k.floats(8), k.alloc(8)];
    k.f32(from, 8).set([-1, 0, 0.5 / 255, 0.49 / 255, 1, 2, 0.5, 254.5 / 255]);
    k.quantize(from, to, 8);
    expect([...k.u8(to, 8)]).to.deep.equal([0, 0, 1, 0, 255, 255, 128, 255]);
  });
});
