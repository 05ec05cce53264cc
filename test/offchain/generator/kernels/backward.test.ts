import { readFile } from "node:fs/promises";

import { expect } from "chai";

import {
  loadKernels,
  type Kernels,
  type Pointer,
} from "../../../../offchain/generator/kernels/load.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";

/** A differentiable step under test: buffers by name, how to run it, how to run it backward. */
type Step = {
  readonly inputs: Readonly<Record<string, [at: Pointer, n: number]>>;
  readonly output: [at: Pointer, n: number];
  readonly forward: () => void;
  /** Given the output's gradient, leaves each input's gradient. */
  readonly backward: (doutput: Pointer) => Readonly<Record<string, Pointer>>;
};

describe("backward kernels agree with finite differences", () => {
  let k: Kernels;
  const rng = createRng(new Uint8Array(32).fill(4));

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

  /** The loss is a random linear form of the output, so its gradient is that form's coefficients. */
  const check = (
    { inputs, output: [out, size], forward, backward }: Step,
    step = 2e-3,
  ): void => {
    const coefficients = random(size);
    const loss = (): number => {
      forward();
      const c = k.f32(coefficients, size);
      return k.f32(out, size).reduce((sum, y, i) => sum + y * c[i]!, 0);
    };
    loss();
    const gradients = backward(coefficients);
    for (const [name, [at, n]] of Object.entries(inputs)) {
      const gradient = k.f32(gradients[name]!, n).slice();
      const largest = gradient.reduce(
        (most, g) => Math.max(most, Math.abs(g)),
        0,
      );
      expect(largest, name).to.be.greaterThan(0);
      for (let i = 0; i < n; i++) {
        const kept = k.f32(at, n)[i]!;
        k.f32(at, n)[i] = kept + step;
        const above = loss();
        k.f32(at, n)[i] = kept - step;
        const below = loss();
        k.f32(at, n)[i] = kept;
        expect(
          Math.abs((above - below) / (2 * step) - gradient[i]!) / largest,
          `${name}[${i}]`,
        ).to.be.lessThan(5e-3);
      }
    }
  };

  it("gemm: gemmTransposed for the weights, gemm with the transposed weights for the input", () => {
    const [M, K, N] = [8, 12, 16];
    const [A, B, C] = [random(M * K), random(K * N), k.floats(M * N)];
    check({
      inputs: { A: [A, M * K], B: [B, K * N] },
      output: [C, M * N],
      forward: () => k.gemm(A, B, C, M, K, N, 0),
      backward: (dC) => {
        const [dA, dB, T] = [
          k.floats(M * 16),
          k.floats(K * N),
          k.floats(N * 16),
        ];
        // K is padded to 16 columns, because gemm writes eight at a time.
        const padded = k.floats(16 * N);
        k.f32(padded, K * N).set(k.f32(B, K * N));
        k.transpose(padded, T, 16, N);
        k.gemm(dC, T, dA, M, N, 16, 0);
        k.gemmTransposed(A, dC, dB, M, K, N);
        const compact = k.floats(M * K);
        for (let m = 0; m < M; m++)
          k.f32(compact, M * K).set(k.f32(dA + m * 64, K), m * K);
        return { A: compact, B: dB };
      },
    });
  });

  it("modulate", () => {
    const [M, N] = [12, 8];
    const [U, gain, shift, skip] = [
      random(M * N),
      random(N),
      random(N),
      random(M * N),
    ];
    const [h, cos, perPi, shiftPi] = [
      k.floats(M * N),
      k.floats(M * N),
      k.floats(N),
      k.floats(N),
    ];
    check({
      inputs: { U: [U, M * N], gain: [gain, N], shift: [shift, N] },
      output: [h, M * N],
      forward: () => {
        k.scaleInto(gain, perPi, 1 / Math.PI, N);
        k.scaleInto(shift, shiftPi, 1 / Math.PI, N);
        k.modulate(U, perPi, shiftPi, skip, h, cos, M, N);
      },
      backward: (dh) => {
        const [dgain, dshift] = [k.floats(N), k.floats(N)];
        k.modulateBackward(dh, U, gain, cos, dgain, dshift, M, N);
        const dU = random(M * N);
        k.f32(dU, M * N).set(k.f32(cos, M * N));
        return { U: dU, gain: dgain, shift: dshift };
      },
    });
  });

  it("features", () => {
    const [M, waves] = [9, 8];
    const stride = 2 * waves + 32;
    const [Q, B, X] = [
      random(M * 2, 0.6),
      random(2 * waves, 0.7),
      k.floats(M * stride),
    ];
    check(
      {
        inputs: { Q: [Q, M * 2] },
        output: [X, M * stride],
        forward: () => k.features(Q, B, X, M, waves, stride),
        backward: (dX) => {
          const dQ = k.floats(M * 2);
          k.featuresBackward(dX, X, B, dQ, M, waves, stride);
          return { Q: dQ };
        },
      },
      5e-4,
    );
  });

  it("displace", () => {
    const M = 6;
    const [P, D, Q] = [random(M * 4), random(M * 8), k.floats(M * 2)];
    check({
      inputs: { D: [D, M * 8] },
      output: [Q, M * 2],
      forward: () => k.displace(P, D, Q, M),
      backward: (dQ) => {
        const dD = random(M * 8);
        k.displaceBackward(dQ, dD, M);
        return { D: dD };
      },
    });
  });

  it("addBias, multiplyInto", () => {
    const [M, N] = [5, 8];
    const [base, bias, factor, Y] = [
      random(M * N),
      random(N),
      random(M * N),
      k.floats(M * N),
    ];
    check({
      inputs: { bias: [bias, N] },
      output: [Y, M * N],
      forward: () => {
        k.scaleInto(base, Y, 1, M * N);
        k.addBias(Y, bias, M, N);
        k.multiplyInto(factor, Y, M * N);
      },
      backward: (dY) => {
        const [dBias, through] = [k.floats(N), k.floats(M * N)];
        k.scaleInto(dY, through, 1, M * N);
        k.multiplyInto(factor, through, M * N);
        k.addBiasBackward(through, dBias, M, N);
        return { bias: dBias };
      },
    });
  });

  it("softmax with cross-entropy", () => {
    const [M, temperature, scale] = [10, 1.7, 0.3];
    const [L, bias, T, W] = [
      random(M * 8),
      random(8),
      k.floats(M * 8),
      k.floats(M * 8),
    ];
    for (let m = 0; m < M; m++) {
      const t = rng.unit();
      k.f32(T, M * 8)[m * 8 + (m % 4)] = t;
      k.f32(T, M * 8)[m * 8 + 4 + (m % 4)] = 1 - t;
    }
    const loss = (): number => {
      k.f32(W, M * 8).set(k.f32(L, M * 8));
      k.softmax(W, bias, temperature, M);
      const w = k.f32(W, M * 8);
      return (
        k
          .f32(T, M * 8)
          .reduce((sum, t, i) => sum - (t > 0 ? t * Math.log(w[i]!) : 0), 0) *
        scale
      );
    };
    loss();
    const dbias = k.floats(8);
    const before = k
      .f32(W, M * 8)
      .reduce((sum, w, i) => sum + (w - k.f32(T, M * 8)[i]!) ** 2, 0);
    expect(
      k.crossEntropyBackward(W, T, dbias, temperature, scale, M),
    ).to.be.within(before - 1e-5, before + 1e-5);
    const gradient = [...k.f32(W, M * 8), ...k.f32(dbias, 8)];
    const difference = (p: Pointer, i: number): number => {
      const kept = k.f32(p + 4 * i, 1)[0]!;
      const at = (x: number): number => {
        k.f32(p + 4 * i, 1)[0] = x;
        return loss();
      };
      const slope = (at(kept + 1e-2) - at(kept - 1e-2)) / 2e-2;
      k.f32(p + 4 * i, 1)[0] = kept;
      return slope;
    };
    for (let i = 0; i < M * 8; i++)
      expect(difference(L, i)).to.be.within(
        gradient[i]! - 2e-3,
        gradient[i]! + 2e-3,
      );
    for (let i = 0; i < 8; i++)
      expect(difference(bias, i)).to.be.within(
        gradient[M * 8 + i]! - 5e-3,
        gradient[M * 8 + i]! + 5e-3,
      );
  });
});
