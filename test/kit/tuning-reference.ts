import { CODES } from "../../offchain/generator/adapter/adapter.ts";
import { baseMatrix } from "../../offchain/generator/adapter/decoder.ts";
import { tunedLayers } from "../../offchain/generator/adapter/shape.ts";
import type { Weights } from "../../offchain/generator/model/weights.ts";
import type { TuningLayout } from "../../offchain/generator/tuning/layout.ts";
import type { TuningPlan } from "../../offchain/generator/tuning/plan.ts";

/** Points of one picture and what they should look like. */
export type Tile = {
  readonly picture: number;
  readonly uv: Float32Array;
  readonly target: Float32Array;
};

/**
 * Half the squared colour error of the tuned network, written plainly in double precision: what finite differences are taken of, so that
 * they are exact to ten digits and only the kernels' own error is left.
 */
export function referenceLoss(
  weights: Weights,
  layout: TuningLayout,
  plan: TuningPlan,
  values: Float64Array,
  tiles: readonly Tile[],
): number {
  const { width, layers } = weights.config;
  const part = (name: string): Float64Array => {
    const { at, size } = layout.part(name);
    return values.subarray(at, at + size);
  };
  const matrices = tunedLayers(weights.config).map(
    ({ name, inputs, outputs }) => {
      const [down, up] = [part(`${name}.down`), part(`${name}.up`)];
      const whole = Float64Array.from(baseMatrix(weights, plan.family, name));
      for (let i = 0; i < inputs; i++)
        for (let r = 0; r < layout.padded; r++)
          for (let j = 0; j < outputs; j++)
            whole[i * outputs + j]! +=
              (plan.alpha / plan.rank) *
              down[i * layout.padded + r]! *
              up[r * outputs + j]!;
      return { whole, inputs, outputs };
    },
  );
  const product = (x: readonly number[], l: number): number[] => {
    const { whole, outputs } = matrices[l]!;
    return Array.from({ length: outputs }, (_, j) =>
      x.reduce((sum, xi, i) => sum + xi * whole[i * outputs + j]!, 0),
    );
  };
  const [gains, shifts, bias] = [part("gains"), part("shifts"), part("bias")];
  let loss = 0;
  for (const { picture, uv, target } of tiles) {
    const palette = part("palettes").subarray(picture * 24);
    const codes = part("codes").subarray(
      picture * plan.grid * plan.grid * CODES,
    );
    for (let p = 0; p < uv.length / 2; p++) {
      let h = spline(codes, plan.grid, uv[2 * p]!, uv[2 * p + 1]!);
      for (let l = 0; l < layers; l++) {
        const skip = l === 0 ? undefined : h;
        h = product(h, l).map((u, j) => {
          const at = l * width + j;
          const wave = Math.sin(u * gains[at]! + shifts[at]!);
          return skip === undefined ? wave : skip[j]! + wave;
        });
      }
      const logits = product(h, layers).map((x, j) => x + bias[j]!);
      const top = Math.max(...logits);
      const powers = logits.map((x) => Math.exp(x - top));
      const sum = powers.reduce((a, b) => a + b);
      for (let c = 0; c < 3; c++) {
        const colour = powers.reduce(
          (mix, x, j) => mix + (x / sum) * palette[c * 8 + j]!,
          0,
        );
        loss += (colour - target[p * 3 + c]!) ** 2 / 2;
      }
    }
  }
  return loss;
}

/** Codes at a point, by quadratic B-splines over cell centres; beyond the sides the last cell again. */
export function spline(
  codes: ArrayLike<number>,
  grid: number,
  u: number,
  v: number,
): number[] {
  const axis = (t: number): readonly (readonly [number, number])[] => {
    const x = t * grid - 0.5;
    const i = Math.floor(x + 0.5);
    const f = x - i;
    const shares = [(0.5 - f) ** 2 / 2, 0.75 - f * f, (0.5 + f) ** 2 / 2];
    return shares.map((share, j) => [
      share,
      Math.min(grid - 1, Math.max(0, i + j - 1)),
    ]);
  };
  const out = Array.from({ length: CODES }, () => 0);
  for (const [sy, y] of axis(v))
    for (const [sx, x] of axis(u))
      for (let c = 0; c < CODES; c++)
        out[c]! += sx * sy * codes[(y * grid + x) * CODES + c]!;
  return out;
}
