import { CODES } from "../adapter/adapter.ts";
import { tunedLayers } from "../adapter/shape.ts";
import type { TunedKernels } from "../kernels/load.ts";
import {
  conditioning,
  LATENT_SIZE,
  MIN_ORDER,
  oneFamily,
} from "../model/conditioning.ts";
import { mapLatents } from "../model/mapping.ts";
import type { Weights } from "../model/weights.ts";
import type { Rng } from "../../kernel/rng.ts";

import { PALETTE_SIZE, type TuningLayout } from "./layout.ts";
import { findPalette, nearest } from "./palette.ts";
import type { TuningPlan } from "./plan.ts";

/** Spread of the first layer's two random matrices (its base is zero for codes), and of the others' first one. */
const FIRST = 0.45;
const DOWN = 0.1;
/** How far apart the codes of unlike cells begin, and the noise that lets equal cells part. */
const CONTRAST = 1.2;
const UNREST = 0.15;

/** Draws the numbers that a run begins with: the base's own modulation, palettes by k-means, codes that tell each cell's slots. */
export function initialValues(
  k: TunedKernels,
  weights: Weights,
  layout: TuningLayout,
  plan: TuningPlan,
  pictures: readonly Uint8Array[],
  rng: Rng,
): Float32Array {
  const { width, layers } = weights.config;
  const values = new Float32Array(layout.size);
  const part = (name: string): Float32Array => {
    const { at, size } = layout.part(name);
    return values.subarray(at, at + size);
  };
  for (const { name, inputs, outputs } of tunedLayers(weights.config)) {
    const first = name === "layer0";
    const down = part(`${name}.down`);
    for (let i = 0; i < inputs; i++) {
      for (let r = 0; r < plan.rank; r++)
        down[i * layout.padded + r] = rng.gauss() * (first ? FIRST : DOWN);
    }
    const up = part(`${name}.up`).subarray(0, plan.rank * outputs);
    if (first) up.forEach((_, i) => (up[i] = rng.gauss() * FIRST));
  }
  const modulation = mapFamily(k, weights, plan.family);
  const at = weights.layout;
  for (let l = 0; l < layers; l++) {
    const take = (from: number) => modulation.subarray(from, from + width);
    part("gains").set(take(at.gainAt(l)), l * width);
    part("shifts").set(take(at.shiftAt(l)), l * width);
  }
  const cells = plan.grid * plan.grid * CODES;
  pictures.forEach((rgb, i) => {
    const palette = findPalette(rgb);
    const turned = part("palettes").subarray(i * PALETTE_SIZE);
    palette.forEach((x, j) => (turned[(j % 3) * 8 + Math.floor(j / 3)] = x));
    const codes = part("codes").subarray(i * cells, (i + 1) * cells);
    tellSlots(rgb, palette, plan.grid, codes);
    codes.forEach((x, j) => (codes[j] = x + rng.gauss() * UNREST));
  });
  return values;
}

/** The modulation of a family's plainest latent: lowest order, all styles at their middle. */
function mapFamily(
  k: TunedKernels,
  { config, layout, values }: Weights,
  family: number,
): Float32Array {
  const top = k.mark();
  const all = k.floats(layout.size);
  k.f32(all, layout.size).set(values);
  const latents = k.floats(4 * LATENT_SIZE);
  const families = oneFamily(family);
  k.f32(latents, LATENT_SIZE).set(
    conditioning({ families, order: MIN_ORDER, u: [] }),
  );
  const room = () => k.floats(4 * config.mappingWidth);
  const modulation = k.floats(4 * layout.modulationSize);
  const buffers = { pre: room(), a: room(), aCos: room(), m: room() };
  mapLatents(
    k,
    (name) => all + layout.tensor(name).at * 4,
    config,
    layout,
    latents,
    { ...buffers, mCos: room(), modulation },
    4,
  );
  const mapped = k.f32(modulation, layout.modulationSize).slice();
  k.release(top);
  return mapped;
}

/** Codes [grid][grid][8]: the share of each palette slot among the cell's pixels, less an eighth. */
function tellSlots(
  rgb: Uint8Array,
  palette: Float32Array,
  grid: number,
  codes: Float32Array,
): void {
  const side = Math.sqrt(rgb.length / 3);
  const colours = Array.from({ length: 8 }, (_, i) => [
    ...palette.subarray(3 * i, 3 * i + 3),
  ]);
  const counts = new Float32Array(grid * grid);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const p = 3 * (y * side + x);
      const pixel = [0, 1, 2].map((c) => rgb[p + c]! / 255);
      const row = Math.floor(((y + 0.5) * grid) / side);
      const cell = row * grid + Math.floor(((x + 0.5) * grid) / side);
      codes[cell * CODES + nearest(colours, pixel)]!++;
      counts[cell]!++;
    }
  }
  codes.forEach((n, i) => {
    const share = n / Math.max(1, counts[Math.floor(i / CODES)]!);
    codes[i] = (share - 1 / CODES) * CONTRAST;
  });
}
