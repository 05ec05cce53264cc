import type { Cloth } from "./cloth.ts";
import type { Donor } from "./donors.ts";

/** Where a figure lies: as for a sheet, and which places of the cloth (in cells) with which winning slot are printed. */
export type Figure = Readonly<{
  scale: number;
  middle: readonly [number, number];
  covers: (x: number, y: number, slot: number) => boolean;
}>;

/** A donor has a figure if at least so much of it, and at most so much, lies inside its ground. */
const LEAST = 0.015;
const MOST = 0.72;
/** And if at most so much of its rim is cut through: what runs off the picture would end in a straight line. */
const CUT = 0.08;

/**
 * Cuts a donor's figure out of its ground and lays it with its middle at the sheet point (x, y), at most `wide` and
 * `tall` sheet units. A donor without a figure is cut out as a disc.
 */
export function fitFigure(
  { width, height, outside }: Cloth,
  { ground, figure }: Donor,
  [x, y, wide, tall]: readonly [number, number, number, number],
): Figure {
  if (
    !outside ||
    figure < LEAST ||
    figure > MOST ||
    cutPart(outside, width, height) > CUT
  ) {
    const scale = (0.9 * width) / wide;
    const middle = [width / 2 - x * scale, height / 2 - y * scale] as const;
    const r = 0.45 * width;
    return {
      scale,
      middle,
      covers: (u, v) => {
        const [dx, dy] = [u - width / 2, v - height / 2];
        return dx * dx + dy * dy < r * r;
      },
    };
  }
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let k = 0; k < outside.length; k++) {
    if (outside[k]) continue;
    const column = k % width;
    const row = (k - column) / width;
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
  }
  const scale = Math.max((right - left) / wide, (bottom - top) / tall);
  return {
    scale,
    middle: [(left + right) / 2 - x * scale, (top + bottom) / 2 - y * scale],
    covers: (u, v, slot) => {
      if (u < 0 || v < 0 || u >= width || v >= height) return false;
      if (!ground[slot]) return true;
      // Ground is let through only where it hangs together with the rim: eyes and petals stay.
      const column = Math.floor(u);
      const row = Math.floor(v);
      for (let j = -1; j <= 1; j++)
        for (let i = -1; i <= 1; i++) {
          const [c, r] = [column + i, row + j];
          if (c < 0 || r < 0 || c >= width || r >= height) return false;
          if (outside[r * width + c]) return false;
        }
      return true;
    },
  };
}

/** Part of the rim that the figure runs over. */
function cutPart(outside: Uint8Array, width: number, height: number): number {
  let cut = 0;
  for (let x = 0; x < width; x++)
    cut += 2 - outside[x]! - outside[(height - 1) * width + x]!;
  for (let y = 0; y < height; y++)
    cut += 2 - outside[y * width]! - outside[y * width + width - 1]!;
  return cut / (2 * (width + height));
}
