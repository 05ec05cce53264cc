import { LoopError, type ErrorCode } from "../kernel/errors.ts";

/** Why one file is not in a dataset. */
export interface Refusal {
  readonly file: string;
  readonly code: ErrorCode;
  /** One sentence that names the file and says what would help. */
  readonly sentence: string;
}

/** The refusal that an error of ours means for a file; what is not ours is thrown on. */
export function refusalOf(file: string, error: unknown): Refusal {
  if (!(error instanceof LoopError)) throw error;
  return { file, code: error.code, sentence: error.message };
}
