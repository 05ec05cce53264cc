import type { Pointer } from "../kernels/load.ts";

import { familyWeights, LATENT_SIZE } from "./conditioning.ts";
import { mapLatents, perRadian } from "./mapping.ts";
import type { Model } from "./model.ts";

/** Points to evaluate and where to put the answers. */
export type FieldQuery = {
  /** LATENT_SIZE numbers from `conditioning`. */
  readonly latent: Float32Array;
  /** 24 numbers, [3][8]: the eight slots' red, then green, then blue, each 0..1. Only `rgb` needs it. */
  readonly palette?: Float32Array;
  /** Edge hardness: what the logits are multiplied by before the softmax; 1 is as trained. */
  readonly temperature: number;
  /** n points (x, y) in the plane of the teachers, [-1, 1] squared. */
  readonly xy: Float32Array;
  /** Receives n x 8 slot weights, if given. */
  readonly weights?: Float32Array;
  /** Receives n x 3 colours, 0..1, if given. */
  readonly rgb?: Float32Array;
  /** Receives n x 8 logits before temperature and softmax, if given; costs nothing if it is asked for alone. */
  readonly logits?: Float32Array;
};

/** Evaluates the network at any points. */
export type Field = { readonly evaluate: (query: FieldQuery) => void };

/** Points per tile: its activations stay in the first-level cache. Results do not depend on it. */
const TILE = 64;

/** Makes a field that works through `points` points at a time (a multiple of 64); queries may be of any length. */
export function createField(
  model: Model,
  { points }: { points: number },
): Field {
  const { kernels: k, weights } = model;
  const { config, layout } = weights;
  const { width: H, layers, waves, warpWidth, mappingWidth: M } = config;
  const { modulationSize: S, featureCount } = layout;
  const values = k.floats(layout.size);
  k.f32(values, layout.size).set(weights.values);
  const w = (name: string): Pointer => values + layout.tensor(name).at * 4;
  // The mapping works on four latents at a time; only the first is used.
  const latents = k.floats(4 * LATENT_SIZE);
  const [pre, a, aCos, m, mCos] = [
    k.floats(4 * M),
    k.floats(4 * M),
    k.floats(4 * M),
    k.floats(4 * M),
    k.floats(4 * M),
  ];
  const modulation = k.floats(4 * S);
  const scaled = k.floats(S);
  const mixed = k.floats((layers - 1) * H * H + 8 * H);
  const trunk = createTrunkMixer(model, w, mixed);
  const [xy, slots, rgb, palette] = [
    k.floats(points * 2),
    k.floats(points * 8),
    k.floats(points * 3),
    k.floats(24),
  ];
  const scratch = k.floats(
    k.fieldScratch(TILE, featureCount, H, warpWidth) / 4,
  );
  const table = k.alloc((12 + 3 * layers) * 4);
  let current: Float32Array | undefined;

  /** Maps a latent to gains and shifts, picks or mixes the families' trunks, and fills the kernels' table. */
  const prepare = (latent: Float32Array): void => {
    if (current?.every((x, i) => x === latent[i])) return;
    current = latent.slice();
    k.f32(latents, LATENT_SIZE).set(latent);
    mapLatents(
      k,
      w,
      config,
      layout,
      latents,
      { pre, a, aCos, m, mCos, modulation },
      4,
    );
    perRadian(k, modulation, scaled, S);
    const { layer, head } = trunk(latent);
    const at = (offset: number): Pointer => scaled + offset * 4;
    const words: number[] = [
      w("warpIn"),
      at(layout.warpGainAt),
      at(layout.warpShiftAt),
      w("warpOut"),
      w("waves"),
      waves,
    ];
    words.push(
      featureCount,
      H,
      layers,
      head,
      modulation + layout.headBiasAt * 4,
      warpWidth,
    );
    for (let l = 0; l < layers; l++)
      words.push(
        l ? layer(l) : w("layer0"),
        at(layout.gainAt(l)),
        at(layout.shiftAt(l)),
      );
    k.i32(table, words.length).set(words);
  };

  const pass = (
    query: FieldQuery,
    temperature: number,
    out: Float32Array | undefined,
    colours?: Float32Array,
  ): void => {
    const count = query.xy.length / 2;
    for (let from = 0; from < count; from += points) {
      const n = Math.min(points, count - from);
      const padded = Math.ceil(n / TILE) * TILE;
      k.f32(xy, n * 2).set(query.xy.subarray(from * 2, (from + n) * 2));
      k.f32(xy, padded * 2).fill(0, n * 2);
      k.fieldForward(
        xy,
        0,
        slots,
        colours ? rgb : 0,
        palette,
        padded,
        TILE,
        table,
        scratch,
        temperature,
      );
      out?.set(k.f32(slots, n * 8), from * 8);
      colours?.set(k.f32(rgb, n * 3), from * 3);
    }
  };

  return {
    evaluate(query) {
      prepare(query.latent);
      if (query.palette) k.f32(palette, 24).set(query.palette);
      if (query.logits) pass(query, 0, query.logits);
      if (query.weights || query.rgb)
        pass(query, query.temperature, query.weights, query.rgb);
    },
  };
}

type Trunk = { readonly layer: (l: number) => Pointer; readonly head: Pointer };

/** Picks the trunk of a latent's family, or mixes several families' trunks in the order of the families. */
function createTrunkMixer(
  model: Model,
  w: (name: string) => Pointer,
  mixed: Pointer,
): (latent: Float32Array) => Trunk {
  const { kernels: k, weights } = model;
  const { width: H, layers, families } = weights.config;
  const headAt = mixed + (layers - 1) * H * H * 4;
  return (latent) => {
    const shares = familyWeights(latent).subarray(0, families.length);
    const single = shares.findIndex((share, i) =>
      shares.every((other, j) => (i === j ? share === 1 : other === 0)),
    );
    if (single >= 0)
      return {
        layer: (l) => w(`family${single}.layer${l}`),
        head: w(`family${single}.head`),
      };
    k.zero(mixed, (layers - 1) * H * H + 8 * H);
    shares.forEach((share, f) => {
      if (share === 0) return;
      for (let l = 1; l < layers; l++)
        k.addScaled(
          w(`family${f}.layer${l}`),
          mixed + (l - 1) * H * H * 4,
          share,
          H * H,
        );
      k.addScaled(w(`family${f}.head`), headAt, share, 8 * H);
    });
    return { layer: (l) => mixed + (l - 1) * H * H * 4, head: headAt };
  };
}
