import type { Precision } from "../../offchain/generator/adapter/adapter.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import { parseWhole } from "./options.ts";

const PRECISIONS: readonly Precision[] = ["int8", "f16", "f32"];

/** `--rank`: 8 when left out. */
export function parseRank(text = "8"): number {
  return parseWhole(text, {
    what: "rank",
    low: 1,
    high: 64,
    code: "options/bad-rank",
  });
}

/** `--steps`; the plan's own when left out. */
export function parseSteps(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return parseWhole(text, {
    what: "number of steps",
    low: 1,
    high: 1_000_000,
    code: "options/bad-steps",
  });
}

/** `--preview-every`: steps, 1000 when left out; 0 for none but the last. */
export function parsePreviewEvery(text = "1000"): number {
  return parseWhole(text, {
    what: "number of steps between previews",
    low: 0,
    high: 1_000_000,
    code: "options/bad-preview-every",
  });
}

/** `--precision`: int8 when left out. */
export function parsePrecision(text = "int8"): Precision {
  const found = PRECISIONS.find((name) => name === text);
  if (found !== undefined) return found;
  throw new FatalError(
    "options/bad-precision",
    `\`${text}\` is no precision of an adapter; give one of ${PRECISIONS.join(", ")}.`,
  );
}

/** `--name`: what stands before a token's number. */
export function parseName(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const name = text.trim();
  if (name.length >= 1 && name.length <= 80 && !/\p{C}/u.test(name))
    return name;
  throw new FatalError(
    "options/bad-name",
    "That is no name for works; give --name 1 to 80 characters on one line.",
  );
}
