import { z } from "zod";

import { concat, utf8 } from "../../kernel/bytes.ts";
import { FatalError } from "../../kernel/errors.ts";

// The safetensors format (github.com/huggingface/safetensors): header length (u64 LE), header (JSON, padded with spaces to a multiple of
// eight), data. This reader takes less than the format allows: four types, small headers, and tensors in the order of their data.

/** Bytes of one value of each type that an adapter may hold. */
const SIZES = { F32: 4, F16: 2, I8: 1, U8: 1 } as const;

/** A type of stored values. */
export type Dtype = keyof typeof SIZES;

/** One tensor as the file has it: little-endian values, row by row. */
export type StoredTensor = {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
};

/** What a file holds. */
export type SafetensorsFile = {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: readonly StoredTensor[];
};

const LONGEST_HEADER = 16_384;
const LONGEST_FILE = 8 * 1024 * 1024;
const NAME = /^[A-Za-z][A-Za-z0-9_.]{0,63}$/;

const entrySchema = z.strictObject({
  dtype: z.enum(["F32", "F16", "I8", "U8"]),
  shape: z.array(z.int().min(1).max(1_000_000)).min(1).max(4),
  data_offsets: z.tuple([
    z.int().min(0).max(LONGEST_FILE),
    z.int().min(0).max(LONGEST_FILE),
  ]),
});
/** Writes a file; tensors are laid out in the given order, which must not place a wider type behind a narrower one. */
export function encodeSafetensors({
  metadata,
  tensors,
}: SafetensorsFile): Uint8Array {
  let at = 0;
  const entries = tensors.map(({ name, dtype, shape, data }) => {
    const data_offsets = [at, (at += data.length)];
    return [name, { dtype, shape, data_offsets }] as const;
  });
  const header = JSON.stringify({
    __metadata__: Object.fromEntries(metadata),
    ...Object.fromEntries(entries),
  });
  const text = utf8(header);
  const padded = new Uint8Array((text.length + 7) & ~7).fill(0x20);
  padded.set(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, padded.length, true);
  return concat(length, padded, ...tensors.map(({ data }) => data));
}

/**
 * Reads a file; nothing is allocated by what its header claims.
 * @throws FatalError `adapter/bad-length` where bytes are missing or left over, `adapter/bad-header` where the header is none of ours,
 * `adapter/bad-tensor` where a shape and its place in the data do not agree
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  if (bytes.length < 8 || bytes.length > LONGEST_FILE)
    throw badLength(`has ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  if (view.getUint32(4, true) !== 0 || length > LONGEST_HEADER || length < 2)
    throw badHeader("claims a header longer than 16384 bytes, or none");
  if (8 + length > bytes.length) throw badLength("ends inside of its header");
  if (length % 8 !== 0) throw badHeader("has a header that is not aligned");
  const header = parseHeader(bytes.subarray(8, 8 + length));
  const data = bytes.subarray(8 + length);
  let at = 0;
  const tensors = header.entries.map(([name, { dtype, shape, ...rest }]) => {
    const [from, to] = rest.data_offsets;
    const size = shape.reduce((n, side) => n * side, SIZES[dtype]);
    if (from !== at)
      throw badTensor(`${name} begins at ${from} instead of ${at}`);
    if (from % SIZES[dtype] !== 0) throw badTensor(`${name} is not aligned`);
    if (to - from !== size)
      throw badTensor(`${name} has ${to - from} bytes for ${size}`);
    if (to > data.length)
      throw badLength(`ends inside of its tensor \`${name}\``);
    at = to;
    return { name, dtype, shape, data: data.subarray(from, to) };
  });
  if (at !== data.length)
    throw badLength(`has ${data.length - at} bytes behind its last tensor`);
  return { metadata: header.metadata, tensors };
}

function parseHeader(bytes: Uint8Array) {
  let text: string;
  let json: unknown;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    text = decoder.decode(bytes).replace(/ +$/, "");
    json = JSON.parse(text);
  } catch (cause) {
    throw badHeader("has a header that is not JSON", cause);
  }
  const metadata = new Map<string, string>();
  const entries: [string, z.infer<typeof entrySchema>][] = [];
  for (const [name, value] of membersOf(json)) {
    if (name === "__metadata__") {
      for (const [key, word] of membersOf(value)) {
        if (!NAME.test(key) || typeof word !== "string")
          throw badHeader("has metadata that is not text");
        metadata.set(key, word);
      }
      continue;
    }
    const entry = entrySchema.safeParse(value);
    if (!NAME.test(name) || !entry.success) {
      const shown = JSON.stringify(name.slice(0, 40));
      throw badHeader(`has a header with an unsound entry ${shown}`);
    }
    entries.push([name, entry.data]);
  }
  // JSON.parse keeps the last of two equal keys. Written anew, such a header differs, and so does one with odd numbers or spaces.
  if (JSON.stringify(json) !== text)
    throw badHeader("has a header with a key twice, or not in its short form");
  return { metadata, entries };
}

/** The members of an object; not by a schema, because schemas drop the key `__proto__` in silence. */
function membersOf(json: unknown): readonly (readonly [string, unknown])[] {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw badHeader("has a header that is no list of names");
  return Object.entries(json);
}

function badLength(problem: string): FatalError {
  return new FatalError("adapter/bad-length", sentence(problem));
}

function badHeader(problem: string, cause?: unknown): FatalError {
  const options = cause === undefined ? undefined : { cause };
  return new FatalError("adapter/bad-header", sentence(problem), options);
}

function badTensor(problem: string): FatalError {
  const text = sentence(`does not fit together: ${problem}`);
  return new FatalError("adapter/bad-tensor", text);
}

function sentence(problem: string): string {
  return `The adapter's file ${problem}; take the file that belongs to the recipe.`;
}
