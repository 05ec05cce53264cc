import { readdirSync } from "node:fs";
import { join } from "node:path";

import sharp from "sharp";

import { reduced } from "../../../offchain/generator/likeness/plane.ts";
import { encodePng } from "../../../offchain/generator/png.ts";

const SIDE = 256;
const KINDS = /\.(png|jpe?g|webp)$/i;

/** A folder's pictures in the order of their names, cut square: 64 x 64 x 3 bytes each. */
export async function picturesIn(folder: string): Promise<Uint8Array[]> {
  const names = readdirSync(folder).filter((name) => KINDS.test(name));
  return Promise.all(
    names.toSorted().map(async (name) => {
      const picture = sharp(join(folder, name))
        .flatten({ background: "#ffffff" })
        .toColourspace("srgb")
        .resize(SIDE, SIDE, { fit: "cover", kernel: "lanczos3" });
      return reduced(new Uint8Array(await picture.raw().toBuffer()));
    }),
  );
}

/** Works side by side as a PNG, eight to a row. */
export function contactSheet(
  works: readonly Uint8Array[],
  side: number,
): Uint8Array {
  const [columns, gap, wall] = [8, 8, 231];
  const step = side + gap;
  const width = columns * step + gap;
  const height = Math.ceil(works.length / columns) * step + gap;
  const rgb = new Uint8Array(width * height * 3).fill(wall);
  works.forEach((work, k) => {
    const left = gap + (k % columns) * step;
    const top = gap + Math.floor(k / columns) * step;
    for (let y = 0; y < side; y++)
      rgb.set(
        work.subarray(y * side * 3, (y + 1) * side * 3),
        ((top + y) * width + left) * 3,
      );
  });
  return encodePng(rgb, { width, height });
}
