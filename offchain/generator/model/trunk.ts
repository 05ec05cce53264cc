import type { Weights } from "./weights.ts";

/** The part of the network that belongs to a family: layers 1 and up, and the head. */
export type Trunk = {
  readonly layers: readonly Float32Array[];
  readonly head: Float32Array;
};

/**
 * Picks the trunk of one family, or mixes several families' trunks: each weight is a sum in the order of the families, rounded to f32
 * at every step.
 */
export function createTrunkMixer({
  config,
  layout,
  values,
}: Weights): (shares: Float32Array) => Trunk {
  const part = (name: string): Float32Array => {
    const { at, rows, columns } = layout.tensor(name);
    return values.subarray(at, at + rows * columns);
  };
  const names = Array.from(
    { length: config.layers - 1 },
    (_, i) => `layer${i + 1}`,
  );
  return (all) => {
    const shares = all.subarray(0, config.families.length);
    const mix = (name: string): Float32Array => {
      const single = shares.findIndex((_, i) =>
        shares.every((share, j) => share === (i === j ? 1 : 0)),
      );
      if (single >= 0) return part(`family${single}.${name}`);
      const sum = new Float32Array(part(`family0.${name}`).length);
      shares.forEach((share, family) => {
        if (share === 0) return;
        part(`family${family}.${name}`).forEach(
          (x, i) => (sum[i] = (sum[i] ?? 0) + Math.fround(x * share)),
        );
      });
      return sum;
    };
    return { layers: names.map(mix), head: mix("head") };
  };
}
