import { LATENT_SIZE } from "./conditioning.ts";

/** The network's shape. Every number is an integer; the committed model's is in its weights file. */
export type ModelConfig = {
  /** Width of the field's layers, a multiple of 8. */
  readonly width: number;
  /** Sine layers of the field; the first is shared, the others belong to the family. */
  readonly layers: number;
  /** Fourier frequencies, a multiple of 4. */
  readonly waves: number;
  /** Width of the network that displaces the points. */
  readonly warpWidth: number;
  /** Width of the mapping network from latent to gains and shifts. */
  readonly mappingWidth: number;
  /** Family names in the order of the latent. */
  readonly families: readonly string[];
};

/** The shape of the base model, less its families. */
export const BASE_SHAPE = {
  width: 64,
  layers: 5,
  waves: 40,
  warpWidth: 32,
  mappingWidth: 120,
} as const;

/** One named matrix in the flat list of weights. */
export type Tensor = {
  readonly name: string;
  readonly at: number;
  readonly rows: number;
  readonly columns: number;
};

/** Where every weight lies in the flat list, and where each gain and shift lies in a picture's modulation. */
export type Layout = {
  readonly tensors: readonly Tensor[];
  /** Number of weights, a multiple of 4. */
  readonly size: number;
  /** Inputs of the first layer: sines, cosines and 32 more (see `features` in the kernels). */
  readonly featureCount: number;
  /** Length of one modulation vector. */
  readonly modulationSize: number;
  /** Offsets in the modulation vector. */
  readonly gainAt: (layer: number) => number;
  readonly shiftAt: (layer: number) => number;
  readonly warpGainAt: number;
  readonly warpShiftAt: number;
  readonly headBiasAt: number;
  readonly tensor: (name: string) => Tensor;
};

/** Lays a network out. The order is part of the weights file's format. */
export function createLayout(config: ModelConfig): Layout {
  const { width, layers, warpWidth, mappingWidth } = config;
  const featureCount = 2 * config.waves + 32;
  const modulationSize = 2 * width * layers + 2 * warpWidth + 8;
  const tensors: Tensor[] = [];
  const byName = new Map<string, Tensor>();
  let at = 0;
  const put = (name: string, rows: number, columns: number): void => {
    const tensor = { name, at, rows, columns };
    tensors.push(tensor);
    byName.set(name, tensor);
    at += rows * columns;
  };
  put("waves", 2, config.waves);
  put("mapping1", LATENT_SIZE, mappingWidth);
  put("mapping1Bias", 1, mappingWidth);
  put("mapping2", mappingWidth, mappingWidth);
  put("mapping2Bias", 1, mappingWidth);
  put("modulation", mappingWidth, modulationSize);
  put("modulationBias", 1, modulationSize);
  put("warpIn", 4, warpWidth);
  put("warpOut", warpWidth, 8);
  put("layer0", featureCount, width);
  config.families.forEach((_, family) => {
    for (let layer = 1; layer < layers; layer++)
      put(`family${family}.layer${layer}`, width, width);
    put(`family${family}.head`, width, 8);
  });
  const warpGainAt = 2 * width * layers;
  return {
    tensors,
    size: at,
    featureCount,
    modulationSize,
    gainAt: (layer) => 2 * layer * width,
    shiftAt: (layer) => (2 * layer + 1) * width,
    warpGainAt,
    warpShiftAt: warpGainAt + warpWidth,
    headBiasAt: warpGainAt + 2 * warpWidth,
    tensor: (name) => {
      const found = byName.get(name);
      if (!found)
        throw new RangeError(`There is no tensor \`${name}\` in this layout.`);
      return found;
    },
  };
}
