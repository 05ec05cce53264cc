import { at, PIXELS, SIDE, type Picture } from "../picture.ts";
import { findBlobs, type Blob } from "./blobs.ts";

/** Pixels that must equal their mirror image, within 16 levels of luma, before a face is looked for, bps. */
const MIRRORED = 8_500;
/** Levels at which a picture is cut into dark and light: these parts of its pixels are darker. */
const CUTS = [10, 20, 30, 40, 50, 60, 70, 80, 90];
/** With more parts than this a pattern is an ornament, and no two parts of it read as eyes. */
const MOST_PARTS = 16;
/** With as few parts as this a pair of spots is a pair of eyes, mouth or no mouth. */
const BARE_PARTS = 4;
const AXIS = SIDE / 2;

/**
 * How much a picture looks like a face by accident: the number of cuts (9 levels, dark and light) in which a mirrored
 * picture shows two compact spots left and right, with a flat one on the axis below them or with little else. 0..18; 0
 * without mirror symmetry about the upright axis, where nobody sees faces.
 */
export function face(picture: Picture): number {
  if (mirrored(picture) < MIRRORED) return 0;
  const sorted = Uint8Array.from(picture.luma).sort();
  let count = 0;
  for (const cut of CUTS) {
    const level = at(sorted, Math.floor(((PIXELS - 1) * cut) / 100));
    if (hasFace(findBlobs((i) => at(picture.luma, i) < level))) count++;
    if (hasFace(findBlobs((i) => at(picture.luma, i) > level))) count++;
  }
  return count;
}

/** Share of pixels like their mirror image about the upright axis, bps. */
export function mirrored({ luma }: Picture): number {
  let same = 0;
  for (let i = 0; i < PIXELS; i++) {
    const twin = i - (i % SIDE) + SIDE - 1 - (i % SIDE);
    if (Math.abs(at(luma, i) - at(luma, twin)) <= 16) same++;
  }
  return Math.floor((same * 10_000) / PIXELS);
}

function hasFace(blobs: readonly Blob[]): boolean {
  const parts = blobs.filter(({ area }) => area >= 6);
  if (parts.length > MOST_PARTS) return false;
  const eyes = parts.filter(isEye);
  if (parts.length <= BARE_PARTS && eyes.length > 0) return true;
  const mouths = parts.filter(isMouth);
  return eyes.some((eye) =>
    mouths.some(
      (mouth) =>
        mouth.top > eye.bottom - 2 &&
        mouth.top - eye.bottom < 24 &&
        mouth.right - mouth.left > eye.right - eye.left,
    ),
  );
}

/** The left one of a pair; symmetry answers for the right one. */
function isEye(blob: Blob): boolean {
  const { left, right, top, bottom, area } = blob;
  const [width, height] = [right - left + 1, bottom - top + 1];
  return (
    right <= AXIS - 3 &&
    top >= 6 &&
    bottom <= 42 &&
    area >= 10 &&
    area <= 320 &&
    width <= 2 * height + 1 &&
    height <= 2 * width + 1 &&
    area * 100 >= width * height * 55
  );
}

function isMouth({ left, right, top, bottom, area }: Blob): boolean {
  const [width, height] = [right - left + 1, bottom - top + 1];
  return (
    left < AXIS &&
    right >= AXIS &&
    bottom <= 60 &&
    width >= 7 &&
    width <= 44 &&
    height <= 16 &&
    width * 2 >= height * 3 &&
    area * 100 >= width * height * 35
  );
}
