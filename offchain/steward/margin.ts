/**
 * How sales answer a royalty, as far as sales can tell. What they would do at another royalty cannot be read off sales at one, so it is
 * assumed: whoever trades near the price of the day has others to trade with and gives up for a small difference; whoever trades far
 * from it does not. The share of sales within {@link MARGIN} of the local median is taken for the share that so much royalty more would
 * have prevented. Roots alone, so that machines agree.
 */

/** Ten points, the most that a royalty may ever be. */
export const MARGIN = 0.1;
/** Never more of the sales, so that the slope stays finite. */
export const MOST_NEAR = 0.9;
/** Sales that a local median rests on, and the fewest. */
const BEFORE = 30;
const LEAST_BEFORE = 5;

/** Distances of prices from the median of those before them, as they come. */
export interface Neighbourhood {
  /** Of the sales before; undefined while there are too few. */
  median(): number | undefined;
  add(price: number): void;
}

/** Watches prices in the order of time; positive numbers in any unit. */
export function createNeighbourhood(): Neighbourhood {
  const last: number[] = [];
  return {
    median() {
      if (last.length < LEAST_BEFORE) return undefined;
      const sorted = [...last].sort((a, b) => a - b);
      return sorted[Math.floor((sorted.length - 1) / 2)];
    },
    add(price) {
      last.push(price);
      if (last.length > BEFORE) last.shift();
    },
  };
}

/** Distance from a median as a share of it. */
export function distanceOf(price: number, median: number): number {
  return Math.abs(price - median) / median;
}

/** Share of sales within the margin, drawn a little towards a half where they are few. */
export function shareOf(near: number, sales: number): number {
  return Math.min(MOST_NEAR, (near + 1) / (sales + 2));
}

/**
 * Part of the sales lost for each unit of royalty more, near no change: 4 means that a point more (0.01) costs about 4 %. At this slope
 * (1 + slope * MARGIN / 8)^-8, nearly the exponential, leaves all but that share.
 */
export function slopeOf(share: number): number {
  const root = Math.sqrt(Math.sqrt(Math.sqrt(1 - share)));
  return (8 * (1 / root - 1)) / MARGIN;
}
