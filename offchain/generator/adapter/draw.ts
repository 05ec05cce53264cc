import type { TunedKernels } from "../kernels/load.ts";

import { CODES, type Adapter, type Decoder } from "./adapter.ts";

/** Points per call of the kernels. */
const POINTS = 4096;

/**
 * A donor as the tuned network draws it: size x size x 3 sRGB bytes, 2 x 2 points a pixel. Exact.
 * `hardness` is what logits are multiplied by before the softmax; 1 is as trained.
 */
export function drawDonor(
  k: TunedKernels,
  adapter: Adapter,
  decoder: Decoder,
  picture: number,
  size: number,
  hardness = 1,
): Uint8Array {
  const top = k.mark();
  const { grid, palettes } = adapter;
  const cells = grid * grid * CODES;
  const [codes, palette, bias] = [k.floats(cells), k.floats(24), k.floats(8)];
  const from = adapter.codes.subarray(picture * cells, (picture + 1) * cells);
  k.f32(codes, cells).set(from);
  const colours = k.f32(palette, 24);
  for (let i = 0; i < 24; i++)
    colours[(i % 3) * 8 + Math.floor(i / 3)] =
      palettes[picture * 24 + i]! / 255;
  const [uv, read, slots, rgb] = [
    k.floats(POINTS * 2),
    k.floats(POINTS * CODES),
    k.floats(POINTS * 8),
    k.floats(POINTS * 3),
  ];
  const out = new Uint8Array(size * size * 3);
  const sums = new Float32Array(size * size * 3);
  const total = size * size * 4;
  const logits = new Float32Array(POINTS * 8);
  for (let at = 0; at < total; at += POINTS) {
    const n = Math.min(POINTS, total - at);
    const points = k.f32(uv, n * 2);
    for (let i = 0; i < n; i++) {
      const [x, y] = [(at + i) % (2 * size), Math.floor((at + i) / (2 * size))];
      points[2 * i] = (x + 0.5) / (2 * size);
      points[2 * i + 1] = (y + 0.5) / (2 * size);
    }
    k.gatherCodes(codes, grid, grid, 0, uv, read, n);
    decoder.logits(k.f32(read, n * CODES).slice(), logits);
    k.f32(slots, n * 8).set(logits.subarray(0, n * 8));
    k.softmax(slots, bias, hardness, n);
    k.mixPalette(slots, palette, rgb, n);
    k.f32(rgb, n * 3).forEach((x, i) => {
      const p = at + Math.floor(i / 3);
      const [px, py] = [(p % (2 * size)) >> 1, Math.floor(p / (4 * size))];
      sums[(py * size + px) * 3 + (i % 3)]! += x;
    });
  }
  sums.forEach((sum, i) => {
    out[i] = Math.floor(Math.min(1, Math.max(0, sum / 4)) * 255 + 0.5);
  });
  k.release(top);
  return out;
}
