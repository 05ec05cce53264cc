import { loadKernels, type Kernels } from "../kernels/load.ts";

import { createVectorMath, type VectorMath } from "./vector-math.ts";
import { decodeWeights, type Weights } from "./weights.ts";

/** A loaded network with its own wasm memory. Not shared between workers: each loads its own. */
export type Model = {
  /** Family names; the place in the list is the place in the latent. */
  readonly families: readonly string[];
  /** Exact elementary functions, vector and scalar, for compositions: no JS Math is used. */
  readonly math: VectorMath;
  readonly kernels: Kernels;
  readonly weights: Weights;
};

/**
 * Compiles the kernels and reads the weights.
 * @throws FatalError `generator/bad-weights` where the weights are no weights file
 */
export async function loadModel(files: {
  kernels: Uint8Array;
  weights: Uint8Array;
}): Promise<Model> {
  const weights = decodeWeights(files.weights);
  const kernels = await loadKernels(files.kernels);
  return {
    families: weights.config.families,
    math: createVectorMath(kernels),
    kernels,
    weights,
  };
}
