const scratch = new Float32Array(1);
/** 2^-14: below it halves have no leading one. */
const SMALLEST_NORMAL = 6.103515625e-5;
const bits = new Uint32Array(scratch.buffer);

/** Decodes an IEEE 754 half by moving bits: exact, the same everywhere. Infinities and NaN do not occur in weights. */
export function halfToFloat(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 0) {
    const value = fraction / 16777216;
    return sign ? -value : value;
  }
  bits[0] = (sign | ((exponent + 112) << 23) | (fraction << 13)) >>> 0;
  return scratch[0] ?? 0;
}

/** Encodes a float as the nearest half, ties to even; larger values become the largest half. */
export function floatToHalf(value: number): number {
  scratch[0] = value;
  const word = bits[0] ?? 0;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = Math.min(Math.abs(scratch[0] ?? 0), 65504);
  if (magnitude < SMALLEST_NORMAL)
    return sign | roundToEven(magnitude * 16777216);
  scratch[0] = magnitude;
  const body = bits[0] ?? 0;
  const rounded = body + 0xfff + ((body >>> 13) & 1);
  return sign | Math.min((rounded >>> 13) - (112 << 10), 0x7bff);
}

function roundToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return rest > 0.5 ? floor + 1 : floor;
  return floor % 2 === 0 ? floor : floor + 1;
}
