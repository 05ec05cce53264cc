import { FatalError, LoopError } from "../kernel/errors.ts";

const UNWRITABLE: ReadonlySet<string> = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOTDIR",
  "EISDIR",
  "EEXIST",
  "ENAMETOOLONG",
]);

/** What was tried: a missing folder is another mistake when writing than when reading. */
type Deed = "read" | "write";

/** A failure of the file system as one of ours; errors that are ours already pass. */
export function toFilesError(
  path: string,
  error: unknown,
  deed: Deed = "write",
): LoopError {
  if (error instanceof LoopError) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? "";
  const cause = { cause: error };
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new FatalError(
      "files/disk-full",
      `The disk is full: \`${path}\` could not be written; free some space and run the same command again.`,
      cause,
    );
  }
  if (UNWRITABLE.has(code) || (code === "ENOENT" && deed === "write")) {
    if (deed === "read") {
      return new FatalError(
        "files/unreadable",
        `\`${path}\` cannot be read (${code}); check the path and its permissions.`,
        cause,
      );
    }
    return new FatalError(
      "files/unwritable",
      `\`${path}\` cannot be written (${code}); make its folder writable or choose another one.`,
      cause,
    );
  }
  if (code === "ENOENT") {
    return new FatalError(
      "files/missing",
      `\`${path}\` does not exist; check the path.`,
      cause,
    );
  }
  return new FatalError(
    "files/broken",
    `\`${path}\` could not be read or written (${code === "" ? String(error) : code}); check the disk.`,
    cause,
  );
}
