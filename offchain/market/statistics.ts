/** The lower median: of an even number the lower of the two middle ones, so that it is always a value that was there. */
export function lowerMedian(values: readonly bigint[]): bigint {
  return quantile(values, 1, 2);
}

/** The value at rank floor((n - 1) * numerator / denominator) from below, 0n of nothing. */
export function quantile(
  values: readonly bigint[],
  numerator: number,
  denominator: number,
): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return (
    sorted[Math.floor(((sorted.length - 1) * numerator) / denominator)] ?? 0n
  );
}

/** The largest integer whose square is at most `value`; `value` from 0 to 2^52, where the float root is never off by one. */
export function integerRoot(value: number): number {
  return Math.floor(Math.sqrt(value));
}

/**
 * The values with the `share`-th part at each end (rounded down) drawn in to the nearest value that stays:
 * with 30 values and share 20, the smallest and the largest one.
 */
export function winsorise(values: readonly number[], share: number): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length / share);
  const low = sorted[cut] ?? 0;
  const high = sorted[sorted.length - 1 - cut] ?? 0;
  return values.map((value) => Math.min(high, Math.max(low, value)));
}

/** The sample standard deviation of integers of at most 2^21 in size, rounded down; 0 of fewer than two. */
export function deviation(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  let sum = 0n;
  let squares = 0n;
  for (const value of values) {
    sum += BigInt(value);
    squares += BigInt(value) * BigInt(value);
  }
  const count = BigInt(n);
  return integerRoot(
    Number((count * squares - sum * sum) / (count * (count - 1n))),
  );
}
