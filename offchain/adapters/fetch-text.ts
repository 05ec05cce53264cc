import { setTimeout as sleep } from "node:timers/promises";

import {
  FatalError,
  RetryableError,
  type LoopError,
} from "../kernel/errors.ts";

/** How a page is fetched; every default is meant for a source that answers with a few kilobytes. */
export interface FetchOptions {
  /** For tests. */
  readonly fetch?: typeof fetch;
  /** Sent to the page's own host only, and never shown. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For one try from the first byte sent to the last byte read, ms. */
  readonly timeout?: number;
  /** Bytes of the answer, counted as they come. */
  readonly limit?: number;
  /** Before the one retry after a 429 or a 5xx, ms. */
  readonly pause?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Longest chain of redirects within one host. */
const MOST_REDIRECTS = 3;

const DEFAULTS = { timeout: 10_000, limit: 2 * 1024 * 1024, pause: 2_000 };

/**
 * Fetches a page as text: https (http only from 127.0.0.1), from that host and no other, within limits of time and size. What it says
 * of a failure names the source and its host; never the query or a header, which may hold a key.
 * @param source name for messages.
 * @throws RetryableError `market/unreachable`, `market/too-slow`, `market/unavailable` (429 or 5xx, twice); FatalError
 * `market/bad-url`, `market/bad-key`, `market/redirected`, `market/refused` (another status), `market/too-large`, `market/not-text`.
 */
export async function fetchText(
  source: string,
  url: string,
  options: FetchOptions = {},
): Promise<string> {
  const page = requireUrl(source, url);
  requireHeaders(source, options.headers ?? {});
  const { pause, signal } = { ...DEFAULTS, ...options };
  const first = await attempt(source, page, options);
  if (typeof first === "string") return first;
  await sleep(pause, undefined, signal && { signal });
  const second = await attempt(source, page, options);
  if (typeof second === "string") return second;
  throw new RetryableError(
    "market/unavailable",
    `Source \`${source}\` answered ${second.status} twice, ${pause} ms apart; ask it less often, or later.`,
  );
}

/** The text, or a status that is worth one retry. */
async function attempt(
  source: string,
  page: URL,
  options: FetchOptions,
): Promise<string | { readonly status: number }> {
  const { timeout, limit, signal } = { ...DEFAULTS, ...options };
  const late = AbortSignal.timeout(timeout);
  const either = signal === undefined ? late : AbortSignal.any([signal, late]);
  try {
    const answer = await follow(source, page, options, either);
    const { status, body } = answer;
    if (answer.ok) return await readText(source, answer, limit);
    await body?.cancel();
    if (status === 429 || status >= 500) return { status };
    throw new FatalError(
      "market/refused",
      `Source \`${source}\` (${page.host}) answered ${status}; check its name, and its key if it needs one.`,
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (late.aborted) throw tooSlow(source, page, timeout);
    throw isOurs(error) ? error : unreachable(source, page, error);
  }
}

async function follow(
  source: string,
  page: URL,
  { headers, fetch: get = fetch }: FetchOptions,
  signal: AbortSignal,
): Promise<Response> {
  let at = page;
  for (let redirects = 0; ; redirects++) {
    const answer = await get(at, {
      headers: { accept: "application/json, text/plain", ...headers },
      redirect: "manual",
      signal,
    });
    if (answer.status < 300 || answer.status > 399) return answer;
    await answer.body?.cancel();
    const next = URL.parse(answer.headers.get("location") ?? "", at.href);
    if (next?.origin !== page.origin || redirects === MOST_REDIRECTS) {
      throw new FatalError(
        "market/redirected",
        `Source \`${source}\` (${page.host}) sends to ${next?.host ?? "nowhere"}, which is not followed; correct its address.`,
      );
    }
    at = next;
  }
}

/** Counts while it reads: a length that a server tells is only its word. */
async function readText(
  source: string,
  { body }: Response,
  limit: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > limit) {
      throw new FatalError(
        "market/too-large",
        `Source \`${source}\` answered more than ${limit} bytes; ask it for less.`,
      );
    }
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(
      Buffer.concat(chunks),
    );
  } catch {
    throw new FatalError(
      "market/not-text",
      `Source \`${source}\` answered bytes that are no text; correct its address.`,
    );
  }
}

function requireUrl(source: string, text: string): URL {
  const url = URL.parse(text);
  const local = url?.protocol === "http:" && url.hostname === "127.0.0.1";
  const plain = url?.username === "" && url.password === "";
  if (url !== null && plain && (url.protocol === "https:" || local)) return url;
  // The address is not shown: whoever writes a key into it should not find it in a log.
  throw new FatalError(
    "market/bad-url",
    `The address of source \`${source}\` is no https address; give one without a user name (http only from 127.0.0.1).`,
  );
}

function requireHeaders(
  source: string,
  headers: Readonly<Record<string, string>>,
): void {
  if (Object.values(headers).every((value) => /^[\x21-\x7e]+$/.test(value)))
    return;
  throw new FatalError(
    "market/bad-key",
    `The key for source \`${source}\` is empty or holds characters that no key has; set it again (the value is not shown).`,
  );
}

function isOurs(error: unknown): error is LoopError {
  return error instanceof FatalError || error instanceof RetryableError;
}

function tooSlow(source: string, { host }: URL, timeout: number): LoopError {
  return new RetryableError(
    "market/too-slow",
    `Source \`${source}\` (${host}) did not answer within ${timeout} ms; try again later.`,
  );
}

/** The cause is told by its code only: its text is somebody else's. */
function unreachable(source: string, { host }: URL, cause: unknown): LoopError {
  const inner = cause instanceof Error ? (cause.cause ?? cause) : undefined;
  const code =
    typeof inner === "object" && "code" in inner ? String(inner.code) : "";
  return new RetryableError(
    "market/unreachable",
    `Source \`${source}\` (${host}) cannot be reached${/^[A-Z_]+$/.test(code) ? `: ${code}` : ""}; check the network and try again.`,
  );
}
