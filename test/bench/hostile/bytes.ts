import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { crc32, createDeflate, gzipSync } from "node:zlib";

/** One chunk of a PNG, its checksum right. */
export function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG with such a header, these chunks after it, and these bytes inflating out of its data. */
export function png(
  {
    width,
    height,
    depth = 8,
    colour = 2,
    interlaced = false,
  }: {
    readonly width: number;
    readonly height: number;
    readonly depth?: number;
    readonly colour?: number;
    readonly interlaced?: boolean;
  },
  data: Uint8Array,
  extra: readonly Buffer[] = [],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    ...extra,
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Zlib data that inflates to so many zeros, which are never held at once. */
export async function zeros(bytes: number): Promise<Buffer> {
  const part = Buffer.alloc(1_048_576);
  function* parts(): Generator<Buffer> {
    for (let left = bytes; left > 0; left -= part.length)
      yield left < part.length ? part.subarray(0, left) : part;
  }
  return buffer(Readable.from(parts()).pipe(createDeflate({ level: 9 })));
}

/** A GIF of such a screen whose one frame is one pixel. */
export function tinyGif(width: number, height: number): Buffer {
  const head = Buffer.from("GIF89a\0\0\0\0\x80\0\0", "latin1");
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  return Buffer.concat([
    head,
    Buffer.from([0, 0, 0, 255, 255, 255]),
    Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]),
  ]);
}

/** A JPEG whose header claims another size. */
export function resizedJpeg(
  jpeg: Buffer,
  width: number,
  height: number,
): Buffer {
  const copy = Buffer.from(jpeg);
  for (let at = 2; at < copy.length;) {
    const marker = copy[at + 1] ?? 0;
    if (marker === 0xc0 || marker === 0xc2) {
      copy.writeUInt16BE(height, at + 5);
      copy.writeUInt16BE(width, at + 7);
      break;
    }
    at += 2 + copy.readUInt16BE(at + 2);
  }
  return copy;
}

/** A JPEG with these segments behind its start. */
export function withSegments(
  jpeg: Buffer,
  segments: readonly (readonly [marker: number, data: Buffer])[],
): Buffer {
  return Buffer.concat([
    jpeg.subarray(0, 2),
    ...segments.map(([marker, data]) => {
      const head = Buffer.from([0xff, marker, 0, 0]);
      head.writeUInt16BE(data.length + 2, 2);
      return Buffer.concat([head, data]);
    }),
    jpeg.subarray(2),
  ]);
}

/** A PNG with more chunks behind its header. */
export function withChunks(file: Buffer, extra: readonly Buffer[]): Buffer {
  return Buffer.concat([file.subarray(0, 33), ...extra, file.subarray(33)]);
}

/** Files of other kinds, by the name they get. */
export function strangers(): Readonly<Record<string, Buffer>> {
  const svg =
    '<?xml version="1.0"?><!-- a comment --><svg xmlns="http://www.w3.org/2000/svg" width="99999" height="99999"><image href="file:///etc/passwd"/></svg>';
  const box = (brand: string): Buffer =>
    Buffer.concat([
      Buffer.from(`\0\0\0\x1cftyp${brand}\0\0\0\0mif1`, "latin1"),
      Buffer.alloc(64),
    ]);
  return {
    "svg-named.png": Buffer.from(svg),
    "svg-sixteen.jpg": Buffer.from(`\ufeff${svg}`, "utf16le"),
    "svg-plain.svg": Buffer.from(svg.replace("comment", "plain one")),
    "svg-packed.svgz": gzipSync(svg),
    "tiff-named.jpg": Buffer.from("II*\0\x08\0\0\0\0\0", "latin1"),
    "bigtiff.tif": Buffer.from("MM\0+\0\x08\0\0", "latin1"),
    "avif-named.webp": box("avif"),
    "heic.heic": box("heic"),
    "film-named.gif": box("isom"),
    "bmp-named.png": Buffer.concat([Buffer.from("BM"), Buffer.alloc(200)]),
    "icon.ico": Buffer.concat([Buffer.from([0, 0, 1, 0]), Buffer.alloc(64)]),
    "layers-named.png": Buffer.concat([Buffer.from("8BPS"), Buffer.alloc(64)]),
    "pdf-named.png": Buffer.from("%PDF-1.7\n%%EOF"),
    "script-named.png": Buffer.from("%!PS-Adobe-3.0\n(/etc/passwd) run"),
    "exr-named.png": Buffer.from("v/1\x01\x02\0\0\0", "latin1"),
    "jxl-named.png": Buffer.from([0xff, 0x0a, 1, 2, 3, 4]),
    "vips-named.png": Buffer.concat([
      Buffer.from([0xb6, 0xa6, 0xf2, 0x08]),
      Buffer.alloc(200),
    ]),
    "push-named.png": Buffer.from(
      "push graphic-context\nviewbox 0 0 640 480\n",
    ),
    "page-named.png": Buffer.from("<html><script>alert(1)</script></html>"),
    "program-named.jpg": Buffer.from("\x7fELF\x02\x01\x01", "latin1"),
    "archive-named.webp": Buffer.from("PK\x03\x04", "latin1"),
    "riff-no-webp.webp": Buffer.from("RIFF\x10\0\0\0WAVEfmt ", "latin1"),
    "noise.png": Buffer.from(
      Array.from({ length: 4096 }, (_, i) => (i * 73 + (i >> 3)) & 255),
    ),
  };
}
