import { resolve } from "node:path";

import { STEER_END } from "../../offchain/generator/work/steer.ts";
import { fromHex } from "../../offchain/kernel/bytes.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import type { Traits } from "../../offchain/kernel/traits.ts";
import { seedOf } from "../../offchain/loop/explore-works.ts";
import { parseWhole } from "./options.ts";

/** Where exploring begins: a minted work, the work of a digest, of a seed, or what was chosen before. */
export type Start =
  | { readonly kind: "token"; readonly token: bigint }
  | { readonly kind: "digest"; readonly digest: Uint8Array }
  | {
      readonly kind: "seed";
      readonly seed: Uint8Array;
      /** All the first ones where undefined. */
      readonly index: number | undefined;
    }
  | { readonly kind: "file"; readonly path: string };

/** The seed of a first look. */
const FIRST_LOOK = "first look";
const MOST_INDEX = 999_999;
const MOST_WORKS = 64;

/** `--work`: a token id, a digest, a file of chosen works, or any phrase as a seed, with `:index` behind it. */
export function parseStart(text = FIRST_LOOK): Start {
  const bad = (why: string): FatalError =>
    new FatalError(
      "options/bad-work",
      `\`${text}\` names no work: ${why}; give a token id, a digest of 32 bytes, SEED or SEED:INDEX, or a file.json of chosen works.`,
    );
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > 200) throw bad("it is no name");
  if (/^\d{7,20}$/.test(trimmed))
    return { kind: "token", token: BigInt(trimmed) };
  if (/^\d+$/.test(trimmed)) throw bad("token ids begin at 1000000");
  if (/^0x[0-9a-fA-F]{64}$/.test(trimmed))
    return { kind: "digest", digest: fromHex(trimmed) };
  if (/^0x[0-9a-fA-F]*$/.test(trimmed)) throw bad("a digest has 64 digits");
  if (trimmed.endsWith(".json"))
    return { kind: "file", path: resolve(trimmed) };
  const [, phrase = trimmed, index] = /^(.*):(\d{1,9})$/.exec(trimmed) ?? [];
  if (phrase === "") throw bad("it has no seed");
  if (index !== undefined && Number(index) > MOST_INDEX)
    throw bad(`works of a seed are counted from 0 to ${MOST_INDEX}`);
  return {
    kind: "seed",
    seed: seedOf(phrase),
    index: index === undefined ? undefined : Number(index),
  };
}

/** `--path`: at least two works, commas between them. */
export function parsePath(text: string): readonly Start[] {
  const parts = text.split(",").filter((part) => part.trim() !== "");
  if (parts.length < 2 || parts.length > MOST_WORKS) {
    throw new FatalError(
      "explore/short-path",
      `A path of ${parts.length} works is none; name 2 to ${MOST_WORKS}, commas between them.`,
    );
  }
  return parts.map((part) => {
    const start = parseStart(part);
    return start.kind === "seed" && start.index === undefined
      ? { ...start, index: 0 }
      : start;
  });
}

/** `--steer` and `--truncate`: dials with where they stand, for instance zoom=200,sun-lower=-450. */
export function parseTurned({
  steer,
  truncate,
}: {
  readonly steer: string | undefined;
  readonly truncate: string | undefined;
}): readonly (readonly [string, number])[] {
  const turned = pairs(
    steer,
    "options/bad-steer",
    "--steer zoom=200,hue=-450",
  ).map(([name, value]): readonly [string, number] => {
    const number = /^[+-]?\d{1,4}$/.test(value) ? Number(value) : NaN;
    if (Math.abs(number) <= STEER_END) return [name, number];
    throw new FatalError(
      "options/bad-steer",
      `\`${value}\` is no place of dial \`${name}\`; give a whole number from -${STEER_END} to ${STEER_END}.`,
    );
  });
  if (truncate === undefined) return turned;
  const what = { what: "truncation", low: 0, high: STEER_END };
  const code = "options/bad-truncation" as const;
  return [...turned, ["truncation", parseWhole(truncate, { ...what, code })]];
}

/** `--traits`: words instead of the work's own, for instance palette=fjord,frame=mat. */
export function parseTraitWords(text: string | undefined): Traits {
  return Object.fromEntries(
    pairs(text, "options/bad-traits", "--traits palette=fjord,frame=mat"),
  );
}

function pairs(
  text: string | undefined,
  code: "options/bad-steer" | "options/bad-traits",
  example: string,
): (readonly [string, string])[] {
  if (text === undefined) return [];
  const seen = new Set<string>();
  return text.split(",").map((part) => {
    const [, name, value] = /^\s*([^=]+?)\s*=\s*(.+?)\s*$/.exec(part) ?? [];
    if (name !== undefined && value !== undefined && !seen.has(name)) {
      seen.add(name);
      return [name, value] as const;
    }
    throw new FatalError(
      code,
      `\`${part}\` is no NAME=VALUE, or names one twice; give for instance ${example}.`,
    );
  });
}

/** `--dials`: names or words, commas between them. */
export function parseDials(
  text: string | undefined,
): readonly string[] | undefined {
  const dials = text?.split(",").map((part) => part.trim());
  if (dials?.every((dial) => dial !== "") ?? true) return dials;
  throw new FatalError(
    "options/bad-dials",
    `\`${text}\` is no list of dials; give names with commas between them.`,
  );
}

/** `--format`: whether the result moves. */
export function parseFormat(text = "png"): "png" | "apng" {
  if (text === "png" || text === "apng") return text;
  throw new FatalError(
    "options/bad-format",
    `\`${text}\` is no format; give png, or apng for what moves.`,
  );
}

/** A whole number that may be left out. */
export function parseSome(
  text: string | undefined,
  what: string,
  [low, high]: readonly [number, number],
): number | undefined {
  if (text === undefined) return undefined;
  return parseWhole(text, { what, low, high, code: "options/bad-number" });
}

/** The one thing that is asked for. */
export function parseKind(wanted: {
  readonly grid: boolean;
  readonly sliders: boolean;
  readonly path: string | undefined;
  readonly like: string | undefined;
  readonly chosen: string | undefined;
}): "grid" | "sliders" | "path" | "like" | "chosen" | undefined {
  const names = ["grid", "sliders", "path", "like", "chosen"] as const;
  const given = names.filter(
    (name) => wanted[name] !== undefined && wanted[name] !== false,
  );
  if (given.length < 2) return given[0];
  throw new FatalError(
    "options/too-much",
    `${given.map((name) => `--${name}`).join(" and ")} do not go together; give one of them.`,
  );
}
