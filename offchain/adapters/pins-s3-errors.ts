import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import {
  FatalError,
  RetryableError,
  type LoopError,
} from "../kernel/errors.ts";

/** How a bucket is asked again after a failure that may pass. */
export interface Patience {
  /** Requests in all. */
  readonly tries: number;
  /** Before the second one, ms; doubled before each further one. A Retry-After of up to a minute is obeyed. */
  readonly pause: number;
}

const failure = z.object({
  name: z.string().catch(""),
  $metadata: z
    .object({ httpStatusCode: z.number().optional() })
    .catch({ httpStatusCode: undefined }),
  $response: z
    .object({ headers: z.record(z.string(), z.string()) })
    .catch({ headers: {} }),
});

/** Codes that pass; a wrong digest too, since bytes may be damaged on their way, and a clock that the SDK has just corrected. */
const PASSING: ReadonlySet<string> = new Set([
  "BadDigest",
  "IncompleteBody",
  "InternalError",
  "OperationAborted",
  "RequestTimeTooSkewed",
  "RequestTimeout",
  "ServiceUnavailable",
  "SlowDown",
  "Throttling",
  "XAmzContentSHA256Mismatch",
]);

/** What to do about the refusals that have a remedy of their own. */
const REMEDIES: Readonly<Record<string, string>> = {
  AccessDenied: "give the key the right to read, write and list there",
  AuthorizationHeaderMalformed: "give its region with `?region=`",
  EntityTooLarge: "ask it for more room",
  InvalidAccessKeyId: "set S3_ACCESS_KEY_ID again",
  NoSuchBucket: "create the bucket, or correct its name",
  PermanentRedirect: "give its region with `?region=`",
  QuotaExceeded: "ask it for more room",
  RequestTimeTooSkewed: "set this machine's clock",
  SignatureDoesNotMatch: "set S3_SECRET_ACCESS_KEY again",
};

/** Longest wait for a bucket that is busy, ms. */
const MOST_PAUSE = 60_000;

/** The code that S3 gives a failure, and the status of the answer, if there was one. */
export function readFailure(error: unknown): {
  readonly code: string;
  readonly status: number | undefined;
  /** Milliseconds that the answer asks to wait; 0 if it does not. */
  readonly wait: number;
} {
  const read = failure.safeParse(error);
  if (!read.success) return { code: "", status: undefined, wait: 0 };
  const { name, $metadata, $response } = read.data;
  const seconds = Number($response.headers["retry-after"] ?? "0");
  const wait = Number.isFinite(seconds) ? 1_000 * seconds : 0;
  return { code: name, status: $metadata.httpStatusCode, wait };
}

/**
 * Sends a request until it is answered, at most `tries` times.
 * @throws RetryableError `pins/unreachable`, FatalError `pins/refused`, `pins/bad-answer`; what `keep` recognises as it came.
 */
export async function patiently<T>(
  target: string,
  work: () => Promise<T>,
  {
    patience: { tries, pause },
    signal,
    keep = () => false,
  }: {
    readonly patience: Patience;
    readonly signal?: AbortSignal | undefined;
    /** Failures that mean something to the caller, by code. */
    readonly keep?: (code: string, status: number | undefined) => boolean;
  },
): Promise<T> {
  for (let tried = 1; ; tried++) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      const { code, status, wait } = readFailure(error);
      if (keep(code, status)) throw error;
      if (tried === tries || wait > MOST_PAUSE || !passes(code, status))
        throw toPinError(target, code, status);
      const ms = Math.max(pause * 2 ** (tried - 1), wait);
      await sleep(ms, undefined, signal && { signal });
    }
  }
}

function passes(code: string, status: number | undefined): boolean {
  if (status === undefined || PASSING.has(code)) return true;
  return status === 429 || (status >= 500 && status !== 501 && status !== 507);
}

/** Only what cannot hold a secret is told: the status, and codes that are known here. The error itself is dropped. */
function toPinError(
  target: string,
  code: string,
  status: number | undefined,
): LoopError {
  const remedy = REMEDIES[code];
  if (remedy !== undefined)
    return new FatalError(
      "pins/refused",
      `\`${target}\` refuses (${code}); ${remedy}.`,
    );
  if (passes(code, status))
    return new RetryableError(
      "pins/unreachable",
      `\`${target}\` ${status === undefined ? "cannot be reached or does not answer in time" : `answers ${status} again and again`}; try again later.`,
    );
  if (status !== undefined && status >= 400)
    return new FatalError(
      "pins/refused",
      `\`${target}\` answers ${status}; check its address, its keys and what they allow.`,
    );
  return badAnswer(target, "answers something that S3 does not");
}

/** The error of an answer that is none. */
export function badAnswer(target: string, what: string): FatalError {
  return new FatalError(
    "pins/bad-answer",
    `\`${target}\` ${what}; check its address.`,
  );
}

/** Whether an object is not there, in a bucket that is. */
export function isMissing(code: string, status: number | undefined): boolean {
  return status === 404 && code !== "NoSuchBucket";
}
