import type { Pointer } from "../kernels/load.ts";

import { familyWeights, LATENT_SIZE } from "./conditioning.ts";
import { mapLatents, perRadian } from "./mapping.ts";
import type { Model } from "./model.ts";
import { blocksOf, packPanels, type Blocks } from "./panels.ts";
import { createTrunkMixer } from "./trunk.ts";

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
  /** Receives n x 8 logits before temperature and softmax, if given. */
  readonly logits?: Float32Array;
};

/** Evaluates the network at any points. */
export type Field = { readonly evaluate: (query: FieldQuery) => void };

/** Points per tile: its activations stay in the first-level cache. Results do not depend on it. */
const TILE = 32;
/** Local codes (for tuned adapters) and padding among the first layer's inputs: zero here, so their rows are left out. */
const CODES = 8;
const HARMONICS = 16;

/** Makes a field that works through `points` points at a time (a multiple of 64); queries may be of any length. */
export function createField(
  model: Model,
  { points }: { points: number },
): Field {
  const { kernels: k, weights } = model;
  const { config, layout } = weights;
  const { width: H, layers, waves, warpWidth: V, mappingWidth: M } = config;
  const { modulationSize: S } = layout;
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
  const trunk = createTrunkMixer(weights);

  const plain = 2 * waves + 4;
  const features = [
    ...range(0, plain),
    ...range(plain + CODES, plain + CODES + HARMONICS),
  ];
  const pack = (
    rows: readonly number[],
    channels: number,
    columns = channels,
    blocks = blocksOf(channels),
  ) => {
    const at = k.floats(rows.length * (5 * blocks.fives + 4 * blocks.fours));
    const write = (from: Float32Array): void => {
      const size = rows.length * (5 * blocks.fives + 4 * blocks.fours);
      packPanels(from, columns, rows, channels, blocks, k.f32(at, size));
    };
    return { at, write };
  };
  const fours = (n: number): Blocks => ({ fives: 0, fours: n });
  const warpIn = pack(range(0, 4), V);
  const warpOut = pack(range(0, V), 2, 8, fours(1));
  const first = pack(features, H);
  const trunkLayers = range(1, layers).map(() => pack(range(0, H), H));
  const head = pack(range(0, H), 8, 8, fours(2));
  const slice = (name: string): Float32Array => {
    const { at, rows, columns } = layout.tensor(name);
    return weights.values.subarray(at, at + rows * columns);
  };
  warpIn.write(slice("warpIn"));
  warpOut.write(slice("warpOut"));
  first.write(slice("layer0"));

  const [xy, slots, rgb, palette] = [
    k.floats(points * 2),
    k.floats(points * 8),
    k.floats(points * 3),
    k.floats(24),
  ];
  const scratch = k.alloc(k.fieldScratch(TILE, waves, H, V));
  const table = k.alloc((13 + 3 * layers) * 4);
  let current: Float32Array | undefined;

  /** Maps a latent to gains and shifts, packs its family's trunk, and fills the kernels' table. */
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
    const own = trunk(familyWeights(latent));
    trunkLayers.forEach((layer, i) => layer.write(own.layers[i]!));
    head.write(own.head);
    const at = (offset: number): Pointer => scaled + offset * 4;
    const [warp, field] = [blocksOf(V), blocksOf(H)];
    const words = [
      warpIn.at,
      at(layout.warpGainAt),
      at(layout.warpShiftAt),
      warp.fives,
      warp.fours,
      warpOut.at,
    ];
    words.push(
      w("waves"),
      waves,
      layers,
      field.fives,
      field.fours,
      head.at,
      modulation + layout.headBiasAt * 4,
    );
    [first, ...trunkLayers].forEach((layer, l) =>
      words.push(layer.at, at(layout.gainAt(l)), at(layout.shiftAt(l))),
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

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
