import { Deflate } from "pako";

import { FatalError } from "../kernel/errors.ts";
import { concat, utf8 } from "../kernel/bytes.ts";

/** Width and height in pixels. */
export interface PngSize {
  readonly width: number;
  readonly height: number;
}

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const CHANNELS = 3;

/**
 * The XMP packet inside every picture: made by a trained model (IPTC digital source type; EU AI Act, article 50). Fixed bytes:
 * what differs from picture to picture is in the token's metadata, which the chain commits to.
 */
const XMP =
  '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" ' +
  'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>' +
  '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>';

/** What a picture's file says of it beside its pixels. */
export interface PngWords {
  /** Whether a trained model made it: so it says by default. A person's picture must not. */
  readonly trained?: boolean;
}

/**
 * Writes 8-bit RGB as PNG (ISO/IEC 15948). The same pixels give the same bytes everywhere: filters are chosen by our own rule, and
 * the deflate is JavaScript integers (pako), never the platform's zlib.
 * @throws FatalError `generator/bad-pixels` if the bytes are not `width * height * 3`.
 */
export function encodePng(
  rgb: Uint8Array,
  { width, height }: PngSize,
  { trained = true }: PngWords = {},
): Uint8Array {
  requirePixels(rgb, { width, height });
  return concat(
    ...headChunks({ width, height }, { trained }),
    chunk("IDAT", deflateRows(rgb, { width, height })),
    chunk("IEND", new Uint8Array(0)),
  );
}

/** @throws FatalError `generator/bad-pixels` if the bytes are not `width * height * 3`. */
export function requirePixels(
  rgb: Uint8Array,
  { width, height }: PngSize,
): void {
  if (rgb.length === width * height * CHANNELS && rgb.length > 0) return;
  throw new FatalError(
    "generator/bad-pixels",
    `\`${rgb.length}\` bytes are no RGB picture of ${width} x ${height}; give width * height * 3.`,
  );
}

/** What every file begins with: the signature, the size, the colour space and the mark. */
export function headChunks(
  { width, height }: PngSize,
  { trained = true }: PngWords = {},
): readonly Uint8Array[] {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8; // bits a channel
  header[9] = 2; // RGB
  return [
    SIGNATURE,
    chunk("IHDR", header),
    chunk("sRGB", Uint8Array.of(0)),
    trained
      ? chunk(
          "iTXt",
          concat(utf8("XML:com.adobe.xmp"), new Uint8Array(5), utf8(XMP)),
        )
      : new Uint8Array(0),
  ];
}

/** Filters row by row into the compressor, so that a picture of 4,096 pixels needs no filtered copy of itself. */
export function deflateRows(
  rgb: Uint8Array,
  { width, height }: PngSize,
): Uint8Array {
  const stride = width * CHANNELS;
  const deflate = new Deflate({ level: 6 });
  const tries = [0, 1, 2, 4].map((type) => ({
    type,
    row: new Uint8Array(stride + 1),
  }));
  let above: Uint8Array = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const row = rgb.subarray(y * stride, (y + 1) * stride);
    let best = { cost: Infinity, row: tries[0]?.row ?? row };
    for (const { type, row: filtered } of tries) {
      const cost = filterRow(type, row, above, filtered);
      // Strictly less: of equal costs the first filter wins.
      if (cost < best.cost) best = { cost, row: filtered };
    }
    deflate.push(best.row, y === height - 1);
    above = row;
  }
  return deflate.result as Uint8Array;
}

/** Writes the row filtered by `type` behind its type byte; returns the sum of the absolute signed differences. */
function filterRow(
  type: number,
  row: Uint8Array,
  above: Uint8Array,
  out: Uint8Array,
): number {
  out[0] = type;
  let cost = 0;
  for (let i = 0; i < row.length; i++) {
    const left = i < CHANNELS ? 0 : (row[i - CHANNELS] as number);
    const up = above[i] as number;
    let predicted = 0;
    if (type === 1) predicted = left;
    else if (type === 2) predicted = up;
    else if (type === 4)
      predicted = paeth(
        left,
        up,
        i < CHANNELS ? 0 : (above[i - CHANNELS] as number),
      );
    const difference = ((row[i] as number) - predicted) & 255;
    out[i + 1] = difference;
    cost += difference < 128 ? difference : 256 - difference;
  }
  return cost;
}

/** Whichever of left, up and corner is nearest to left + up - corner (PNG specification, filter type 4). */
function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const a = Math.abs(estimate - left);
  const b = Math.abs(estimate - up);
  const c = Math.abs(estimate - corner);
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** A chunk with its length and checksum. */
export function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concat(utf8(type), data);
  return concat(word(data.length), body, word(crc32(body)));
}

function word(value: number): Uint8Array {
  return Uint8Array.of(
    value >>> 24,
    (value >>> 16) & 255,
    (value >>> 8) & 255,
    value & 255,
  );
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++)
    c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 of ISO 3309, as PNG chunks end with. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++)
    crc =
      (CRC_TABLE[(crc ^ (bytes[i] as number)) & 255] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
