import type { Kernels, Pointer } from "../kernels/load.ts";
import { LATENT_SIZE } from "../model/conditioning.ts";
import {
  createLayout,
  type Layout,
  type ModelConfig,
} from "../model/layout.ts";
import { mapLatents, perRadian } from "../model/mapping.ts";

/** The network with its backward pass: one step works through `images` pictures of `points` points each. */
export type TrainingNetwork = {
  readonly layout: Layout;
  readonly images: number;
  readonly points: number;
  /** Views of wasm memory: take them anew after anything was allocated. */
  readonly weights: Float32Array;
  readonly gradient: Float32Array;
  readonly weightsAt: Pointer;
  readonly gradientAt: Pointer;
  readonly latents: Float32Array;
  /** Points [points, 2] of the picture in hand, and its teacher's slot weights [points, 8]. */
  readonly xy: Float32Array;
  readonly target: Float32Array;
  /** Slot weights after `forward`, logits' gradient after `backward`; [points, 8]. */
  readonly slots: Float32Array;
  /** Clears the gradient, maps all latents, and prepares what the pictures share. */
  readonly begin: () => void;
  /** Slots of the picture's points. */
  readonly forward: (image: number, family: number) => void;
  /** Adds the picture's gradient, scaled; returns the sum of squared slot errors. */
  readonly backward: (image: number, family: number, scale: number) => number;
  /** Carries the pictures' gradients through the mapping network. */
  readonly end: () => void;
};

