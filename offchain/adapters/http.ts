import { setTimeout as sleep } from "node:timers/promises";

import { isLoopError, type LoopError } from "../kernel/errors.ts";
import {
  badAnswer,
  failureOf,
  tooQuiet,
  unreachable,
  type Failure,
  type Shown,
} from "./http-errors.ts";

/** How a place is talked to. */
export interface HttpOptions extends Shown {
  /** For tests. */
  readonly fetch?: typeof fetch | undefined;
  /** Tries of one request: after a failed connection, 408, 429 or 5xx. */
  readonly tries?: number;
  /** Before the second try, ms; each further pause is twice as long. */
  readonly pause?: number;
  /** Longest pause that a `Retry-After` is obeyed for, ms. */
  readonly longest?: number;
  /** Longest time without a byte sent or received, ms; also that of a whole answer which is not streamed. */
  readonly quiet?: number;
}

const DEFAULTS = { tries: 4, pause: 1_000, longest: 60_000, quiet: 60_000 };

/** One request. Redirects are not followed: the key is for this host. */
export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Made anew for each try; a stream is never in memory as a whole. */
  readonly body?: () => string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Bytes of a streamed body, where they are known; without them it is sent in chunks. */
  readonly length?: number;
  /** Answers other than 2xx that the caller of `send` takes as they are. */
  readonly takes?: (status: number, text: string) => boolean;
  /** What an answer other than 2xx means, where it is more than its status; it is thrown, and nothing is tried again. */
  readonly means?: (status: number, text: string) => LoopError | undefined;
  /** Most bytes of an answer that is not streamed (1 MiB). */
  readonly limit?: number;
  /** Another longest time without a byte, ms: where much is done before the answer. */
  readonly quiet?: number;
  /** One try only, because the caller goes on from where it was cut off. */
  readonly once?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A whole answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * A small client for places that keep archives.
 * Both methods throw RetryableError `pins/unreachable` (the connection, the time, 408, 429, 5xx: after some tries), FatalError
 * `pins/refused` (other statuses), `pins/bad-answer` (a redirect, too many bytes), and what the body or the signal throw.
 */
export interface Http {
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** The bytes of an answer as they come. What is cut off after the first of them is not tried again. */
  stream(request: HttpRequest): AsyncIterable<Uint8Array>;
}

/** Most bytes that are read of an answer which tells of a failure. */
const ERROR_LIMIT = 65_536;

const LIMIT = 1_048_576;

/** An answer whose bytes are still to come, unless they were wanted for a judgement. */
interface Opened {
  readonly response: Response;
  readonly watch: Watch;
  readonly text?: string;
}

