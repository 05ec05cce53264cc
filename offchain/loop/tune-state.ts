import { z } from "zod";

import { concat, toHex, utf8, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { canonicalBytes, type Json } from "../kernel/json.ts";
import type { Precision } from "../generator/adapter/adapter.ts";
import type { TuningPlan } from "../generator/tuning/plan.ts";

/** Everything that decides the bytes of a tuned recipe, beside the product itself. */
export interface TuneInputs {
  /** Root of the dataset. */
  readonly dataset: Hex;
  /** Sha-256 of the base's weights and of the kernels. */
  readonly base: Hex;
  readonly kernels: Hex;
  /** Names of the pictures that are learned. */
  readonly donors: readonly string[];
  readonly plan: TuningPlan;
  readonly precision: Precision;
  /** Name of the collection's recipe. */
  readonly name: string;
}

/** One point of the loss curve. */
export interface LossPoint {
  readonly step: number;
  /** Mean squared colour error since the last point, millionths. */
  readonly loss: number;
  /** Signal to noise at points that are never trained on, thousandths of a decibel; null where it was not measured yet. */
  readonly validation: number | null;
}

/** How a run ended. */
export interface TuneResult {
  readonly steps: number;
  /** Whether it stopped before the plan's steps, because nothing was gained any more. */
  readonly early: boolean;
  readonly history: readonly LossPoint[];
}

const point = z.strictObject({
  step: z.int().positive(),
  loss: z.int().nonnegative(),
  validation: z.int().nullable(),
});
const book = z.strictObject({
  version: z.literal(1),
  inputs: z.looseObject({}),
  result: z
    .strictObject({
      steps: z.int().nonnegative(),
      early: z.boolean(),
      history: z.array(point),
    })
    .nullable(),
});

/** The bytes of `tuning.json`: what a folder is being tuned from and, once it is done, how it went. */
export function tuningBookBytes(
  inputs: TuneInputs,
  result: TuneResult | null,
): Uint8Array {
  return canonicalBytes({ version: 1, inputs, result } as unknown as Json);
}

/**
 * Reads a `tuning.json` and holds it against the inputs of now.
 * @throws FatalError `tune/bad-book` if it is none; `tune/other-inputs` if it is of another run, naming the first difference.
 */
export function readTuningBook(
  bytes: Uint8Array,
  inputs: TuneInputs,
  folder: string,
): TuneResult | null {
  const found = book.safeParse(parse(bytes));
  if (!found.success)
    throw new FatalError(
      "tune/bad-book",
      `\`${folder}/tuning.json\` is no record of a tuning; choose another --out.`,
    );
  const there = found.data.inputs as Readonly<Record<string, Json>>;
  const now = inputs as unknown as Readonly<Record<string, Json>>;
  const different = firstDifference(there, now);
  if (different === undefined) return found.data.result;
  throw new FatalError(
    "tune/other-inputs",
    `\`${folder}\` holds a model that is tuned from something else (${different}); choose another --out, or remove that folder.`,
  );
}

function firstDifference(
  there: Readonly<Record<string, Json>>,
  now: Readonly<Record<string, Json>>,
): string | undefined {
  for (const key of Object.keys(now).sort()) {
    const [a, b] = [there[key] ?? null, now[key] ?? null];
    if (same(a, b)) continue;
    if (key === "plan" && isRecord(a) && isRecord(b))
      return firstDifference(a, b) ?? key;
    const short = (value: Json): string =>
      JSON.stringify(value).slice(0, 24).replaceAll('"', "");
    return typeof b === "object"
      ? key
      : `${key} is ${short(a)} there and ${short(b)} here`;
  }
  return undefined;
}

function same(a: Json, b: Json): boolean {
  return toHex(canonicalBytes(a)) === toHex(canonicalBytes(b));
}

function isRecord(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const head = z.strictObject({
  version: z.literal(1),
  /** Sha-256 of the tuner's own checkpoint, which follows. */
  checkpoint: z.string(),
  history: z.array(point),
});

/** A run between two of its slices: the tuner's checkpoint behind the curve so far, in one file so that they never part. */
export function partialBytes(
  history: readonly LossPoint[],
  checkpoint: Uint8Array,
): Uint8Array {
  const said = {
    version: 1,
    checkpoint: toHex(sha256(checkpoint)),
    history,
  } as unknown as Json;
  return concat(canonicalBytes(said), utf8("\n"), checkpoint);
}

/**
 * Reads {@link partialBytes}.
 * @throws FatalError `tune/bad-partial` if the file is damaged.
 */
export function readPartial(
  bytes: Uint8Array,
  path: string,
): {
  readonly history: readonly LossPoint[];
  readonly checkpoint: Uint8Array;
} {
  const end = bytes.indexOf(0x0a);
  const found = head.safeParse(parse(bytes.subarray(0, Math.max(0, end))));
  const checkpoint = bytes.slice(end + 1);
  if (
    end < 0 ||
    !found.success ||
    found.data.checkpoint !== toHex(sha256(checkpoint))
  )
    throw new FatalError(
      "tune/bad-partial",
      `\`${path}\` is damaged, so the tuning cannot go on from it; remove the file to begin again.`,
    );
  return { history: found.data.history, checkpoint };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
