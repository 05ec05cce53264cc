import { FatalError } from "../../kernel/errors.ts";
import type { Pointer, TunedKernels } from "../kernels/load.ts";
import { perRadian } from "../model/mapping.ts";
import { blocksOf, packPanels, type Blocks } from "../model/panels.ts";
import type { Weights } from "../model/weights.ts";

import { CODES, type Adapter, type Decoder } from "./adapter.ts";
import { tunedLayers } from "./shape.ts";

/** Points per tile and per call of the kernel. Results do not depend on either. */
const TILE = 32;
const POINTS = 4096;

/**
 * Merges an adapter into its base, W = W0 + (alpha / rank) down up, each weight one sum over the rank in rising order, and makes the
 * tuned network. The kernels' memory must be the caller's own.
 * @throws FatalError `adapter/other-base` where the base has another shape or no such family
 */
export function createDecoder({
  kernels: k,
  weights,
  adapter,
}: {
  kernels: TunedKernels;
  weights: Weights;
  adapter: Adapter;
}): Decoder {
  const { width, layers } = weights.config;
  const merged = mergeAdapter(k, weights, adapter);
  const modulation = (name: string): Pointer => {
    const values = adapter.tensors.get(name)!;
    const at = k.floats(values.length);
    k.f32(at, values.length).set(values);
    return at;
  };
  const [gains, shifts, bias] = [
    modulation("gains"),
    modulation("shifts"),
    modulation("bias"),
  ];
  perRadian(k, gains, gains, layers * width);
  perRadian(k, shifts, shifts, layers * width);

  const pack = (index: number, blocks: Blocks): Pointer => {
    const { inputs, outputs } = tunedLayers(weights.config)[index]!;
    const size = inputs * (5 * blocks.fives + 4 * blocks.fours);
    const at = k.floats(size);
    const rows = Array.from({ length: inputs }, (_, i) => i);
    const out = k.f32(at, size);
    packPanels(merged[index]!, outputs, rows, outputs, blocks, out);
    return at;
  };
  const blocks = blocksOf(width);
  const words = [layers, blocks.fives, blocks.fours];
  words.push(pack(layers, { fives: 0, fours: 2 }), bias);
  for (let l = 0; l < layers; l++)
    words.push(pack(l, blocks), gains + l * width * 4, shifts + l * width * 4);
  const table = k.alloc(words.length * 4);
  k.i32(table, words.length).set(words);
  const [from, to] = [k.floats(POINTS * CODES), k.floats(POINTS * 8)];
  const scratch = k.alloc(k.decodeScratch(TILE, width));

  return {
    logits(codes, out) {
      const count = codes.length / CODES;
      for (let at = 0; at < count; at += POINTS) {
        const n = Math.min(POINTS, count - at);
        const padded = Math.ceil(n / TILE) * TILE;
        const view = k.f32(from, padded * CODES);
        view.set(codes.subarray(at * CODES, (at + n) * CODES));
        view.fill(0, n * CODES);
        k.decodeForward(from, to, padded, TILE, table, scratch, 0);
        out.set(k.f32(to, n * 8), at * 8);
      }
    },
  };
}

/** The tuned matrices, layer 0 to the last and the head, [inputs][outputs] each. The kernels' memory is left as it was. */
export function mergeAdapter(
  k: TunedKernels,
  weights: Weights,
  adapter: Adapter,
): readonly Float32Array[] {
  const { rank, alpha, tensors } = adapter;
  const { width, layers } = weights.config;
  if (tensors.get("gains")?.length !== layers * width)
    throw otherBase("of another shape");
  const top = k.mark();
  const copy = (values: Float32Array): Pointer => {
    const at = k.floats((values.length + 3) & ~3);
    k.f32(at, values.length).set(values);
    return at;
  };
  const merged = tunedLayers(weights.config).map(
    ({ name, inputs, outputs }) => {
      const size = inputs * outputs;
      const whole = copy(baseMatrix(weights, adapter.family, name));
      const down = copy(tensors.get(`${name}.down`)!);
      const up = copy(tensors.get(`${name}.up`)!);
      k.scaleInto(up, up, Math.fround(alpha / rank), (rank * outputs + 3) & ~3);
      k.gemm(down, up, whole, inputs, rank, outputs, 1);
      return k.f32(whole, size).slice();
    },
  );
  k.release(top);
  return merged;
}

/**
 * A matrix of the base that tuning adds to: a family's, or for `layer0` the rows that the first layer keeps for codes.
 * @throws FatalError `adapter/other-base` where the base has no such family
 */
export function baseMatrix(
  { config, layout, values }: Weights,
  family: number,
  name: string,
): Float32Array {
  if (family >= config.families.length)
    throw otherBase(`without a family ${family}`);
  if (name === "layer0") {
    const { at, columns } = layout.tensor(name);
    const from = at + (2 * config.waves + 4) * columns;
    return values.subarray(from, from + CODES * columns);
  }
  const { at, rows, columns } = layout.tensor(`family${family}.${name}`);
  return values.subarray(at, at + rows * columns);
}

function otherBase(what: string): FatalError {
  const message = `The adapter meets a base ${what}; take the weights that belong to it.`;
  return new FatalError("adapter/other-base", message);
}
