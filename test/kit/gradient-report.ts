/** How a part's gradient compares with finite differences. */
export type GradientReport = {
  readonly name: string;
  /** Worst |gradient - difference| / max(|difference|, a fiftieth of the part's largest). */
  readonly worst: number;
  readonly checked: number;
};

const STEP = 1e-5;

/** Compares a part's gradient with central differences of a loss in double precision, at up to `most` of its numbers. */
export function compareGradient(part: {
  readonly name: string;
  readonly at: number;
  readonly size: number;
  /** What the loss is computed of; changed and put back. */
  readonly values: Float64Array;
  readonly gradient: Float32Array;
  readonly loss: () => number;
  readonly most: number;
  readonly draw: (n: number) => number;
}): GradientReport {
  const { name, values, gradient, loss } = part;
  const pairs = pick(part).map((i) => {
    const kept = values[i]!;
    values[i] = kept + STEP;
    const above = loss();
    values[i] = kept - STEP;
    const difference = (above - loss()) / (2 * STEP);
    values[i] = kept;
    return { difference, found: gradient[i]! };
  });
  const own = gradient.subarray(part.at, part.at + part.size);
  const largest = own.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const errors = pairs.map(
    ({ difference, found }) =>
      Math.abs(found - difference) /
      Math.max(Math.abs(difference), largest / 50),
  );
  return { name, worst: Math.max(...errors), checked: pairs.length };
}

/** Random places of a part, among those that anything depends on: padding and unseen cells have no gradient. */
function pick({
  at,
  size,
  gradient,
  most,
  draw,
}: {
  readonly at: number;
  readonly size: number;
  readonly gradient: Float32Array;
  readonly most: number;
  readonly draw: (n: number) => number;
}): readonly number[] {
  const live: number[] = [];
  for (let i = at; i < at + size; i++) if (gradient[i] !== 0) live.push(i);
  if (live.length <= most) return live;
  const chosen = new Set<number>();
  while (chosen.size < most) chosen.add(live[draw(live.length)]!);
  return [...chosen];
}
