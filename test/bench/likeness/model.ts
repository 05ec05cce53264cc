import { readFileSync } from "node:fs";

import { drawDonor } from "../../../offchain/generator/adapter/draw.ts";
import {
  CODES,
  type Adapter,
} from "../../../offchain/generator/adapter/adapter.ts";
import { loadTunedModel } from "../../../offchain/generator/loom/model.ts";
import { planWeave } from "../../../offchain/generator/loom/plan.ts";
import { renderWeave } from "../../../offchain/generator/loom/render.ts";
import { defaultTable } from "../../../offchain/generator/loom/table.ts";
import type { PictureKey } from "../../../offchain/loop/engine.ts";
import {
  parseTraitTable,
  type TraitTable,
} from "../../../offchain/rarity/table.ts";

const generator = new URL("../../../offchain/generator/", import.meta.url);
const genesis = new URL("../../../offchain/recipes/genesis/", import.meta.url);

/** A tuned model, and what it draws. */
export type Tuned = Readonly<{
  adapter: Adapter;
  /** The loom's own odds for it. */
  table: TraitTable;
  weave: (key: PictureKey, size: number) => Uint8Array;
  /** A donor as the network draws it, or any grid of codes with its palette. */
  donor: (place: number, size: number, codes?: Float32Array) => Uint8Array;
}>;

/** Opens an adapter upon the built-in base. */
export async function openTuned(file: string): Promise<Tuned> {
  const model = await loadTunedModel({
    kernels: readFileSync(new URL("kernels/tuned.wasm", generator)),
    weights: readFileSync(new URL("base.weights", genesis)),
    adapter: readFileSync(file),
  });
  const { kernels, adapter, decoder } = model;
  const cells = adapter.grid * adapter.grid * CODES;
  return {
    adapter,
    table: parseTraitTable(defaultTable(adapter, decoder)),
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
