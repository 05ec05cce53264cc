import { encodePng } from "../generator/png.ts";

/** A wall that pictures hang on in rows, with even gaps between them and around. */
export interface Wall {
  /** Hangs a square picture, `side * side * 3` bytes RGB, at a place counted across from the top left. */
  hang(place: number, picture: Uint8Array): void;
  /** The whole wall as PNG. */
  png(): Uint8Array;
}

/** Colour of the wall. */
const WALL = [24, 24, 26] as const;

/** The gap that goes with pictures of a side: a sixteenth. */
export const gapFor = (side: number): number =>
  Math.max(4, Math.round(side / 16));

/** Builds an empty wall. */
export function createWall({
  columns,
  rows,
  side,
  gap = gapFor(side),
}: {
  readonly columns: number;
  readonly rows: number;
  /** Side of a picture, pixels. */
  readonly side: number;
  readonly gap?: number;
}): Wall {
  const width = columns * (side + gap) + gap;
  const height = rows * (side + gap) + gap;
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = WALL[i % 3] ?? 0;
  return {
    hang(place, picture) {
      const left = gap + (place % columns) * (side + gap);
      const top = gap + Math.floor(place / columns) * (side + gap);
      for (let y = 0; y < side; y++) {
        rgb.set(
          picture.subarray(y * side * 3, (y + 1) * side * 3),
          ((top + y) * width + left) * 3,
        );
      }
    },
    png: () => encodePng(rgb, { width, height }),
  };
}
