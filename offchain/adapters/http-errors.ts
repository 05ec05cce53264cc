import type { z } from "zod";

import { FatalError, RetryableError } from "../kernel/errors.ts";

/** What a message may say of a place. */
export interface Shown {
  /** Its name, with nothing secret in it. */
  readonly name: string;
  /** Keys that the place knows: should it repeat one, nobody sees it. */
  readonly secrets?: readonly string[];
}

/** Most characters of what a place says that are repeated. */
const MOST_SAID = 160;

/** What is worth another try, and when at the earliest (ms), if the place says so. */
export interface Failure {
  readonly failed: RetryableError;
  readonly after?: number;
}

/**
 * What a status other than 2xx means.
 * @throws FatalError `pins/refused`, `pins/bad-answer` (a redirect) where no further try helps.
 */
export function failureOf(
  place: Shown,
  { status, headers }: Response,
  text: string,
): Failure {
  const said = excerpt(place, text);
  if (status === 408 || status === 429 || (status >= 500 && status !== 507)) {
    const after = retryAfter(headers.get("retry-after"));
    return {
      failed: new RetryableError(
        "pins/unreachable",
        `\`${place.name}\` answered ${status}${said}; try again later.`,
      ),
      ...(after === undefined ? {} : { after }),
    };
  }
  if (status < 400)
    throw badAnswer(place, `answered ${status}, sending elsewhere`);
  throw new FatalError(
    "pins/refused",
    `\`${place.name}\` refused with ${status}${said}; ${remedy(status)}.`,
  );
}

function remedy(status: number): string {
  if (status === 401 || status === 403)
    return "check its key, and what the key may do";
  if (status === 402 || status === 507 || status === 413)
    return "it has no room for this, make some or choose another place";
  return "check its address";
}

/** FatalError `pins/bad-answer`: what came is no answer of such a place. */
export function badAnswer(
  { name }: Shown,
  what: string,
  cause?: unknown,
): FatalError {
  return new FatalError(
    "pins/bad-answer",
    `\`${name}\` ${what}; check that its address is one of the right service.`,
    { cause },
  );
}

/**
 * What an answer says, by its schema.
 * @throws FatalError `pins/bad-answer` if it is no JSON, or other JSON.
 */
export function parseAnswer<Schema extends z.ZodType>(
  place: Shown,
  schema: Schema,
  text: string,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badAnswer(place, "answered something that is no JSON", cause);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw badAnswer(place, `answered other JSON than expected (\`${field}\`)`);
}

/** RetryableError `pins/unreachable` of a connection. Its cause is told by its code only: its text is somebody else's. */
export function unreachable(
  { name }: Shown,
  cause: unknown,
  received?: number,
): RetryableError {
  const inner = cause instanceof Error ? (cause.cause ?? cause) : undefined;
  const code =
    typeof inner === "object" && inner !== null && "code" in inner
      ? String(inner.code)
      : "";
  const why = /^[A-Z0-9_]+$/.test(code) ? `: ${code}` : "";
  const what =
    received === undefined
      ? "cannot be reached"
      : `cut the connection after ${received} bytes`;
  return new RetryableError(
    "pins/unreachable",
    `\`${name}\` ${what}${why}; check that it runs, and try again.`,
  );
}

/** RetryableError `pins/unreachable` of a place that says nothing any more. */
export function tooQuiet({ name }: Shown, quiet: number): RetryableError {
  return new RetryableError(
    "pins/unreachable",
    `\`${name}\` was silent for ${quiet} ms; try again later.`,
  );
}

/** What a place said, fit for one line: nothing of a page for browsers, no key of ours. */
export function excerpt({ secrets = [] }: Shown, text: string): string {
  let said = text;
  for (const secret of secrets)
    if (secret !== "") said = said.replaceAll(secret, "…");
  said = said.replace(/[^\x20-\x7e…]+/g, " ").trim();
  if (said === "" || said.startsWith("<")) return "";
  // A full stop would end our one sentence.
  return ` (${said.slice(0, MOST_SAID).replace(/[.\s]+$/, "")})`;
}

/** ms from now, of seconds or a date. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,6}$/.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
