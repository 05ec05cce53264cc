import { FatalError, type ErrorCode } from "../../kernel/errors.ts";
import { LARGEST, parseDecimal } from "../decimal.ts";
import { excerpt } from "../excerpt.ts";

/** Longest answer that is parsed, UTF-16 units: forty days take a few kilobytes. */
const MAX_ANSWER = 1024 * 1024;

/** Milliseconds and seconds up to here are read as times: the end of 2199. */
const LAST_SECOND = 7_258_118_399;

/**
 * Reads one answer of a service, of which nothing is trusted. These few guards stand where zod stands elsewhere: zod/mini alone is
 * 17 KB of the 30 KB that a Functions script may have.
 */
export interface Answer {
  /** The body: text is parsed as JSON, a value is taken as JSON that was parsed. */
  readonly body: unknown;
  record(value: unknown, what: string): ReadonlyMap<string, unknown>;
  /** Of `least` to `most` members. */
  list(
    value: unknown,
    what: string,
    bounds: { readonly least: number; readonly most: number },
  ): readonly unknown[];
  /**
   * A number from 0 to 10^24, 18 decimals. A JSON number goes through its shortest text, which names the double exactly and is the same
   * in every engine; a text is read as it stands, so that no digit is lost.
   */
  amount(value: unknown, what: string): bigint;
  /** An amount above zero. */
  price(value: unknown, what: string): bigint;
  /** A whole number of seconds (or of the given parts of a second), up to 2199; a number or its digits. */
  time(value: unknown, what: string, parts?: number): number;
  /** The error that says why nothing of the source is used. */
  readonly refuse: (code: ErrorCode, why: string) => FatalError;
}

/** @throws FatalError `market/not-json`, `market/too-large`; its readers `market/unexpected-shape`, `market/bad-number`, ... */
export function readAnswer(source: string, text: unknown): Answer {
  const refuse = (code: ErrorCode, why: string): FatalError =>
    new FatalError(
      code,
      `Source \`${source}\` ${why}; leave it out until it is mended.`,
    );
  const shape = (value: unknown, what: string, wanted: string): FatalError =>
    refuse(
      "market/unexpected-shape",
      `tells ${describe(value)} as ${what}, not ${wanted}`,
    );
  const amount = (value: unknown, what: string): bigint => {
    const number =
      typeof value === "number" || typeof value === "string"
        ? parseDecimal(String(value))
        : undefined;
    if (number === undefined || number > LARGEST)
      throw refuse(
        "market/bad-number",
        `tells ${describe(value)} as ${what}, no number up to 10^24`,
      );
    if (number >= 0n) return number;
    throw refuse(
      "market/negative-number",
      `tells ${describe(value)} as ${what}, below zero`,
    );
  };
  return {
    body: typeof text === "string" ? parseJson(text, refuse) : text,
    refuse,
    amount,
    record(value, what) {
      if (typeof value !== "object" || value === null || Array.isArray(value))
        throw shape(value, what, "an object");
      return new Map(Object.entries(value));
    },
    list(value, what, { least, most }) {
      if (!Array.isArray(value)) throw shape(value, what, "a list");
      if (value.length < least || value.length > most)
        throw refuse(
          "market/unexpected-shape",
          `tells ${value.length} members as ${what}, not ${least} to ${most}`,
        );
      return value as readonly unknown[];
    },
    price(value, what) {
      const price = amount(value, what);
      if (price > 0n) return price;
      throw refuse("market/zero-price", `tells ${describe(value)} as ${what}`);
    },
    time(value, what, parts = 1) {
      const time =
        typeof value === "string" && /^\d{1,13}$/.test(value)
          ? Number(value)
          : value;
      if (
        typeof time === "number" &&
        Number.isInteger(time) &&
        time >= 0 &&
        time <= LAST_SECOND * parts
      )
        return time;
      throw refuse(
        "market/bad-date",
        `tells ${describe(value)} as ${what}, no time up to 2199`,
      );
    },
  };
}

function parseJson(
  text: string,
  refuse: (code: ErrorCode, why: string) => FatalError,
): unknown {
  if (text.length > MAX_ANSWER)
    throw refuse(
      "market/too-large",
      `answers ${text.length} characters, above ${MAX_ANSWER}`,
    );
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Whatever it is (a page that asks for a login, half an answer): its beginning tells, its whole is somebody else's text.
    throw refuse(
      "market/not-json",
      `answers \`${excerpt(text)}\`, which is no JSON`,
    );
  }
}

/** A value in a few words; a nested one is never written out, since its depth is the sender's choice. */
function describe(value: unknown): string {
  if (typeof value === "string") return `\`${excerpt(value)}\``;
  if (typeof value === "number") return `\`${value}\``;
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null
    ? "an object"
    : `\`${value === null || typeof value === "boolean" ? String(value) : typeof value}\``;
}
