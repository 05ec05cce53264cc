/** Stops a request when it is silent for too long, or the caller says so. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly late: () => boolean;
  /** Something came or went; the time begins anew. */
  touch(): void;
  /** Nobody waits. */
  rest(): void;
  end(): void;
}

/** Starts the time of one try. */
export function createWatch(
  quiet: number,
  outer: AbortSignal | undefined,
): Watch {
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
export function watched(
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
