import type { Kernels, Pointer } from "../kernels/load.ts";

import { LATENT_SIZE } from "./conditioning.ts";
import type { Layout, ModelConfig } from "./layout.ts";

/** 1 / pi in f32: the kernels count phases in half turns. */
const INVERSE_PI = 0.31830987334251404;

/** Buffers of the mapping network for a number of latents. */
export type MappingBuffers = {
  readonly pre: Pointer;
  readonly a: Pointer;
  readonly aCos: Pointer;
  readonly m: Pointer;
  readonly mCos: Pointer;
  readonly modulation: Pointer;
};

/**
 * Maps latents to modulation vectors (gains, shifts, head bias): two sine layers, the second with a skip, and a linear one.
 * `count` is a multiple of 4. Shared by training and rendering, so both see the same arithmetic.
 */
export function mapLatents(
  k: Kernels,
  weights: (name: string) => Pointer,
  config: ModelConfig,
  layout: Layout,
  latents: Pointer,
  b: MappingBuffers,
  count: number,
): void {
  const M = config.mappingWidth;
  k.gemm(latents, weights("mapping1"), b.pre, count, LATENT_SIZE, M, 0);
  sineLayer(k, b.pre, weights("mapping1Bias"), 0, b.a, b.aCos, count, M);
  k.gemm(b.a, weights("mapping2"), b.pre, count, M, M, 0);
  sineLayer(k, b.pre, weights("mapping2Bias"), b.a, b.m, b.mCos, count, M);
  k.gemm(
    b.m,
    weights("modulation"),
    b.modulation,
    count,
    M,
    layout.modulationSize,
    0,
  );
  k.addBias(
    b.modulation,
    weights("modulationBias"),
    count,
    layout.modulationSize,
  );
}

/** Turns gains and shifts from radians into half turns. */
export function perRadian(
  k: Kernels,
  from: Pointer,
  to: Pointer,
  n: number,
): void {
  k.scaleInto(from, to, INVERSE_PI, n);
}

function sineLayer(
  k: Kernels,
  pre: Pointer,
  bias: Pointer,
  skip: Pointer,
  h: Pointer,
  cos: Pointer,
  rows: number,
  n: number,
): void {
  k.addBias(pre, bias, rows, n);
  k.scaleInto(pre, pre, INVERSE_PI, rows * n);
  k.waves(pre, skip, h, cos, rows * n);
}
