import { readFileSync } from "node:fs";

import { openAdapter } from "../../../offchain/generator/adapter/decode.ts";
import { createDecoder } from "../../../offchain/generator/adapter/decoder.ts";
import { drawDonor } from "../../../offchain/generator/adapter/draw.ts";
import {
  CODES,
  type Adapter,
  type Decoder,
} from "../../../offchain/generator/adapter/adapter.ts";
import {
  loadTunedKernels,
  type TunedKernels,
} from "../../../offchain/generator/kernels/load.ts";
import type { TunedModel } from "../../../offchain/generator/loom/model.ts";
import { planWeave } from "../../../offchain/generator/loom/plan.ts";
import { renderWeave } from "../../../offchain/generator/loom/render.ts";
import { createVectorMath } from "../../../offchain/generator/model/vector-math.ts";
import { decodeWeights } from "../../../offchain/generator/model/weights.ts";
import type { PictureKey } from "../../../offchain/loop/engine.ts";

const generator = new URL("../../../offchain/generator/", import.meta.url);
const genesis = new URL("../../../offchain/recipes/genesis/", import.meta.url);

/** A tuned model, and what it draws. */
export type Tuned = Readonly<{
  adapter: Adapter;
  decoder: Decoder;
  weave: (key: PictureKey, size: number) => Uint8Array;
  /** A donor as the network draws it, or any grid of codes with its palette. */
  donor: (place: number, size: number, codes?: Float32Array) => Uint8Array;
}>;

/** Opens an adapter upon the built-in base. */
export async function openTuned(file: string): Promise<Tuned> {
  const weightsFile = readFileSync(new URL("base.weights", genesis));
  const weights = decodeWeights(weightsFile);
  const adapter = openAdapter(readFileSync(file), weightsFile);
  const kernels: TunedKernels = await loadTunedKernels(
    readFileSync(new URL("kernels/tuned.wasm", generator)),
  );
  const decoder = createDecoder({ kernels, weights, adapter });
  const base = {
    families: weights.config.families,
    math: createVectorMath(kernels),
    kernels,
    weights,
  };
  const model: TunedModel = { kernels, base, adapter, decoder };
  const cells = adapter.grid * adapter.grid * CODES;
  return {
    adapter,
    decoder,
    weave: (key, size) => renderWeave(model, planWeave(key, adapter), size),
    donor: (place, size, codes) => {
      if (codes === undefined)
        return drawDonor(kernels, adapter, decoder, place, size);
      const changed = adapter.codes.slice();
      changed.set(codes, place * cells);
      const other = { ...adapter, codes: changed };
      return drawDonor(kernels, other, decoder, place, size);
    },
  };
}
