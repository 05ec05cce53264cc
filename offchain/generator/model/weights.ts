import { Deflate, Inflate } from "pako";

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

// The file: "LOOPNET2", header length (u32 LE), header (canonical JSON of the configuration), then a zlib stream of every tensor in
// the layout's order. Small tensors and the mapping network, on which all others depend, are halves. The rest are bytes q with one
// half per column as their scale: weight = q * scale, exact in f32. The inflation is JavaScript integers (pako), so exact as well.

const MAGIC = "LOOPNET2";
const SMALLEST_QUANTIZED = 2048;
const LONGEST_HEADER = 4096;

/** Whether a tensor is stored in bytes with a scale per column. */
function isQuantized({ name, rows, columns }: Tensor): boolean {
  if (name.startsWith("mapping")) return false;
  return rows * columns >= SMALLEST_QUANTIZED || name.endsWith("head");
}

/** Bytes of a tensor before deflation. */
function sizeOf(tensor: Tensor): number {
  const { rows, columns } = tensor;
  return isQuantized(tensor)
    ? 2 * columns + rows * columns
    : 2 * rows * columns;
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
  const deflate = new Deflate({ level: 9 });
  deflate.push(concat(...parts), true);
  return concat(utf8(MAGIC), length, header, deflate.result);
}

/**
 * Reads a weights file.
 * @throws FatalError `generator/bad-weights` if the bytes are no such file or its length is wrong
 */
export function decodeWeights(bytes: Uint8Array): Weights {
  const text = (from: number, n: number): string =>
    String.fromCharCode(...bytes.subarray(from, from + n));
  if (bytes.length < 12 || text(0, 8) !== MAGIC)
    throw badWeights(`does not begin with ${MAGIC}`);
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(
    8,
    true,
  );
  const from = 12 + headerLength;
  if (from >= bytes.length || headerLength > LONGEST_HEADER)
    throw badWeights("ends inside of its header");
  const config = parseConfig(text(12, headerLength));
  const layout = createLayout(config);
  const size = layout.tensors.reduce((sum, tensor) => sum + sizeOf(tensor), 0);
  const body = inflate(bytes.subarray(from), size);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const values = new Float32Array(layout.size);
  let at = 0;
  for (const tensor of layout.tensors) {
    const { rows, columns } = tensor;
    const quantized = isQuantized(tensor);
    for (let i = 0; i < rows * columns; i++) {
      values[tensor.at + i] = quantized
        ? view.getInt8(at + 2 * columns + i) *
          halfToFloat(view.getUint16(at + 2 * (i % columns), true))
        : halfToFloat(view.getUint16(at + 2 * i, true));
    }
    at += sizeOf(tensor);
  }
  return { config, layout, values };
}

/** Inflates to exactly `size` bytes, and never holds more; the stream must end with the last byte and not before. */
function inflate(stream: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let filled = 0;
  const inflater = new Inflate();
  inflater.onData = (chunk) => {
    if (filled + chunk.length > size)
      throw badWeights("holds more weights than its configuration");
    out.set(chunk, filled);
    filled += chunk.length;
  };
  inflater.push(stream.subarray(0, -1), false);
  const early = inflater.ended;
  inflater.push(stream.subarray(-1), true);
  if (early || !inflater.ended || inflater.err !== 0 || filled !== size)
    throw badWeights("holds a damaged stream");
  return out;
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
