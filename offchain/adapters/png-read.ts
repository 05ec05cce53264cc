import { crc32, inflateSync } from "node:zlib";

import { FatalError } from "../kernel/errors.ts";

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const CHANNELS = 3;

/**
 * The pixels of a PNG of our own kind: RGB, 8 bits, not interlaced, of the expected side. A dataset comes from others, so nothing
 * wider is understood here, and no more is inflated than such a picture holds.
 * @throws FatalError `dataset/damaged` on anything else.
 */
export function readOwnPng(
  bytes: Uint8Array,
  { side, path }: { readonly side: number; readonly path: string },
): Uint8Array {
  const fail = (reason: string): FatalError =>
    new FatalError(
      "dataset/damaged",
      `\`${path}\` is no picture of a sealed dataset (${reason}); seal the pictures again.`,
    );
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw fail("it is no PNG");
  const data: Buffer[] = [];
  let ended = false;
  for (let at = 8, first = true; at < file.length && !ended; first = false) {
    if (at + 12 > file.length) throw fail("it is cut off");
    const length = file.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > file.length) throw fail("it is cut off");
    if (crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4))
      throw fail("a checksum is wrong");
    const type = file.toString("latin1", at + 4, at + 8);
    const body = file.subarray(at + 8, end - 4);
    if (first !== (type === "IHDR")) throw fail("its header is missing");
    if (type === "IHDR") {
      const expected = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
      expected.writeUInt32BE(side, 0);
      expected.writeUInt32BE(side, 4);
      if (!body.equals(expected)) throw fail(`it is not RGB of ${side} pixels`);
    } else if (type === "IDAT") data.push(body);
    else if (type === "IEND") ended = true;
    at = end;
  }
  if (!ended) throw fail("it is cut off");
  const length = side * (side * CHANNELS + 1);
  let rows: Buffer;
  try {
    rows = inflateSync(Buffer.concat(data), { maxOutputLength: length });
  } catch {
    throw fail("its pixels cannot be unpacked");
  }
  const rgb =
    rows.length === length ? unfilter(rows, side * CHANNELS) : undefined;
  if (rgb === undefined) throw fail("its pixels are not complete");
  return rgb;
}

/** Undoes the filters of the PNG specification, row by row; undefined on a filter that there is not. */
function unfilter(rows: Uint8Array, stride: number): Uint8Array | undefined {
  const out = new Uint8Array((rows.length / (stride + 1)) * stride);
  for (let y = 0; y * stride < out.length; y++) {
    const type = rows[y * (stride + 1)] ?? 0;
    if (type > 4) return undefined;
    for (let x = 0; x < stride; x++) {
      const to = y * stride + x;
      const left = x < CHANNELS ? 0 : (out[to - CHANNELS] ?? 0);
      const up = y === 0 ? 0 : (out[to - stride] ?? 0);
      const corner =
        x < CHANNELS || y === 0 ? 0 : (out[to - stride - CHANNELS] ?? 0);
      const value = rows[y * (stride + 1) + 1 + x] ?? 0;
      out[to] = value + predict(type, left, up, corner);
    }
  }
  return out;
}

function predict(
  type: number,
  left: number,
  up: number,
  corner: number,
): number {
  if (type === 0) return 0;
  if (type === 1) return left;
  if (type === 2) return up;
  if (type === 3) return (left + up) >> 1;
  const a = Math.abs(up - corner);
  const b = Math.abs(left - corner);
  const c = Math.abs(left + up - 2 * corner);
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
