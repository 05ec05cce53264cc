import { z } from "zod";

import { concat, toHex, type Hex } from "../../kernel/bytes.ts";
import { sha256 } from "../../kernel/digest.ts";
import { FatalError } from "../../kernel/errors.ts";
import { canonicalBytes, canonicalJson } from "../../kernel/json.ts";
import { fromFloats, toSingles } from "../adapter/values.ts";

import type { TuningPicture, TuningPlan } from "./plan.ts";
import type { TuningState } from "./tuner.ts";

/** What makes a run the run that it is. */
export type RunIdentity = {
  readonly base: Hex;
  readonly dataset: Hex;
  readonly pictures: readonly TuningPicture[];
  readonly plan: TuningPlan;
};

const LISTS = ["values", "first", "second"] as const;
const LONGEST_HEADER = 65_536;
const count = z.int().min(0).max(1_000_000_000_000);
const headerSchema = z.strictObject({
  version: z.literal(1),
  run: z.strictObject({
    base: z.string(),
    dataset: z.string(),
    pictures: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
    plan: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  step: count,
  skipped: count,
  last: count,
  best: count,
  stale: count,
  size: count,
  sha256: z.string(),
});

/** Writes a checkpoint: header length (u32 LE), header (canonical JSON), then values and both moments (f32 LE). */
export function encodeTuningCheckpoint(
  run: RunIdentity,
  { values, first, second, ...counts }: TuningState,
): Uint8Array {
  const lists = { values, first, second };
  const body = concat(...LISTS.map((list) => toSingles(lists[list])));
  const header = canonicalBytes({
    version: 1,
    run: identify(run),
    ...counts,
    size: values.length,
    sha256: toHex(sha256(body)),
  });
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length, true);
  return concat(length, header, body);
}

/**
 * Reads a checkpoint of this very run.
 * @throws FatalError `tuning/bad-checkpoint` if the bytes are cut short, changed or no checkpoint; `tuning/other-run` if they are of
 * another base, dataset, list of pictures or plan
 */
export function decodeTuningCheckpoint(
  run: RunIdentity,
  bytes: Uint8Array,
): TuningState {
  const { header, body } = split(bytes);
  const wanted = identify(run);
  for (const what of ["base", "dataset", "pictures", "plan"] as const) {
    const found = canonicalJson(header.run[what]);
    if (found === canonicalJson(wanted[what])) continue;
    const message = `The checkpoint is of a run with another ${what}; tune with what it began with, or delete it to begin anew.`;
    throw new FatalError("tuning/other-run", message);
  }
  const { size, step, skipped, last, best, stale } = header;
  const damaged = toHex(sha256(body)) !== header.sha256;
  if (body.length !== LISTS.length * size * 4 || damaged) throw bad();
  const list = (i: number): Float32Array =>
    fromFloats(body.subarray(i * size * 4, (i + 1) * size * 4), 4);
  const lists = { values: list(0), first: list(1), second: list(2) };
  return { step, skipped, last, best, stale, ...lists };
}

function split(bytes: Uint8Array) {
  if (bytes.length < 4) throw bad();
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(
    0,
    true,
  );
  if (length > LONGEST_HEADER || 4 + length > bytes.length) throw bad();
  let json: unknown;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    json = JSON.parse(decoder.decode(bytes.subarray(4, 4 + length)));
  } catch (cause) {
    throw bad(cause);
  }
  const header = headerSchema.safeParse(json);
  if (!header.success) throw bad();
  return { header: header.data, body: bytes.subarray(4 + length) };
}

function identify({ base, dataset, pictures, plan }: RunIdentity) {
  const hashed = pictures.map(({ name, rgb }) => ({
    name,
    sha256: toHex(sha256(rgb)),
  }));
  return { base, dataset, pictures: hashed, plan: { ...plan } };
}

function bad(cause?: unknown): FatalError {
  const message =
    "The checkpoint of the tuning run cannot be read; delete it to begin anew.";
  const options = cause === undefined ? undefined : { cause };
  return new FatalError("tuning/bad-checkpoint", message, options);
}
