import { canonicalJson } from "../../kernel/json.ts";

import { CODES, type Adapter } from "./adapter.ts";
import {
  encodeSafetensors,
  type Dtype,
  type StoredTensor,
} from "./safetensors.ts";
import { adapterTensors } from "./shape.ts";
import { toBytes, toHalves, toSingles } from "./values.ts";

/** What the metadata of every adapter's file says first. */
export const ADAPTER_FORMAT = "generative-loop adapter 1";

/**
 * Writes an adapter's file in the precision it names: f32, f16 (all halves), or int8 (codes as bytes with a half as scale per picture
 * and channel; the rest, 5 % of the file, halves). Palettes are bytes. Wider types come first, so that everything is aligned.
 */
export function encodeAdapter(adapter: Adapter): Uint8Array {
  const { precision, pictures, grid, codes, palettes } = adapter;
  const float: Dtype = precision === "f32" ? "F32" : "F16";
  const store = precision === "f32" ? toSingles : toHalves;
  const shape = { ...shapeOf(adapter), rank: adapter.rank };
  const count = pictures.length;
  const small = adapterTensors(shape).map(
    ({ name, rows, columns }): StoredTensor => ({
      name,
      dtype: float,
      shape: [rows, columns],
      data: store(adapter.tensors.get(name)!),
    }),
  );
  const [cells, scales] = [
    [count, grid, grid, CODES],
    [count, CODES],
  ] as const;
  const stored = ((): readonly StoredTensor[] => {
    if (precision !== "int8") {
      const data = store(codes);
      return [{ name: "codes", dtype: float, shape: cells, data }];
    }
    const whole = toBytes(codes, count, CODES);
    const data = toHalves(whole.scales);
    return [
      { name: "codes.scale", dtype: "F16", shape: scales, data },
      { name: "codes", dtype: "I8", shape: cells, data: whole.bytes },
    ];
  })();
  const metadata = new Map([
    ["format", ADAPTER_FORMAT],
    ["base", adapter.base],
    ["dataset", adapter.dataset],
    ["precision", precision],
    ["rank", `${adapter.rank}`],
    ["alpha", `${adapter.alpha}`],
    ["family", `${adapter.family}`],
    ["grid", `${grid}`],
    ["pictures", canonicalJson(pictures)],
  ]);
  const colours: StoredTensor = {
    name: "palettes",
    dtype: "U8",
    shape: [count, 8, 3],
    data: palettes,
  };
  return encodeSafetensors({
    metadata,
    tensors: [...small, ...stored, colours],
  });
}

/** Width and layers, as the gains tell them. */
function shapeOf({ tensors, rank }: Adapter): {
  width: number;
  layers: number;
} {
  const width = tensors.get("layer0.up")!.length / rank;
  return { width, layers: tensors.get("gains")!.length / width };
}
