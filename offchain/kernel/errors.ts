/** A stable, documented identifier of a failure: `area/kebab-problem`. Tests assert codes, never prose. */
export type ErrorCode = `${string}/${string}`;

/** Every error this project throws on purpose. The message is one sentence: the offending value, then the remedy. */
export class LoopError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The same call may succeed later (a node that is down, a busy file): adapters retry it, users may too. */
export class RetryableError extends LoopError {}

/** Nothing but other input or another state will help: never retried. */
export class FatalError extends LoopError {}

/** Narrows an unknown thrown value to ours, optionally with one code. */
export function isLoopError(
  error: unknown,
  code?: ErrorCode,
): error is LoopError {
  return (
    error instanceof LoopError && (code === undefined || error.code === code)
  );
}