/** A client of one place. */
export function createHttp(place: HttpOptions): Http {
  const { tries, pause, longest, quiet } = { ...DEFAULTS, ...place };
  const get = place.fetch ?? fetch;

  async function attempt<T>(
    request: HttpRequest,
    use: (opened: Opened) => Promise<T>,
  ): Promise<{ readonly value: T } | Failure> {
    const { signal, takes } = request;
    signal?.throwIfAborted();
    const watch = createWatch(request.quiet ?? quiet, signal);
    const body = watched(request.body?.(), watch);
    try {
      const response = await get(request.url, {
        method: request.method,
        headers: lengthOf(request),
        redirect: "manual",
        signal: watch.signal,
        ...body?.init,
      });
      if (response.ok) return { value: await use({ response, watch }) };
      const text = (await readText(response, ERROR_LIMIT)) ?? "";
      if (takes?.(response.status, text) === true)
        return { value: await use({ response, watch, text }) };
      watch.end();
      const meaning = request.means?.(response.status, text);
      if (meaning !== undefined) throw meaning;
      return failureOf(place, response, text);
    } catch (error) {
      watch.end();
      // What reading the body threw comes back wrapped.
      const ours = body?.failure() ?? error;
      if (isLoopError(ours)) throw ours;
      signal?.throwIfAborted();
      if (isRedirect(error)) throw badAnswer(place, "sends elsewhere");
      const failed = watch.late()
        ? tooQuiet(place, request.quiet ?? quiet)
        : unreachable(place, error);
      return { failed };
    }
  }

  async function tryAgain<T>(
    request: HttpRequest,
    use: (opened: Opened) => Promise<T>,
  ): Promise<T> {
    for (let done = 1; ; done++) {
      const outcome = await attempt(request, use);
      if ("value" in outcome) return outcome.value;
      const wait = outcome.after ?? pause * 2 ** (done - 1);
      if (request.once === true || done >= tries || wait > longest)
        throw outcome.failed;
      const { signal } = request;
      await sleep(wait, undefined, signal && { signal });
    }
  }

  return {
    send: (request) =>
      tryAgain(request, async ({ response, watch, text }) => {
        const limit = request.limit ?? LIMIT;
        const whole = text ?? (await readText(response, limit));
        watch.end();
        if (whole === undefined)
          throw badAnswer(place, `answered more than ${limit} bytes`);
        const { status, headers } = response;
        return { status, headers, text: whole };
      }),
    async *stream(request) {
      const { response, watch } = await tryAgain(request, async (it) => it);
      let bytes = 0;
      const iterator = bytesOf(response);
      try {
        for (;;) {
          // Only the waiting counts: whoever reads may take the time it needs.
          watch.touch();
          const next = await iterator.next().catch((error: unknown) => {
            request.signal?.throwIfAborted();
            throw unreachable(place, error, bytes);
          });
          watch.rest();
          if (next.done === true) return;
          bytes += next.value.length;
          yield next.value;
        }
      } finally {
        watch.end();
        await iterator.return(undefined).catch(() => undefined);
      }
    },
  };
}

function lengthOf({ headers, length }: HttpRequest): Record<string, string> {
  return {
    ...headers,
    ...(length === undefined ? {} : { "content-length": `${length}` }),
  };
}

/** Stops a request when it is silent for too long, or the caller says so. */
interface Watch {
  readonly signal: AbortSignal;
  readonly late: () => boolean;
  /** Something came or went; the time begins anew. */
  touch(): void;
  /** Nobody waits. */
  rest(): void;
  end(): void;
}

function createWatch(quiet: number, outer: AbortSignal | undefined): Watch {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  const rest = (): void => clearTimeout(timer);
  const touch = (): void => {
    rest();
    timer = setTimeout(() => {
      late = true;
      stop.abort();
    }, quiet);
  };
  const aborted = (): void => stop.abort();
  outer?.addEventListener("abort", aborted, { once: true });
  touch();
  return {
    signal: stop.signal,
    late: () => late,
    touch,
    rest,
    end() {
      rest();
      outer?.removeEventListener("abort", aborted);
    },
  };
}

type Body = NonNullable<RequestInit["body"]>;

/** A body whose every piece counts as a sign of life, and whose own failure is kept. */
function watched(
  body: string | Uint8Array | AsyncIterable<Uint8Array> | undefined,
  watch: Watch,
): { readonly init: RequestInit; readonly failure: () => unknown } | undefined {
  if (body === undefined) return undefined;
  if (typeof body === "string" || body instanceof Uint8Array)
    return { init: { body: body as Body }, failure: () => undefined };
  let failure: unknown;
  async function* pieces(
    from: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of from) {
        watch.touch();
        yield piece;
        watch.touch();
      }
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return {
    init: {
      body: ReadableStream.from(pieces(body)) as Body,
      duplex: "half",
      // Only a request that can be neither redirected nor authenticated by a window is sent as it is: any other one is cloned, and
      // the clone would hold every byte of the stream until the end.
      redirect: "error",
      window: null,
    },
    failure: () => failure,
  };
}

/** A streamed body cannot follow a redirect; `fetch` says so by this text alone. */
function isRedirect(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && cause.message === "unexpected redirect";
}

async function* bytesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  if (body !== null) yield* body as AsyncIterable<Uint8Array>;
}

/** Counts while it reads: a length that a server tells is only its word. Undefined if there are more bytes. */
async function readText(
  response: Response,
  limit: number,
): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytesOf(response)) {
    size += piece.length;
    if (size > limit) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
