import { RetryableError } from "../kernel/errors.ts";

/** How slow a stream may be. */
export interface Steadiness {
  /** Longest wait for its next bytes after the first ones, ms. */
  readonly idle?: number;
  /** Bytes a second that it must have brought on average, once the grace is over. */
  readonly rate?: number;
  /** ms. */
  readonly grace?: number;
}

const DEFAULTS = { idle: 30_000, rate: 16_384, grace: 60_000 };

/**
 * A stream that neither stalls nor drips. A source that is given up is told so and not waited for: it may hang.
 * @param name the place's, for messages.
 * @throws RetryableError `pins/unreachable`; the signal's reason; what the stream throws.
 */
export async function* steadily(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  steadiness: Steadiness = {},
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { idle, rate, grace } = { ...DEFAULTS, ...steadiness };
  const source = bytes[Symbol.asyncIterator]();
  let [received, waited] = [0, 0];
  try {
    // Until the first bytes the request itself is tried and waited for, by whoever makes it.
    const first = await within(name, source.next(), undefined, signal);
    if (first.done === true) return;
    yield first.value;
    for (;;) {
      const asked = performance.now();
      const { done, value } = await within(name, source.next(), idle, signal);
      if (done === true) return;
      // Time spent by whoever reads is not the source's.
      waited += performance.now() - asked;
      received += value.length;
      if (waited > grace && received < (rate * waited) / 1_000)
        throw tooSlow(name);
      yield value;
    }
  } finally {
    void Promise.resolve(source.return?.()).catch(() => undefined);
  }
}

async function within<T>(
  name: string,
  work: Promise<T>,
  ms: number | undefined,
  signal: AbortSignal | undefined,
): Promise<T> {
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      if (ms !== undefined) timer = setTimeout(() => reject(tooSlow(name)), ms);
      stop = () => reject(signal?.reason as Error);
      signal?.addEventListener("abort", stop, { once: true });
      work.then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    if (stop !== undefined) signal?.removeEventListener("abort", stop);
  }
}

function tooSlow(name: string): RetryableError {
  return new RetryableError(
    "pins/unreachable",
    `\`${name}\` stalls in the middle of an answer, or drips; try again later.`,
  );
}
