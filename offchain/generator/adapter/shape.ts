import { CODES } from "./adapter.ts";

/** The tuned network's sizes: width and number of its layers, as the base has them, and the rank of what was added. */
export type AdapterShape = {
  readonly width: number;
  readonly layers: number;
  readonly rank: number;
};

/** A named matrix of an adapter; a list has one row. */
export type AdapterTensor = {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
};

/** A matrix of the network that low-rank matrices are added to. */
export type TunedLayer = {
  /** `layer0` to `layer4`, `head`. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
};

/** The matrices that are tuned, in the order of their use. */
export function tunedLayers({
  width,
  layers,
}: Pick<AdapterShape, "width" | "layers">): readonly TunedLayer[] {
  const trunk = Array.from({ length: layers }, (_, l) => ({
    name: `layer${l}`,
    inputs: l === 0 ? CODES : width,
    outputs: width,
  }));
  return [...trunk, { name: "head", inputs: width, outputs: 8 }];
}

/** Every tensor of an adapter, in the order of its file: gains, shifts and the head's bias, then each layer's two matrices. */
export function adapterTensors(shape: AdapterShape): readonly AdapterTensor[] {
  const { width, layers, rank } = shape;
  return [
    { name: "gains", rows: layers, columns: width },
    { name: "shifts", rows: layers, columns: width },
    { name: "bias", rows: 1, columns: 8 },
    ...tunedLayers(shape).flatMap(({ name, inputs, outputs }) => [
      { name: `${name}.down`, rows: inputs, columns: rank },
      { name: `${name}.up`, rows: rank, columns: outputs },
    ]),
  ];
}