/** Allocates a training network. `images` and `points` are multiples of 4. */
export function createTrainingNetwork(
  kernels: Kernels,
  config: ModelConfig,
  { images, points }: { images: number; points: number },
): TrainingNetwork {
  const k = kernels;
  const layout = createLayout(config);
  const { width: H, layers, waves, warpWidth: V, mappingWidth: M } = config;
  const { featureCount: X, modulationSize: S } = layout;
  const room = (n: number): Pointer => k.floats(n);
  const weightsAt = room(layout.size);
  const gradientAt = room(layout.size);
  const w = (name: string): Pointer => weightsAt + layout.tensor(name).at * 4;
  const g = (name: string): Pointer => gradientAt + layout.tensor(name).at * 4;

  const latents = room(images * LATENT_SIZE);
  const mapping = {
    pre: room(images * M),
    a: room(images * M),
    aCos: room(images * M),
    m: room(images * M),
    mCos: room(images * M),
    modulation: room(images * S),
  };
  const dModulation = room(images * S);
  const dm = room(images * M);
  const da = room(images * M);

  const xy = room(points * 2);
  const target = room(points * 8);
  const P = room(points * 4);
  const warpU = room(points * V);
  const warpH = room(points * V);
  const warpCos = room(points * V);
  const D = room(points * 8);
  const Q = room(points * 2);
  const F = room(points * X);
  const perLayer = Array.from({ length: layers }, () => ({
    U: room(points * H),
    h: room(points * H),
    cos: room(points * H),
  }));
  const slots = room(points * 8);
  const dh = room(points * H);
  const dF = room(points * X);
  const dQ = room(points * 2);
  const dD = room(points * 8);
  const dWarp = room(points * V);
  const scaled = room(S);
  const mapT = { modulation: room(M * S), mapping2: room(M * M) };
  const warpOutT = room(V * 8);
  const layer0T = room(X * H);
  const trunkT = config.families.map(() => ({
    layers: Array.from({ length: layers - 1 }, () => room(H * H)),
    head: room(H * 8),
  }));
  const trunk = config.families.map((_, f) => ({
    layers: Array.from(
      { length: layers - 1 },
      (__, l) => `family${f}.layer${l + 1}`,
    ).map((n) => [w(n), g(n)] as const),
    head: [w(`family${f}.head`), g(`family${f}.head`)] as const,
  }));
  const at = <T>(list: readonly T[], i: number): T => list[i] as T;

  const forward = (image: number, family: number): void => {
    const mod = mapping.modulation + image * S * 4;
    const t = at(trunk, family);
    perRadian(k, mod, scaled, S);
    k.expandPoints(xy, P, points);
    k.gemm(P, w("warpIn"), warpU, points, 4, V, 0);
    const gain = (offset: number): Pointer => scaled + offset * 4;
    k.modulate(
      warpU,
      gain(layout.warpGainAt),
      gain(layout.warpShiftAt),
      0,
      warpH,
      warpCos,
      points,
      V,
    );
    k.gemm(warpH, w("warpOut"), D, points, V, 8, 0);
    k.displace(P, D, Q, points);
    k.features(Q, w("waves"), F, points, waves, X);
    for (let l = 0; l < layers; l++) {
      const { U, h, cos } = at(perLayer, l);
      const from = l === 0 ? F : at(perLayer, l - 1).h;
      const weights = l === 0 ? w("layer0") : at(t.layers, l - 1)[0];
      k.gemm(from, weights, U, points, l === 0 ? X : H, H, 0);
      k.modulate(
        U,
        gain(layout.gainAt(l)),
        gain(layout.shiftAt(l)),
        l === 0 ? 0 : from,
        h,
        cos,
        points,
        H,
      );
    }
    k.gemm(at(perLayer, layers - 1).h, t.head[0], slots, points, H, 8, 0);
    k.softmax(slots, mod + layout.headBiasAt * 4, 1, points);
  };

  const backward = (image: number, family: number, scale: number): number => {
    const mod = mapping.modulation + image * S * 4;
    const d = dModulation + image * S * 4;
    const t = at(trunk, family);
    const tT = at(trunkT, family);
    const loss = k.crossEntropyBackward(
      slots,
      target,
      d + layout.headBiasAt * 4,
      1,
      scale,
      points,
    );
    k.gemmTransposed(
      at(perLayer, layers - 1).h,
      slots,
      t.head[1],
      points,
      H,
      8,
    );
    k.gemm(slots, tT.head, dh, points, 8, H, 0);
    for (let l = layers - 1; l >= 0; l--) {
      const { U, cos } = at(perLayer, l);
      const [gainAt, shiftAt] = [layout.gainAt(l) * 4, layout.shiftAt(l) * 4];
      k.modulateBackward(
        dh,
        U,
        mod + gainAt,
        cos,
        d + gainAt,
        d + shiftAt,
        points,
        H,
      );
      if (l > 0) {
        k.gemmTransposed(
          at(perLayer, l - 1).h,
          cos,
          at(t.layers, l - 1)[1],
          points,
          H,
          H,
        );
        k.gemm(cos, at(tT.layers, l - 1), dh, points, H, H, 1);
      } else {
        k.gemmTransposed(F, cos, g("layer0"), points, X, H);
        k.gemm(cos, layer0T, dF, points, H, X, 0);
      }
    }
    k.featuresBackward(dF, F, w("waves"), dQ, points, waves, X);
    k.displaceBackward(dQ, dD, points);
    k.gemmTransposed(warpH, dD, g("warpOut"), points, V, 8);
    k.gemm(dD, warpOutT, dWarp, points, 8, V, 0);
    const [gainAt, shiftAt] = [layout.warpGainAt * 4, layout.warpShiftAt * 4];
    k.modulateBackward(
      dWarp,
      warpU,
      mod + gainAt,
      warpCos,
      d + gainAt,
      d + shiftAt,
      points,
      V,
    );
    k.gemmTransposed(P, warpCos, g("warpIn"), points, 4, V);
    return loss;
  };

  const begin = (): void => {
    k.zero(gradientAt, layout.size);
    k.zero(dModulation, images * S);
    mapLatents(k, w, config, layout, latents, mapping, images);
    k.transpose(w("modulation"), mapT.modulation, M, S);
    k.transpose(w("mapping2"), mapT.mapping2, M, M);
    k.transpose(w("warpOut"), warpOutT, V, 8);
    k.transpose(w("layer0"), layer0T, X, H);
    trunk.forEach((t, f) => {
      t.layers.forEach(([from], l) =>
        k.transpose(from, at(at(trunkT, f).layers, l), H, H),
      );
      k.transpose(t.head[0], at(trunkT, f).head, H, 8);
    });
  };

  const end = (): void => {
    // modulation = m W + bias; m = a + sin(a W2 + bias); a = sin(z W1 + bias).
    k.gemmTransposed(mapping.m, dModulation, g("modulation"), images, M, S);
    k.addBiasBackward(dModulation, g("modulationBias"), images, S);
    k.gemm(dModulation, mapT.modulation, dm, images, S, M, 0);
    k.multiplyInto(dm, mapping.mCos, images * M);
    k.gemmTransposed(mapping.a, mapping.mCos, g("mapping2"), images, M, M);
    k.addBiasBackward(mapping.mCos, g("mapping2Bias"), images, M);
    k.scaleInto(dm, da, 1, images * M);
    k.gemm(mapping.mCos, mapT.mapping2, da, images, M, M, 1);
    k.multiplyInto(da, mapping.aCos, images * M);
    k.gemmTransposed(
      latents,
      mapping.aCos,
      g("mapping1"),
      images,
      LATENT_SIZE,
      M,
    );
    k.addBiasBackward(mapping.aCos, g("mapping1Bias"), images, M);
  };

  return {
    layout,
    images,
    points,
    weightsAt,
    gradientAt,
    get weights() {
      return k.f32(weightsAt, layout.size);
    },
    get gradient() {
      return k.f32(gradientAt, layout.size);
    },
    get latents() {
      return k.f32(latents, images * LATENT_SIZE);
    },
    get xy() {
      return k.f32(xy, points * 2);
    },
    get target() {
      return k.f32(target, points * 8);
    },
    get slots() {
      return k.f32(slots, points * 8);
    },
    begin,
    forward,
    backward,
    end,
  };
}
