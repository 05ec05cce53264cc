import { expect } from "chai";

import { LoopError, type ErrorCode } from "../../offchain/kernel/errors.ts";

/** Asserts that the work fails with a LoopError of this code and one sentence; returns it. */
export async function expectCode(
  work: Promise<unknown> | (() => unknown),
  code: ErrorCode,
): Promise<LoopError> {
  let thrown: unknown;
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    thrown = error;
  }
  expect(thrown, "nothing was thrown").to.be.instanceOf(LoopError);
  const error = thrown as LoopError;
  expect(error.code, error.message).to.equal(code);
  expect(error.message).to.match(/^[^\n]+\.$/);
  return error;
}
