import { concat } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import {
  chunk,
  deflateRows,
  headChunks,
  requirePixels,
  type PngSize,
} from "./png.ts";

/** Takes the frames of an animation one after another; only what they shrank to is kept. */
export interface ApngWriter {
  /**
   * Adds a frame of `width * height * 3` bytes RGB that is shown for `delay` milliseconds.
   * @throws FatalError `generator/bad-pixels`, `generator/bad-frame`.
   */
  add(rgb: Uint8Array, delay: number): void;
  /** The file: a still of the first frame wherever animations are not known. It runs for ever. */
  finish(): Uint8Array;
}

/** Most frames, and longest showing of one, milliseconds. */
const MOST_FRAMES = 4_096;
const LONGEST = 60_000;

const CHANNELS = 3;
const PER_SECOND = 1_000;

/**
 * Writes 8-bit RGB frames as an animated PNG (PNG, third edition, 2025: acTL, fcTL, fdAT), with the filters and the deflate of a still:
 * equal frames, equal bytes. A frame holds no more than the rectangle in which it differs from the one before.
 */
export function createApng({ width, height }: PngSize): ApngWriter {
  const parts: Uint8Array[] = [];
  let shown: Uint8Array | undefined;
  let frames = 0;
  let sequence = 0;
  const control = (box: Box, delay: number): Uint8Array => {
    const data = new Uint8Array(26);
    const view = new DataView(data.buffer);
    [sequence++, box.width, box.height, box.left, box.top].forEach((word, i) =>
      view.setUint32(4 * i, word),
    );
    view.setUint16(20, delay);
    view.setUint16(22, PER_SECOND);
    // Bytes 24 and 25: the frame stays, and the next is put in its place.
    return chunk("fcTL", data);
  };
  return {
    add(rgb, delay) {
      requirePixels(rgb, { width, height });
      if (frames === MOST_FRAMES || !isDelay(delay)) {
        throw new FatalError(
          "generator/bad-frame",
          `Frame ${frames + 1} of ${delay} ms is none of an animation; give at most ${MOST_FRAMES} frames of 1 to ${LONGEST} ms.`,
        );
      }
      const box = shown
        ? changed(shown, rgb, { width, height })
        : { left: 0, top: 0, width, height };
      const data = deflateRows(cut(rgb, width, box), box);
      parts.push(control(box, delay));
      parts.push(
        shown === undefined
          ? chunk("IDAT", data)
          : chunk("fdAT", concat(word(sequence++), data)),
      );
      shown = rgb.slice();
      frames++;
    },
    finish() {
      if (frames === 0) {
        throw new FatalError(
          "generator/bad-frame",
          "An animation without a frame is none; add at least one.",
        );
      }
      return concat(
        ...headChunks({ width, height }),
        chunk("acTL", concat(word(frames), word(0))),
        ...parts,
        chunk("IEND", new Uint8Array(0)),
      );
    },
  };
}

type Box = PngSize & { readonly left: number; readonly top: number };

/** The least rectangle that holds every pixel in which two frames differ; one pixel where they do not. */
function changed(
  before: Uint8Array,
  now: Uint8Array,
  { width, height }: PngSize,
): Box {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    const from = y * width * CHANNELS;
    const to = from + width * CHANNELS;
    let first = from;
    while (first < to && before[first] === now[first]) first++;
    if (first === to) continue;
    let last = to - 1;
    while (before[last] === now[last]) last--;
    left = Math.min(left, Math.floor((first - from) / CHANNELS));
    right = Math.max(right, Math.floor((last - from) / CHANNELS));
    top = Math.min(top, y);
    bottom = y;
  }
  if (bottom < 0) return { left: 0, top: 0, width: 1, height: 1 };
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function cut(rgb: Uint8Array, stride: number, box: Box): Uint8Array {
  if (box.width * box.height * CHANNELS === rgb.length) return rgb;
  const out = new Uint8Array(box.width * box.height * CHANNELS);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.top + y) * stride + box.left) * CHANNELS;
    out.set(
      rgb.subarray(from, from + box.width * CHANNELS),
      y * box.width * CHANNELS,
    );
  }
  return out;
}

const isDelay = (delay: number): boolean =>
  Number.isInteger(delay) && delay >= 1 && delay <= LONGEST;

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
