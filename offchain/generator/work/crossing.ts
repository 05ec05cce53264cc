import { WHOLE } from "./colours-between.ts";

/** Difference of two neighbours, all three channels together, from which on an edge lies between them. */
const EDGE = 72;
/** How deep inside a shape counts, parts of the picture's side. */
const DEEP = 0.12;
/** By how much an end must be left before anything of the other is seen, parts of the side. */
const SLACK = 0.03;

/**
 * A picture on the way between two that share no lattice, `share` thousandths of it: every point shows one of them, crisp. Each begins to
 * be seen in the middle of its own shapes and along the contours of the other, so that shapes grow out of shapes. Integer distances and
 * f64 products: the same bytes everywhere.
 */
export function crossPictures(
  from: Uint8Array,
  to: Uint8Array,
  { share, size }: { readonly share: number; readonly size: number },
): Uint8Array {
  if (share <= 0) return from;
  if (share >= WHOLE) return to;
  const t = share / WHOLE;
  const [own, other] = [depths(from, size), depths(to, size)];
  const out = new Uint8Array(from.length);
  for (let i = 0; i < size * size; i++) {
    const lead =
      other[i]! * t - own[i]! * (1 - t) + (DEEP + SLACK) * size * (2 * t - 1);
    const part = Math.min(1, Math.max(0, 0.5 + lead));
    for (let c = 3 * i; c < 3 * i + 3; c++)
      out[c] = Math.floor(from[c]! + (to[c]! - from[c]!) * part + 0.5);
  }
  return out;
}

/** How far each pixel is from the nearest edge, in pixels, evened out over a few of them; no more than DEEP. */
function depths(rgb: Uint8Array, size: number): Float64Array {
  const most = Math.floor(DEEP * size);
  const depth = new Float64Array(size * size).fill(most);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const at = y * size + x;
      if (x + 1 < size && differ(rgb, at, at + 1))
        depth[at] = depth[at + 1] = 0;
      if (y + 1 < size && differ(rgb, at, at + size))
        depth[at] = depth[at + size] = 0;
    }
  // Two passes of a chamfer: 1 along, 1.4 across.
  const step = (at: number, next: number, by: number): void => {
    const d = depth[next]! + by;
    if (d < depth[at]!) depth[at] = d;
  };
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const at = y * size + x;
      if (x > 0) step(at, at - 1, 1);
      if (y > 0) step(at, at - size, 1);
      if (y > 0 && x > 0) step(at, at - size - 1, 1.4);
      if (y > 0 && x + 1 < size) step(at, at - size + 1, 1.4);
    }
  for (let y = size - 1; y >= 0; y--)
    for (let x = size - 1; x >= 0; x--) {
      const at = y * size + x;
      if (x + 1 < size) step(at, at + 1, 1);
      if (y + 1 < size) step(at, at + size, 1);
      if (y + 1 < size && x + 1 < size) step(at, at + size + 1, 1.4);
      if (y + 1 < size && x > 0) step(at, at + size - 1, 1.4);
    }
  const reach = Math.max(1, Math.floor(size / 80));
  return blurred(blurred(depth, size, reach, 1), size, reach, size);
}

const differ = (rgb: Uint8Array, a: number, b: number): boolean =>
  Math.abs(rgb[3 * a]! - rgb[3 * b]!) +
    Math.abs(rgb[3 * a + 1]! - rgb[3 * b + 1]!) +
    Math.abs(rgb[3 * a + 2]! - rgb[3 * b + 2]!) >
  EDGE;

/** The mean of `2 * reach + 1` neighbours along one axis; `stride` is 1 along rows. */
function blurred(
  values: Float64Array,
  size: number,
  reach: number,
  stride: number,
): Float64Array {
  const out = new Float64Array(values.length);
  const other = stride === 1 ? size : 1;
  for (let line = 0; line < size; line++)
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let k = i - reach; k <= i + reach; k++)
        sum +=
          values[line * other + Math.min(size - 1, Math.max(0, k)) * stride]!;
      out[line * other + i * stride] = sum / (2 * reach + 1);
    }
  return out;
}
