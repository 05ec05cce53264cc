import type { Adapter, Precision } from "../adapter/adapter.ts";
import { tunedLayers } from "../adapter/shape.ts";
import type { Hex } from "../../kernel/bytes.ts";
import type { Weights } from "../model/weights.ts";

import { PALETTE_SIZE, type TuningLayout } from "./layout.ts";
import type { TuningPlan } from "./plan.ts";

/** A run's numbers as an adapter: padding left out, palettes as bytes. */
export function adapterOf(run: {
  readonly values: Float32Array;
  readonly layout: TuningLayout;
  readonly weights: Weights;
  readonly base: Hex;
  readonly dataset: Hex;
  readonly plan: TuningPlan;
  readonly names: readonly string[];
  readonly precision: Precision;
}): Adapter {
  const { values, layout, weights, plan, names, precision } = run;
  const { rank, alpha, family, grid } = plan;
  const part = (name: string): Float32Array => {
    const { at, size } = layout.part(name);
    return values.slice(at, at + size);
  };
  const tensors = new Map<string, Float32Array>();
  for (const name of ["gains", "shifts", "bias"]) tensors.set(name, part(name));
  for (const { name, inputs, outputs } of tunedLayers(weights.config)) {
    const down = part(`${name}.down`);
    const kept = Float32Array.from(
      { length: inputs * rank },
      (_, i) => down[Math.floor(i / rank) * layout.padded + (i % rank)]!,
    );
    tensors.set(`${name}.down`, kept);
    tensors.set(`${name}.up`, part(`${name}.up`).slice(0, rank * outputs));
  }
  const colours = part("palettes");
  const palettes = Uint8Array.from({ length: names.length * 24 }, (_, i) => {
    const [picture, slot, c] = [
      Math.floor(i / PALETTE_SIZE),
      Math.floor((i % PALETTE_SIZE) / 3),
      i % 3,
    ];
    const x = colours[picture * PALETTE_SIZE + c * 8 + slot]!;
    return Math.floor(Math.min(1, Math.max(0, x)) * 255 + 0.5);
  });
  return {
    base: run.base,
    dataset: run.dataset,
    precision,
    rank,
    alpha,
    family,
    grid,
    pictures: names,
    codes: part("codes"),
    palettes,
    tensors,
  };
}
