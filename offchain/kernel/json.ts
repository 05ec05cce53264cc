import { utf8 } from "./bytes.ts";
import { FatalError } from "./errors.ts";

/** What canonical JSON may hold: no fractions, no undefined, so that each value has exactly one text. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * The one text of a value: keys sorted by UTF-16 code unit, no spaces, safe integers only (RFC 8785 restricted to integers).
 * @throws FatalError `kernel/bad-json` on a fraction, a lone surrogate, undefined, or anything that is not JSON.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    if (!value.isWellFormed())
      throw new FatalError(
        "kernel/bad-json",
        "A string holds half a surrogate pair; give valid Unicode.",
      );
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value))
      throw new FatalError(
        "kernel/bad-json",
        `\`${value}\` is not a safe integer; scale it first.`,
      );
    return String(value === 0 ? 0 : value);
  }
  if (Array.isArray(value))
    return `[${value.map((item: Json) => canonicalJson(item)).join(",")}]`;
  if (typeof value === "object") {
    const record = value as { readonly [key: string]: Json };
    const keys = Object.keys(record).sort((a, b) =>
      a < b ? -1 : a > b ? 1 : 0,
    );
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key] as Json)}`).join(",")}}`;
  }
  throw new FatalError(
    "kernel/bad-json",
    `A ${typeof value} cannot be written as JSON; leave the field out.`,
  );
}

/** UTF-8 bytes of {@link canonicalJson}. */
export function canonicalBytes(value: Json): Uint8Array {
  return utf8(canonicalJson(value));
}
