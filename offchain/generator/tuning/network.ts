import { CODES } from "../adapter/adapter.ts";
import { baseMatrix } from "../adapter/decoder.ts";
import { tunedLayers } from "../adapter/shape.ts";
import type { Pointer, TunedKernels } from "../kernels/load.ts";
import { perRadian } from "../model/mapping.ts";
import type { Weights } from "../model/weights.ts";

import {
  createTuningLayout,
  PALETTE_SIZE,
  type TuningLayout,
} from "./layout.ts";

/** The tuned network with its backward pass. Points come in tiles that stay in the second-level cache. */
export type TuningNetwork = {
  readonly layout: TuningLayout;
  readonly valuesAt: Pointer;
  readonly gradientAt: Pointer;
  /** Views of wasm memory: take them anew after anything was allocated. */
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  /** A tile: points [0, 1] squared, codes with their noise, target colours and the network's own. */
  readonly uvAt: Pointer;
  readonly codesAt: Pointer;
  readonly targetAt: Pointer;
  readonly rgbAt: Pointer;
  /** Merges the matrices anew; after every change of the values. */
  readonly begin: () => void;
  /** Reads the picture's codes at the tile's n points; noise may then be added to them. */
  readonly gather: (picture: number, n: number) => void;
  /** Codes to colours. n: a multiple of 4, at most {@link TILE}. */
  readonly forward: (picture: number, n: number) => void;
  /** Adds the gradient of scale/2 times the tile's squared error to the merged matrices'; returns the sum of squares. */
  readonly backward: (picture: number, n: number, scale: number) => number;
  /** Carries the merged matrices' gradients to the low-rank ones. */
  readonly end: () => void;
};

/** Most points of a tile. */
export const TILE = 64;

/** Allocates a network on a family's trunk for a number of pictures. */
export function createTuningNetwork(
  k: TunedKernels,
  weights: Weights,
  plan: {
    readonly rank: number;
    readonly alpha: number;
    readonly family: number;
    readonly grid: number;
  },
  pictures: number,
): TuningNetwork {
  const { width: H, layers } = weights.config;
  const { rank, grid, family } = plan;
  const shape = { width: H, layers, rank, grid, pictures };
  const layout = createTuningLayout(shape);
  const room = (n: number): Pointer => k.floats(n);
  const [valuesAt, gradientAt] = [room(layout.size), room(layout.size)];
  const w = (name: string): Pointer => valuesAt + layout.part(name).at * 4;
  const g = (name: string): Pointer => gradientAt + layout.part(name).at * 4;
  const R = layout.padded;
  const scale = Math.fround(plan.alpha / rank);
  const matrices = tunedLayers(shape).map(({ name, inputs, outputs }) => {
    const size = inputs * outputs;
    const base = room(size);
    k.f32(base, size).set(baseMatrix(weights, family, name));
    return {
      inputs,
      outputs,
      base,
      merged: room(size),
      turned: room(size),
      gradient: room(size),
      down: w(`${name}.down`),
      up: w(`${name}.up`),
      scaledUp: room(R * outputs),
      turnedUp: room(R * outputs),
      downGradient: g(`${name}.down`),
      upGradient: g(`${name}.up`),
    };
  });
  const head = matrices[layers]!;
  const [gains, shifts] = [room(layers * H), room(layers * H)];
  const [uvAt, codesAt, targetAt, rgbAt] = [
    room(TILE * 2),
    room(TILE * CODES),
    room(TILE * 3),
    room(TILE * 3),
  ];
  const activations = Array.from({ length: layers }, () => ({
    U: room(TILE * H),
    h: room(TILE * H),
    cos: room(TILE * H),
  }));
  const [slots, dh, dCodes] = [
    room(TILE * 8),
    room(TILE * H),
    room(TILE * CODES),
  ];
  const cells = grid * grid * CODES;
  const palette = (picture: number): number => picture * PALETTE_SIZE * 4;

  const begin = (): void => {
    for (const m of matrices) {
      const size = m.inputs * m.outputs;
      k.scaleInto(m.base, m.merged, 1, size);
      k.scaleInto(m.up, m.scaledUp, scale, R * m.outputs);
      k.gemm(m.down, m.scaledUp, m.merged, m.inputs, R, m.outputs, 1);
      k.transpose(m.merged, m.turned, m.inputs, m.outputs);
      k.zero(m.gradient, size);
    }
    perRadian(k, w("gains"), gains, layers * H);
    perRadian(k, w("shifts"), shifts, layers * H);
  };

  const forward = (picture: number, n: number): void => {
    let from = codesAt;
    for (let l = 0; l < layers; l++) {
      const { U, h, cos } = activations[l]!;
      const { merged, inputs } = matrices[l]!;
      k.gemm(from, merged, U, n, inputs, H, 0);
      const at = l * H * 4;
      const skip = l === 0 ? 0 : from;
      k.modulate(U, gains + at, shifts + at, skip, h, cos, n, H);
      from = h;
    }
    k.gemm(from, head.merged, slots, n, H, 8, 0);
    k.softmax(slots, w("bias"), 1, n);
    k.mixPalette(slots, w("palettes") + palette(picture), rgbAt, n);
  };

  const backward = (picture: number, n: number, weight: number): number => {
    const p = palette(picture);
    const colours = [w("palettes") + p, rgbAt, targetAt] as const;
    const to = [g("palettes") + p, g("bias")] as const;
    const loss = k.colourBackward(slots, ...colours, ...to, weight, n);
    k.gemmTransposed(activations[layers - 1]!.h, slots, head.gradient, n, H, 8);
    k.gemm(slots, head.turned, dh, n, 8, H, 0);
    for (let l = layers - 1; l >= 0; l--) {
      const { U, cos } = activations[l]!;
      const { gradient, turned, inputs } = matrices[l]!;
      const at = l * H * 4;
      const gain = w("gains") + at;
      k.modulateBackward(
        dh,
        U,
        gain,
        cos,
        g("gains") + at,
        g("shifts") + at,
        n,
        H,
      );
      const from = l === 0 ? codesAt : activations[l - 1]!.h;
      k.gemmTransposed(from, cos, gradient, n, inputs, H);
      if (l > 0) k.gemm(cos, turned, dh, n, H, H, 1);
      else k.gemm(cos, turned, dCodes, n, H, CODES, 0);
    }
    const codes = g("codes") + picture * cells * 4;
    k.scatterCodes(codes, grid, grid, uvAt, dCodes, n);
    return loss;
  };

  const end = (): void => {
    for (const m of matrices) {
      const { inputs, outputs, downGradient, upGradient } = m;
      k.gemmTransposed(m.down, m.gradient, upGradient, inputs, R, outputs);
      k.scaleInto(upGradient, upGradient, scale, R * outputs);
      k.transpose(m.scaledUp, m.turnedUp, R, outputs);
      k.gemm(m.gradient, m.turnedUp, downGradient, inputs, outputs, R, 1);
    }
  };

  return {
    layout,
    valuesAt,
    gradientAt,
    get values() {
      return k.f32(valuesAt, layout.size);
    },
    get gradient() {
      return k.f32(gradientAt, layout.size);
    },
    uvAt,
    codesAt,
    targetAt,
    rgbAt,
    begin,
    gather: (picture, n) =>
      k.gatherCodes(
        w("codes") + picture * cells * 4,
        grid,
        grid,
        0,
        uvAt,
        codesAt,
        n,
      ),
    forward,
    backward,
    end,
  };
}
