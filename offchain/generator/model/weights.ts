import { concat, utf8 } from "../../kernel/bytes.ts";
import { FatalError } from "../../kernel/errors.ts";
import { canonicalJson } from "../../kernel/json.ts";

import { floatToHalf, halfToFloat } from "./half.ts";
import {
  createLayout,
  type Layout,
  type ModelConfig,
  type Tensor,
} from "./layout.ts";

// The file: "LOOPNET1", header length (u32 LE), header (canonical JSON of the configuration), then every tensor in the layout's order.
// Small tensors are halves. The others are bytes q with one half per column as their scale: weight = q * scale, exact in f32.

const MAGIC = "LOOPNET1";
const SMALLEST_QUANTIZED = 2048;
const SMALL_NAMES = /head$/;

/** Whether a tensor is stored in bytes with a scale per column. */
function isQuantized({ name, rows, columns }: Tensor): boolean {
  return rows * columns >= SMALLEST_QUANTIZED || SMALL_NAMES.test(name);
}

/** A network's shape with its weights, as they are computed with. */
export type Weights = {
  readonly config: ModelConfig;
  readonly layout: Layout;
  readonly values: Float32Array;
};

/** Writes a weights file; the values are rounded to what the file can hold. */
export function encodeWeights(
  config: ModelConfig,
  values: Float32Array,
): Uint8Array {
  const header = utf8(canonicalJson(config));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length, true);
  const parts = createLayout(config).tensors.map((tensor) => {
    const slice = values.subarray(
      tensor.at,
      tensor.at + tensor.rows * tensor.columns,
    );
    return isQuantized(tensor)
      ? encodeBytes(tensor, slice)
      : encodeHalves(slice);
  });
  return concat(utf8(MAGIC), length, header, ...parts);
}

/**
 * Reads a weights file.
 * @throws FatalError `generator/bad-weights` if the bytes are no such file or its length is wrong
 */
export function decodeWeights(bytes: Uint8Array): Weights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (from: number, n: number): string =>
    String.fromCharCode(...bytes.subarray(from, from + n));
  if (bytes.length < 12 || text(0, 8) !== MAGIC)
    throw badWeights("does not begin with " + MAGIC);
  const headerLength = view.getUint32(8, true);
  if (12 + headerLength > bytes.length)
    throw badWeights("ends inside of its header");
  const config = parseConfig(text(12, headerLength));
  const layout = createLayout(config);
  const values = new Float32Array(layout.size);
  let at = 12 + headerLength;
  for (const tensor of layout.tensors) {
    const { rows, columns } = tensor;
    const size = isQuantized(tensor)
      ? 2 * columns + rows * columns
      : 2 * rows * columns;
    if (at + size > bytes.length)
      throw badWeights(`ends inside of \`${tensor.name}\``);
    const out = values.subarray(tensor.at, tensor.at + rows * columns);
    for (let i = 0; i < out.length; i++) {
      if (!isQuantized(tensor))
        out[i] = halfToFloat(view.getUint16(at + 2 * i, true));
      else
        out[i] =
          view.getInt8(at + 2 * columns + i) *
          halfToFloat(view.getUint16(at + 2 * (i % columns), true));
    }
    at += size;
  }
  if (at !== bytes.length)
    throw badWeights(`has ${bytes.length - at} bytes too many`);
  return { config, layout, values };
}

function encodeHalves(values: Float32Array): Uint8Array {
  const out = new DataView(new ArrayBuffer(values.length * 2));
  values.forEach((value, i) => out.setUint16(2 * i, floatToHalf(value), true));
  return new Uint8Array(out.buffer);
}

function encodeBytes(
  { rows, columns }: Tensor,
  values: Float32Array,
): Uint8Array {
  const out = new DataView(new ArrayBuffer(2 * columns + rows * columns));
  for (let c = 0; c < columns; c++) {
    let largest = 0;
    for (let r = 0; r < rows; r++)
      largest = Math.max(largest, Math.abs(values[r * columns + c] ?? 0));
    const half = floatToHalf(largest / 127);
    const scale = halfToFloat(half);
    out.setUint16(2 * c, half, true);
    for (let r = 0; r < rows; r++) {
      const q =
        scale === 0
          ? 0
          : Math.floor((values[r * columns + c] ?? 0) / scale + 0.5);
      out.setInt8(
        2 * columns + r * columns + c,
        Math.max(-127, Math.min(127, q)),
      );
    }
  }
  return new Uint8Array(out.buffer);
}

function parseConfig(text: string): ModelConfig {
  let config: Partial<ModelConfig>;
  try {
    config = JSON.parse(text) as Partial<ModelConfig>;
  } catch (cause) {
    throw badWeights("has a header that is not JSON", cause);
  }
  const { width, layers, waves, warpWidth, mappingWidth, families } = config;
  const sized = [width, layers, waves, warpWidth, mappingWidth].every(
    (n) => Number.isInteger(n) && n! > 0 && n! <= 512,
  );
  const named =
    Array.isArray(families) &&
    families.every((name) => typeof name === "string") &&
    families.length > 0 &&
    families.length <= 16;
  if (!sized || !named)
    throw badWeights("has a header without a sound configuration");
  return config as ModelConfig;
}

function badWeights(problem: string, cause?: unknown): FatalError {
  const message = `The weights file ${problem}; take the file that belongs to the recipe.`;
  return new FatalError(
    "generator/bad-weights",
    message,
    cause === undefined ? undefined : { cause },
  );
}
