import type { Rng } from "../../kernel/rng.ts";
import type { Layout, ModelConfig } from "../model/layout.ts";

/** Bands of the Fourier frequencies, radians per unit, and how loud each begins in the first layer. */
const BANDS = [1, 2.2, 4.5, 9] as const;
const LOUDNESS = [1.2, 1, 0.7, 0.35] as const;

/** Draws the weights to begin with. Low frequencies come first; families begin alike, so their trunks stay mixable. */
export function initialWeights(
  config: ModelConfig,
  layout: Layout,
  rng: Rng,
): Float32Array {
  const values = new Float32Array(layout.size);
  const part = (name: string): Float32Array => {
    const { at, rows, columns } = layout.tensor(name);
    return values.subarray(at, at + rows * columns);
  };
  const fill = (name: string, scale: number): void => {
    const slice = part(name);
    for (let i = 0; i < slice.length; i++) slice[i] = rng.gauss() * scale;
  };
  const { width, layers, waves, mappingWidth } = config;
  const frequencies = part("waves");
  for (let i = 0; i < 2 * waves; i++)
    frequencies[i] = (rng.gauss() * BANDS[(i % waves) % 4]!) / Math.PI;
  fill("mapping1", 0.3);
  fill("mapping1Bias", 0.6);
  fill("mapping2", Math.sqrt(1 / mappingWidth));
  fill("mapping2Bias", 0.6);
  fill("modulation", 0.07);
  fill("modulationBias", 0.5);
  for (let l = 0; l < layers; l++)
    part("modulationBias").fill(1, layout.gainAt(l), layout.gainAt(l) + width);
  part("modulationBias").fill(1, layout.warpGainAt, layout.warpShiftAt);
  part("modulationBias").fill(0, layout.headBiasAt);
  fill("warpIn", 1.1);
  fill("warpOut", 0.05);
  fill("layer0", 0.9 * Math.sqrt(1 / (2 * waves + 20)));
  const first = part("layer0");
  for (let i = 0; i < 2 * waves * width; i++)
    first[i]! *= LOUDNESS[(Math.floor(i / width) % waves) % 4]!;
  for (let l = 1; l < layers; l++)
    fill(`family0.layer${l}`, Math.sqrt(1 / width));
  fill("family0.head", Math.sqrt(1 / width));
  for (let f = 1; f < config.families.length; f++) {
    for (let l = 1; l < layers; l++)
      part(`family${f}.layer${l}`).set(part(`family0.layer${l}`));
    part(`family${f}.head`).set(part("family0.head"));
  }
  return values;
}
