import { z } from "zod";

import { toHex, type Hex } from "../../kernel/bytes.ts";
import { sha256 } from "../../kernel/digest.ts";
import { FatalError } from "../../kernel/errors.ts";
import { canonicalJson } from "../../kernel/json.ts";

import { CODES, type Adapter } from "./adapter.ts";
import { ADAPTER_FORMAT } from "./encode.ts";
import { decodeSafetensors, type StoredTensor } from "./safetensors.ts";
import { adapterTensors } from "./shape.ts";
import { fromBytes, fromFloats } from "./values.ts";

const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/)
  .transform((text) => text as Hex);
const whole = (low: number, high: number) =>
  z
    .string()
    .regex(/^(0|[1-9][0-9]{0,4})$/)
    .transform(Number)
    .pipe(z.number().min(low).max(high));
const namesSchema = z
  .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 -]{0,39}$/))
  .min(1)
  .max(40);
const metadataSchema = z.strictObject({
  format: z.literal(ADAPTER_FORMAT),
  base: hash,
  dataset: hash,
  precision: z.enum(["f32", "f16", "int8"]),
  rank: whole(1, 64),
  alpha: whole(1, 4096),
  family: whole(0, 15),
  grid: whole(4, 64),
  pictures: z.string(),
});

/**
 * Reads an adapter's file; its values are exactly those that the file holds.
 * @throws FatalError `adapter/bad-length`, `adapter/bad-header`, `adapter/bad-tensor`, `adapter/bad-values` of a damaged file,
 * `adapter/bad-metadata` where it says no sound things of itself
 */
export function decodeAdapter(bytes: Uint8Array): Adapter {
  const file = decodeSafetensors(bytes);
  const parsed = metadataSchema.safeParse(Object.fromEntries(file.metadata));
  if (!parsed.success) throw badMetadata("metadata that are not an adapter's");
  const { format: _, pictures: list, ...facts } = parsed.data;
  const pictures = parseNames(list);
  const { grid, rank, precision } = facts;
  const stored = new Map(file.tensors.map((tensor) => [tensor.name, tensor]));
  const sides = stored.get("gains")?.shape ?? [];
  const [layers = 0, width = 0] = sides;
  if (sides.length !== 2 || layers > 16 || width > 512 || width % 8 !== 0)
    throw badTensor("gains of an unknown shape");

  const float = precision === "f32" ? "F32" : "F16";
  let taken = 0;
  const take = (
    name: string,
    dtype: string,
    shape: readonly number[],
  ): Uint8Array => {
    const tensor = stored.get(name);
    if (!tensor || !fits(tensor, dtype, shape))
      throw badTensor(
        `no tensor \`${name}\` of ${dtype} [${shape.join(", ")}]`,
      );
    taken++;
    return tensor.data;
  };
  const floats = (name: string, shape: readonly number[]): Float32Array =>
    fromFloats(take(name, float, shape), precision === "f32" ? 4 : 2);
  const count = pictures.length;
  const cells = [count, grid, grid, CODES];
  const codes =
    precision === "int8"
      ? fromBytes(
          take("codes", "I8", cells),
          floats("codes.scale", [count, CODES]),
          count,
          CODES,
        )
      : floats("codes", cells);
  const tensors = new Map(
    adapterTensors({ width, layers, rank }).map(({ name, rows, columns }) => [
      name,
      floats(name, [rows, columns]),
    ]),
  );
  const palettes = take("palettes", "U8", [count, 8, 3]).slice();
  if (taken !== file.tensors.length)
    throw badTensor("tensors that no adapter has");
  return { ...facts, pictures, codes, palettes, tensors };
}

/**
 * Reads an adapter's file that belongs to a base.
 * @throws FatalError `adapter/other-base` where it was tuned upon another weights file; else as {@link decodeAdapter}
 */
export function openAdapter(bytes: Uint8Array, weights: Uint8Array): Adapter {
  const adapter = decodeAdapter(bytes);
  const base = toHex(sha256(weights));
  if (adapter.base !== base) {
    const message = `The adapter was tuned upon the base ${adapter.base}, but the weights are ${base}; take the weights that belong to it.`;
    throw new FatalError("adapter/other-base", message);
  }
  return adapter;
}

function fits(
  { dtype, shape }: StoredTensor,
  wanted: string,
  sides: readonly number[],
): boolean {
  return (
    dtype === wanted &&
    shape.length === sides.length &&
    shape.every((side, i) => side === sides[i])
  );
}

function parseNames(text: string): readonly string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw badMetadata("a list of pictures that is not JSON", cause);
  }
  const names = namesSchema.safeParse(json);
  if (!names.success || new Set(names.data).size !== names.data.length)
    throw badMetadata("unsound names of pictures");
  if (canonicalJson(names.data) !== text)
    throw badMetadata("a list of pictures that is not in its short form");
  return names.data;
}

function badMetadata(problem: string, cause?: unknown): FatalError {
  const message = `The adapter's file has ${problem}; take the file that belongs to the recipe.`;
  const options = cause === undefined ? undefined : { cause };
  return new FatalError("adapter/bad-metadata", message, options);
}

function badTensor(problem: string): FatalError {
  const message = `The adapter's file has ${problem}; take the file that belongs to the recipe.`;
  return new FatalError("adapter/bad-tensor", message);
}
