import type { Kernels, Pointer } from "../kernels/load.ts";

/** Exact elementary functions in f32. Arguments in radians. `out` may be `x`. */
export type VectorMath = {
  readonly sin: (x: Float32Array, out: Float32Array) => void;
  readonly cos: (x: Float32Array, out: Float32Array) => void;
  /** exp for x in [-87, 88]; values outside are clamped. */
  readonly exp: (x: Float32Array, out: Float32Array) => void;
  readonly sin1: (x: number) => number;
  readonly cos1: (x: number) => number;
  readonly exp1: (x: number) => number;
};

const CHUNK = 4096;

/** Wraps the kernels' polynomials: absolute error about 1e-7 (1 + |x|), the same bits on every machine. */
export function createVectorMath(kernels: Kernels): VectorMath {
  const buffer = kernels.floats(CHUNK);
  const apply =
    (kernel: (x: Pointer, y: Pointer, n: number) => void) =>
    (x: Float32Array, out: Float32Array): void => {
      for (let from = 0; from < x.length; from += CHUNK) {
        const n = Math.min(CHUNK, x.length - from);
        kernels.f32(buffer, n).set(x.subarray(from, from + n));
        kernel(buffer, buffer, (n + 3) & ~3);
        out.set(kernels.f32(buffer, n), from);
      }
    };
  const apply1 =
    (kernel: (x: Pointer, y: Pointer, n: number) => void) =>
    (x: number): number => {
      const view = kernels.f32(buffer, 4);
      view[0] = x;
      kernel(buffer, buffer, 4);
      return view[0];
    };
  const { sinInto, cosInto, expInto } = kernels;
  return {
    sin: apply(sinInto),
    cos: apply(cosInto),
    exp: apply(expInto),
    sin1: apply1(sinInto),
    cos1: apply1(cosInto),
    exp1: apply1(expInto),
  };
}
