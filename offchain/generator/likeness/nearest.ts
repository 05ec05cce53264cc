import { halved, LIKENESS_SIDE, type Plane } from "./plane.ts";

/** How near a picture is to the nearest of others, root mean square in levels of 255. */
export type Nearness = Readonly<{
  /** Whole pictures at 32 px, over mirror images and shifts by up to two pixels. */
  whole: number;
  /** Median over patches of 12 of 32 px, each at its nearest place in any of the others or their mirror images. */
  part: number;
}>;

/** The same, as share of what is usual between the reference pictures themselves: 1 is as far as they are from each other. */
export type RelativeNearness = Nearness;

const SIDE = LIKENESS_SIDE / 2;
const SHIFT = 2;
const PATCH = 12;
/** Where patches begin: nine of them, overlapping a little. */
const STARTS = [0, 10, 20];
/** Patches that vary by less are plain, levels; any two pictures share those, and they say nothing. */
const PLAIN = 12;

/** What pictures are compared with. */
export type Neighbours = Readonly<{
  planes: readonly Plane[];
  usual: Nearness;
}>;

/**
 * Makes a reference set ready: how near its pictures are to each other, each to the nearest of the rest, is the median of
 * the set. Another rule than the guard's (`offchain/guard/quotation.ts`), so that each checks the other.
 */
export function neighbours(reference: readonly Uint8Array[]): Neighbours {
  const planes = reference.map(reduced);
  const own = planes.map((plane, i) =>
    nearness(
      plane,
      planes.filter((_, j) => j !== i),
    ),
  );
  return {
    planes,
    usual: {
      whole: median(own.map(({ whole }) => whole)),
      part: median(own.map(({ part }) => part)),
    },
  };
}

/** How near pictures of 64 x 64 x 3 bytes come to a reference set, as shares of what is usual within it. */
export function relativeNearness(
  pictures: readonly Uint8Array[],
  { planes, usual }: Neighbours,
): RelativeNearness[] {
  return pictures.map((rgb) => {
    const { whole, part } = nearness(reduced(rgb), planes);
    return {
      whole: whole / Math.max(usual.whole, 1),
      part: part / Math.max(usual.part, 1),
    };
  });
}

/** The middle one of some numbers, the larger of two; 0 of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function reduced(rgb: Uint8Array): Plane {
  return halved({
    side: LIKENESS_SIDE,
    depth: 3,
    values: Float64Array.from(rgb),
  });
}

function nearness(plane: Plane, others: readonly Plane[]): Nearness {
  const turned = others.flatMap((other) => [other, mirrored(other)]);
  const parts = patches(plane).map(([left, top]) => {
    let best = Infinity;
    for (const other of turned)
      for (let y = 0; y + PATCH <= SIDE; y++)
        for (let x = 0; x + PATCH <= SIDE; x++)
          best = squares(plane, [left, top], other, [x, y], PATCH, best);
    return best;
  });
  let whole = Infinity;
  const size = SIDE - 2 * SHIFT;
  for (const other of turned)
    for (let y = 0; y <= 2 * SHIFT; y++)
      for (let x = 0; x <= 2 * SHIFT; x++)
        whole = squares(plane, [SHIFT, SHIFT], other, [x, y], size, whole);
  return {
    whole: Math.min(255, Math.sqrt(whole / (size * size * 3))),
    part:
      parts.length === 0
        ? 255
        : Math.min(255, Math.sqrt(median(parts) / (PATCH * PATCH * 3))),
  };
}

/** Where the patches of a picture begin that are not plain. */
function patches(plane: Plane): [number, number][] {
  return STARTS.flatMap((top) =>
    STARTS.map((left): [number, number] => [left, top]),
  ).filter(([left, top]) => {
    const sums = [0, 0, 0];
    let total = 0;
    for (let y = top; y < top + PATCH; y++)
      for (let x = left; x < left + PATCH; x++)
        for (let c = 0; c < 3; c++) {
          const value = plane.values[(y * SIDE + x) * 3 + c]!;
          sums[c]! += value;
          total += value * value;
        }
    for (const sum of sums) total -= (sum * sum) / (PATCH * PATCH);
    return total >= PLAIN * PLAIN * PATCH * PATCH * 3;
  });
}

/** Sum of squared differences of two squares, or `best` as soon as it is reached. */
function squares(
  a: Plane,
  [ax, ay]: readonly [number, number],
  b: Plane,
  [bx, by]: readonly [number, number],
  size: number,
  best: number,
): number {
  let sum = 0;
  for (let y = 0; y < size; y++) {
    const [p, q] = [((ay + y) * SIDE + ax) * 3, ((by + y) * SIDE + bx) * 3];
    for (let k = 0; k < size * 3; k++) {
      const difference = a.values[p + k]! - b.values[q + k]!;
      sum += difference * difference;
    }
    if (sum >= best) return best;
  }
  return sum;
}

function mirrored({ side, depth, values }: Plane): Plane {
  return {
    side,
    depth,
    values: values.map((_, i) => {
      const [point, c] = [Math.floor(i / depth), i % depth];
      const x = point % side;
      return values[(point - x + side - 1 - x) * depth + c]!;
    }),
  };
}
