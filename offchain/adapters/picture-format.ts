import { crc32 } from "node:zlib";

import type { DatasetImage } from "../dataset/manifest.ts";

/** A picture's container, walked without decoding a pixel. */
export interface Container {
  readonly format: DatasetImage["source"]["format"];
  readonly width: number;
  readonly height: number;
  /** Pictures in it. */
  readonly frames: number;
  /** What is wrong with it, if something is. */
  readonly fault: "truncated" | "damaged" | undefined;
}

const text = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.subarray(from, to)).toString("latin1");

/** First bytes of other formats that pictures come in; no decoder ever sees one. */
const OTHERS: readonly (readonly [name: string, ...starts: string[]])[] = [
  ["TIFF", "II*\0", "MM\0*", "II+\0", "MM\0+"],
  ["BMP", "BM"],
  ["a Photoshop file", "8BPS"],
  ["PDF", "%PDF"],
  ["PostScript", "%!PS"],
  ["ICO", "\0\0\u0001\0"],
  ["JPEG XL", "\u00ff\n", "\0\0\0\u000cJXL "],
  ["JPEG 2000", "\0\0\0\u000cjP  ", "\u00ffO\u00ffQ"],
  ["EXR", "v/1\u0001"],
  ["FITS", "SIMPLE  ="],
];

/** What first bytes say: the formats that are taken in by their short names, others that pictures come in by the names of people. */
export function looksLike(head: Uint8Array): string | undefined {
  const start = text(head, 0, 16);
  if (start.startsWith("\u0089PNG\r\n\u001a\n")) return "png";
  if (start.startsWith("\u00ff\u00d8\u00ff")) return "jpeg";
  if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) return "webp";
  if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) return "gif";
  if (start.startsWith("ftyp", 4))
    return start.startsWith("avi", 8) ? "AVIF" : "HEIF or a film";
  const other = OTHERS.find(([, ...starts]) =>
    starts.some((bytes) => start.startsWith(bytes)),
  );
  if (other !== undefined) return other[0];
  // Behind a byte order mark, a declaration and comments; in UTF-16 too, where every other byte is zero.
  const opening = text(head, 0, 4096)
    .replaceAll(/[^!-~]/g, " ")
    .trimStart();
  const tag = opening.replaceAll(" ", "");
  return opening.startsWith("<") && /<svg/i.test(tag) ? "SVG" : undefined;
}

/** Walks a file that {@link looksLike} one of the formats; undefined if its first bytes are already wrong. */
export function walk(bytes: Buffer): Container | undefined {
  const format = looksLike(bytes.subarray(0, 4096));
  try {
    if (format === "png") return walkPng(bytes);
    if (format === "jpeg") return walkJpeg(bytes);
    if (format === "webp") return walkWebp(bytes);
    if (format === "gif") return walkGif(bytes);
  } catch (error) {
    // Read beyond the end before the size was known.
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

function walkPng(bytes: Buffer): Container {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  let frames = 1;
  let fault: Container["fault"] = "truncated";
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) break;
    const type = text(bytes, at + 4, at + 8);
    if (
      crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)
    ) {
      fault = "damaged";
      break;
    }
    if (type === "acTL") frames = bytes.readUInt32BE(at + 8);
    if (type === "IEND") {
      fault = undefined;
      break;
    }
    at = end;
  }
  return { format: "png", width, height, frames, fault };
}

/** Segments up to the scan; the end must follow it: inside a scan no 0xFFD9 can stand. */
function walkJpeg(bytes: Buffer): Container | undefined {
  let size: readonly [number, number] | undefined;
  for (let at = 2; ;) {
    if (bytes.readUInt8(at) !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd7)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return undefined;
    // A frame's header; DHT, JPG and DAC lie in the same range.
    if (/c[0-35-79-bd-f]/.test(marker.toString(16)))
      size ??= [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    if (marker === 0xda) {
      if (size === undefined) return undefined;
      const whole = bytes.lastIndexOf("\xff\xd9", undefined, "latin1") > at;
      const fault = whole ? undefined : "truncated";
      return {
        format: "jpeg",
        width: size[0],
        height: size[1],
        frames: 1,
        fault,
      };
    }
    at += 2 + length;
  }
}

function walkWebp(bytes: Buffer): Container | undefined {
  const end = 8 + bytes.readUInt32LE(4);
  let size: readonly [number, number] | undefined;
  let frames = 0;
  let at = 12;
  for (; at + 8 <= Math.min(end, bytes.length);) {
    const type = text(bytes, at, at + 4);
    if (type === "VP8X")
      size ??= [
        1 + bytes.readUIntLE(at + 12, 3),
        1 + bytes.readUIntLE(at + 15, 3),
      ];
    if (type === "VP8 ")
      size ??= [
        bytes.readUInt16LE(at + 14) & 0x3fff,
        bytes.readUInt16LE(at + 16) & 0x3fff,
      ];
    if (type === "VP8L") {
      const packed = bytes.readUInt32LE(at + 9);
      size ??= [1 + (packed & 0x3fff), 1 + ((packed >>> 14) & 0x3fff)];
    }
    if (type === "ANMF") frames += 1;
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length & 1);
  }
  if (size === undefined) return undefined;
  const fault =
    end > bytes.length || at > bytes.length + 1 ? "truncated" : undefined;
  return {
    format: "webp",
    width: size[0],
    height: size[1],
    frames: Math.max(1, frames),
    fault,
  };
}

function walkGif(bytes: Buffer): Container {
  const [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  const table = (flags: number): number =>
    flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
  let at = 13 + table(bytes.readUInt8(10));
  let frames = 0;
  const end = (fault: Container["fault"]): Container => ({
    format: "gif",
    width,
    height,
    frames: Math.max(1, frames),
    fault,
  });
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === 0x3b) return end(frames === 0 ? "damaged" : undefined);
    if (block === 0x2c) {
      frames += 1;
      at += 11 + table(bytes[at + 9] ?? 0);
    } else if (block === 0x21) at += 2;
    else return end("damaged");
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    at += 1;
  }
  return end("truncated");
}
