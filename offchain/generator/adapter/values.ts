import { FatalError } from "../../kernel/errors.ts";
import { floatToHalf, halfToFloat } from "../model/half.ts";

/** Smallest scale of bytes: below it a half loses digits, and what it could tell is far below the codes' noise. */
const SMALLEST_SCALE = 6.103515625e-5;

/** Numbers as little-endian f32 bytes. */
export function toSingles(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return new Uint8Array(view.buffer);
}

/** Numbers as little-endian halves, rounded. */
export function toHalves(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 2));
  values.forEach((value, i) => view.setUint16(2 * i, floatToHalf(value), true));
  return new Uint8Array(view.buffer);
}

/**
 * f32 or half bytes as numbers.
 * @throws FatalError `adapter/bad-values` on infinities and NaN
 */
export function fromFloats(data: Uint8Array, bytes: 4 | 2): Float32Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const out = new Float32Array(data.length / bytes);
  for (let i = 0; i < out.length; i++) {
    if (bytes === 4) out[i] = view.getFloat32(4 * i, true);
    else {
      const half = view.getUint16(2 * i, true);
      out[i] = (half & 0x7c00) === 0x7c00 ? NaN : halfToFloat(half);
    }
    if (!Number.isFinite(out[i])) {
      const message =
        "The adapter's file holds a value that is no number; take the file that belongs to the recipe.";
      throw new FatalError("adapter/bad-values", message);
    }
  }
  return out;
}

/**
 * Numbers [groups][cells][channels] as bytes q with a half as scale per group and channel: value = q scale, exact in f32. Writing what
 * was read gives the same bytes.
 */
export function toBytes(
  values: Float32Array,
  groups: number,
  channels: number,
): { bytes: Uint8Array; scales: Float32Array } {
  const size = values.length / groups;
  const bytes = new Uint8Array(values.length);
  const scales = new Float32Array(groups * channels);
  for (let group = 0; group < groups; group++) {
    const from = group * size;
    for (let channel = 0; channel < channels; channel++) {
      let largest = 0;
      for (let i = from + channel; i < from + size; i += channels)
        largest = Math.max(largest, Math.abs(values[i]!));
      const half = halfToFloat(floatToHalf(largest / 127));
      const scale = half < SMALLEST_SCALE ? 0 : half;
      scales[group * channels + channel] = scale;
      for (let i = from + channel; i < from + size; i += channels) {
        const q = scale === 0 ? 0 : Math.floor(values[i]! / scale + 0.5);
        bytes[i] = Math.max(-127, Math.min(127, q));
      }
    }
  }
  return { bytes, scales };
}

/** The way back of {@link toBytes}. */
export function fromBytes(
  bytes: Uint8Array,
  scales: Float32Array,
  groups: number,
  channels: number,
): Float32Array {
  const size = bytes.length / groups;
  return Float32Array.from(bytes, (byte, i) => {
    const scale = scales[Math.floor(i / size) * channels + (i % channels)]!;
    return ((byte << 24) >> 24) * scale;
  });
}
