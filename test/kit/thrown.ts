import { isLoopError, type LoopError } from "../../offchain/kernel/errors.ts";

/** The project's error that a call throws; fails the test if it throws nothing, or something that is not ours. */
export function thrownBy(call: () => unknown): LoopError {
  try {
    call();
  } catch (error) {
    if (isLoopError(error)) return error;
    throw error;
  }
  throw new Error("the call was expected to throw");
}
