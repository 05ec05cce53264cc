/** Bundled and run in a browser's page: the vectors and the files come in, the differences go out. */
import { loadModel } from "../../offchain/generator/model/model.ts";

import { differences, type Golden } from "./golden.ts";
import { tunedDifferences, type TunedGolden } from "./tuned.ts";

const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

Object.assign(globalThis, {
  checkGolden: async (golden: Golden, kernels: string, weights: string): Promise<string[]> =>
    differences(await loadModel({ kernels: bytes(kernels), weights: bytes(weights) }), golden),
  checkTuned: async (golden: TunedGolden, kernels: string, weights: string, adapter: string): Promise<string[]> =>
    tunedDifferences({ kernels: bytes(kernels), weights: bytes(weights), adapter: bytes(adapter) }, golden),
});
