import { createHash } from "node:crypto";

import sharp, { type Metadata } from "sharp";

import { NORMAL_SIDE, PICTURE_NOTES } from "../dataset/manifest.ts";
import { toHex } from "../kernel/bytes.ts";
import { FatalError, type ErrorCode } from "../kernel/errors.ts";
import type { DecodedPicture } from "../loop/ports-dataset.ts";
import { looksLike, walk } from "./picture-format.ts";

/** Shortest side that still shows something, longest side and most pixels that are decoded. */
export const LEAST_SIDE = 64;
export const MOST_SIDE = 16_384;
export const MOST_PIXELS = 100_000_000;

const CHANNELS = 3;

/** Only these readers of libvips are left; whatever else a file claims to be, nothing opens it. */
const READERS = ["Png", "Jpeg", "Webp", "Nsgif"];

/** For the process that decodes: no cache, one thread, no readers but ours. */
export function tameDecoder(): void {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({
    operation: READERS.flatMap((name) => [`VipsForeignLoad${name}Buffer`]),
  });
}

/**
 * A picture from the bytes of its file: upright, sRGB, 8 bits, the centre square, 256 pixels a side.
 * @throws FatalError `picture/*` as the port says; `name` is what the sentence calls the file.
 */
export async function decodePicture(
  bytes: Buffer,
  name: string,
): Promise<DecodedPicture> {
  const refuse = (problem: string, sentence: string): FatalError =>
    new FatalError(
      `picture/${problem}` as ErrorCode,
      `\`${name}\` ${sentence}`,
    );
  if (bytes.length === 0)
    throw refuse("empty", "holds nothing; export the picture again.");
  const looks = looksLike(bytes.subarray(0, 4096));
  const container = walk(bytes);
  if (container === undefined) {
    const known = ["png", "jpeg", "webp", "gif"].includes(looks ?? "");
    throw known
      ? refuse("damaged", "has no readable header; export the picture again.")
      : refuse(
          "wrong-format",
          `is ${looks ?? "no picture that is known here"}; give a PNG, JPEG, WebP or GIF.`,
        );
  }
  const { format, width, height, frames, fault } = container;
  if (width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS) {
    throw refuse(
      "too-large",
      `has ${width} x ${height} pixels; give at most ${MOST_SIDE} a side and ${MOST_PIXELS / 1e6} million in all.`,
    );
  }
  if (width < LEAST_SIDE || height < LEAST_SIDE) {
    throw refuse(
      "too-small",
      `has ${width} x ${height} pixels; give at least ${LEAST_SIDE} a side.`,
    );
  }
  if (fault === "truncated")
    throw refuse("truncated", "is cut off before its end; copy it again.");
  const damaged = (): FatalError =>
    refuse("damaged", "cannot be decoded; export the picture again.");
  if (fault === "damaged") throw damaged();
  try {
    const { rgb, meta, seeThrough } = await normalise(bytes);
    if (
      meta.format !== format ||
      meta.width !== width ||
      meta.height !== height
    )
      throw damaged();
    const side = Math.min(width, height);
    const happened: Record<(typeof PICTURE_NOTES)[number], boolean> = {
      "first-frame": frames > 1,
      "turned-upright": (meta.orientation ?? 1) > 1,
      cropped: width !== height,
      enlarged: side < NORMAL_SIDE,
      "laid-on-white": seeThrough,
      "from-cmyk": meta.space === "cmyk",
      "from-grey": /^(b-w|grey16)$/.test(meta.space),
      "from-16-bit": meta.depth === "ushort",
      "from-profile": meta.hasProfile,
    };
    const sha256 = toHex(createHash("sha256").update(bytes).digest());
    const notes = PICTURE_NOTES.filter((note) => happened[note]);
    return { sha256, format, width, height, frames, notes, rgb };
  } catch (error) {
    throw error instanceof FatalError ? error : damaged();
  }
}

/** Shrinks first, for JPEG and WebP are then decoded small, crops, and turns last, when the picture is small. */
async function normalise(bytes: Buffer): Promise<{
  readonly rgb: Uint8Array;
  readonly meta: Metadata;
  /** Whether some of it was not opaque. */
  readonly seeThrough: boolean;
}> {
  const picture = sharp(bytes, {
    failOn: "warning",
    limitInputPixels: MOST_PIXELS,
    sequentialRead: true,
    autoOrient: false,
    page: 0,
    pages: 1,
  });
  const meta = await picture.metadata();
  const { data, info } = await picture
    .resize(NORMAL_SIDE, NORMAL_SIDE, { fit: "cover", position: "centre" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { rgb, seeThrough } = layOnWhite(data, info.channels);
  return { rgb: turnUpright(rgb, meta.orientation ?? 1), meta, seeThrough };
}

/** Grey, RGB, or either with alpha behind, as RGB on white. */
function layOnWhite(
  data: Uint8Array,
  channels: number,
): { readonly rgb: Uint8Array; readonly seeThrough: boolean } {
  const rgb = new Uint8Array((data.length / channels) * CHANNELS);
  const hasAlpha = channels === 2 || channels === 4;
  let seeThrough = false;
  for (let i = 0; i < rgb.length; i++) {
    const pixel = Math.floor(i / CHANNELS) * channels;
    const value = data[pixel + (channels < CHANNELS ? 0 : i % CHANNELS)] ?? 0;
    const alpha = hasAlpha ? (data[pixel + channels - 1] ?? 0) : 255;
    seeThrough ||= alpha < 255;
    rgb[i] = Math.round((value * alpha + 255 * (255 - alpha)) / 255);
  }
  return { rgb, seeThrough };
}

/** A square picture as the EXIF orientation (1 to 8, TIFF 6.0) wants it seen. */
export function turnUpright(rgb: Uint8Array, orientation: number): Uint8Array {
  if (orientation <= 1 || orientation > 8) return rgb;
  const side = Math.round(Math.sqrt(rgb.length / CHANNELS));
  const last = side - 1;
  const out = new Uint8Array(rgb.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      // From 5 on rows and columns are exchanged; then the mirrors.
      const [u, v] = orientation > 4 ? [y, x] : [x, y];
      const column = [2, 3, 7, 8].includes(orientation) ? last - u : u;
      const row = [3, 4, 6, 7].includes(orientation) ? last - v : v;
      const from = (row * side + column) * CHANNELS;
      out.set(rgb.subarray(from, from + CHANNELS), (y * side + x) * CHANNELS);
    }
  }
  return out;
}
