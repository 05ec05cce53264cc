import { channel, halved, moments, type Plane } from "./plane.ts";

/** Right, down and the two diagonals. */
const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [-1, 1],
] as const;

/** How strongly the luma changes in four directions: the mean size of the step to the next point. */
export function strokes(plane: Plane): number[] {
  const { side } = plane;
  const luma = channel(plane, 0);
  return DIRECTIONS.map(([dx, dy]) => {
    let sum = 0;
    let count = 0;
    for (let y = 0; y + dy < side; y++)
      for (let x = Math.max(0, -dx); x + Math.max(0, dx) < side; x++) {
        sum += Math.abs(luma[(y + dy) * side + x + dx]! - luma[y * side + x]!);
        count++;
      }
    return sum / count;
  });
}

/**
 * How a picture is laid out, whatever it shows: how much its 4 x 4 and 8 x 8 fields differ in luma and colour, how evenly
 * detail is spread over 4 x 4 fields (bald patches), and how far it is from its mirror images and from itself turned.
 */
export function layout(planes: readonly Plane[]): number[] {
  const [full, , quarter, eighth] = planes as [Plane, Plane, Plane, Plane];
  const coarse = halved(eighth);
  const contrasts = [eighth, coarse].flatMap((plane) =>
    [0, 1, 2].map((c) => moments(channel(plane, c))[1]),
  );
  const busy = Float64Array.from(
    fields(channel(full, 0), full.side, 4),
    ([, deviation]) => deviation,
  ).sort();
  const [mean, spread] = moments(busy);
  return [
    ...contrasts,
    mean,
    spread,
    busy[1]!,
    busy[busy.length - 2]!,
    ...reflections(quarter),
  ];
}

/** Mean and deviation of each of `across` x `across` fields. */
function fields(
  luma: Float64Array,
  side: number,
  across: number,
): [number, number][] {
  const size = side / across;
  return Array.from({ length: across * across }, (_, field) => {
    const top = Math.floor(field / across) * size;
    const left = (field % across) * size;
    return moments(
      Float64Array.from(
        { length: size * size },
        (_, i) =>
          luma[(top + Math.floor(i / size)) * side + left + (i % size)]!,
      ),
    );
  });
}

/** Root mean square difference to the picture mirrored left to right, top to bottom, and turned by half. */
function reflections({ side, depth, values }: Plane): number[] {
  const last = side - 1;
  const from = [
    (x: number, y: number) => y * side + last - x,
    (x: number, y: number) => (last - y) * side + x,
    (x: number, y: number) => (last - y) * side + last - x,
  ];
  return from.map((place) => {
    let sum = 0;
    for (let i = 0; i < side * side; i++)
      for (let c = 0; c < depth; c++) {
        const difference =
          values[i * depth + c]! -
          values[place(i % side, Math.floor(i / side)) * depth + c]!;
        sum += difference * difference;
      }
    return Math.sqrt(sum / values.length);
  });
}
