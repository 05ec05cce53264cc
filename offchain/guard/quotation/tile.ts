import { createPicture, SIDE } from "../picture.ts";

/** A square of colours as sums over blocks of the 64-pixel render: red, green, blue, row by row from the top left. */
export interface Tile {
  readonly side: number;
  readonly values: Float64Array;
}

/** Sums of blocks of 2 x 2 pixels: 32 a side, 0..1020. */
export function tileOf(rgb64: Uint8Array): Tile {
  const { rgb } = createPicture(rgb64);
  return gathered({ side: SIDE, values: Float64Array.from(rgb) });
}

/** Sums of 2 x 2 points of a tile. */
export function gathered({ side, values }: Tile): Tile {
  const half = side / 2;
  const sums = new Float64Array(half * half * 3);
  for (let y = 0; y < half; y++)
    for (let x = 0; x < half; x++)
      for (let c = 0; c < 3; c++) {
        const from = (2 * y * side + 2 * x) * 3 + c;
        sums[(y * half + x) * 3 + c] =
          valueAt(values, from) +
          valueAt(values, from + 3) +
          valueAt(values, from + side * 3) +
          valueAt(values, from + side * 3 + 3);
      }
  return { side: half, values: sums };
}

/** The tile as it is, mirrored left to right, top to bottom, and turned by half. */
export function turned({ side, values }: Tile): Tile[] {
  const last = side - 1;
  const from = [
    (x: number, y: number) => y * side + x,
    (x: number, y: number) => y * side + last - x,
    (x: number, y: number) => (last - y) * side + x,
    (x: number, y: number) => (last - y) * side + last - x,
  ];
  return from.map((place) => {
    const out = new Float64Array(values.length);
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        for (let c = 0; c < 3; c++)
          out[(y * side + x) * 3 + c] = valueAt(values, place(x, y) * 3 + c);
    return { side, values: out };
  });
}

/** A square of `size` x `size` points of a tile. */
export function cut(
  { side, values }: Tile,
  left: number,
  top: number,
  size: number,
): Float64Array {
  const out = new Float64Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    const from = ((top + y) * side + left) * 3;
    out.set(values.subarray(from, from + size * 3), y * size * 3);
  }
  return out;
}

/** A square of `size` x `size` points, each `share` of a point wide, read between the points of a tile. */
export function cropped(
  tile: Tile,
  left: number,
  top: number,
  share: number,
  size: number,
): Float64Array {
  if (share === 1) return cut(tile, left, top, size);
  const { side, values } = tile;
  const out = new Float64Array(size * size * 3);
  const within = (at: number): number =>
    Math.max(0, Math.min(side - 2, Math.floor(at)));
  for (let i = 0; i < size * size; i++) {
    const x = left + ((i % size) + 0.5) * share - 0.5;
    const y = top + (Math.floor(i / size) + 0.5) * share - 0.5;
    const [column, row] = [within(x), within(y)];
    const [right, down] = [x - column, y - row];
    for (let c = 0; c < 3; c++) {
      const at = (row * side + column) * 3 + c;
      const below = at + side * 3;
      const upper =
        valueAt(values, at) * (1 - right) + valueAt(values, at + 3) * right;
      const lower =
        valueAt(values, below) * (1 - right) +
        valueAt(values, below + 3) * right;
      out[i * 3 + c] = upper * (1 - down) + lower * down;
    }
  }
  return out;
}

/** Root mean square in hundredths of a level, rounded down, of a sum of squares over so many sums of four pixels. */
export function hundredths(squares: number, count: number): number {
  return Math.floor(Math.sqrt((squares * 10_000) / (count * 16)));
}

/** Sum of squares at which {@link hundredths} reaches a distance. */
export function squaresOf(distance: number, count: number): number {
  return (distance * distance * 16 * count) / 10_000;
}

/** An element that is known to be there. Of doubles only: a function that reads arrays of many kinds is ten times slower. */
export function valueAt(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
