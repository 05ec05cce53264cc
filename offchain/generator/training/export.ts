import { MAX_FAMILIES, MAX_ORDER, MIN_ORDER } from "../model/conditioning.ts";
import { createLayout, type ModelConfig } from "../model/layout.ts";
import { encodeWeights } from "../model/weights.ts";

import { STYLES_IN_USE } from "./batch.ts";

/** Where the style parameters begin and end in the latent. */
const STYLES_AT = MAX_FAMILIES + MAX_ORDER - MIN_ORDER + 1;
const STYLES_END = STYLES_AT + 32;
/** Among the first layer's inputs: after the waves and x, y, r, 1 come 8 local codes; its last 4 are padding. */
const CODES = 8;
const PADDING = 4;

/** A weights file of trained values. Weights of inputs that were always zero are still as they were drawn, so they are left out. */
export function exportWeights(
  config: ModelConfig,
  values: Float32Array,
): Uint8Array {
  const kept = values.slice();
  const layout = createLayout(config);
  const clear = (name: string, from: number, to: number): void => {
    const { at, columns } = layout.tensor(name);
    kept.fill(0, at + from * columns, at + to * columns);
  };
  clear("mapping1", STYLES_AT + STYLES_IN_USE, STYLES_END);
  clear("mapping1", STYLES_END + 1, layout.tensor("mapping1").rows);
  const codesAt = 2 * config.waves + 4;
  clear("layer0", codesAt, codesAt + CODES);
  clear("layer0", layout.featureCount - PADDING, layout.featureCount);
  return encodeWeights(config, kept);
}
