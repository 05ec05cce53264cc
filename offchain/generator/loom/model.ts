import type { Adapter, Decoder } from "../adapter/adapter.ts";
import { openAdapter } from "../adapter/decode.ts";
import { createDecoder } from "../adapter/decoder.ts";
import { loadTunedKernels, type TunedKernels } from "../kernels/load.ts";
import type { Model } from "../model/model.ts";
import { createVectorMath } from "../model/vector-math.ts";
import { decodeWeights } from "../model/weights.ts";

/** A base, what tuning made of a dataset upon it, and the network of both. Not shared between workers. */
export type TunedModel = Readonly<{
  kernels: TunedKernels;
  base: Model;
  adapter: Adapter;
  decoder: Decoder;
}>;

/**
 * Loads a tuned model: base, adapter and the network of both, upon one set of kernels.
 * @throws FatalError `kernels/not-tuned`, `generator/bad-weights` or `adapter/*` where a file is damaged or fits no other
 */
export async function loadTunedModel(files: {
  kernels: Uint8Array;
  weights: Uint8Array;
  adapter: Uint8Array;
}): Promise<TunedModel> {
  const kernels = await loadTunedKernels(files.kernels);
  const weights = decodeWeights(files.weights);
  const adapter = openAdapter(files.adapter, files.weights);
  const { families } = weights.config;
  const math = createVectorMath(kernels);
  return {
    kernels,
    base: { families, math, kernels, weights },
    adapter,
    decoder: createDecoder({ kernels, weights, adapter }),
  };
}
