import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { FatalError } from "../kernel/errors.ts";
import type { ArchiveFile, PinTarget } from "../loop/ports-pins.ts";
import { toFilesError } from "./files-errors.ts";

/** Most bytes read at once. */
const PIECE_BYTES = 1_048_576;

/**
 * A folder that keeps archives by root: another disk, a network share, what a web server gives out.
 * @param name as it was configured.
 */
export function createFolderTarget({
  name,
  folder,
}: {
  readonly name: string;
  readonly folder: string;
}): PinTarget {
  const placeOf = (root: string): string => join(folder, `${root}.car`);
  return {
    name,
    holds: (root) =>
      stat(placeOf(root)).then(
        (found) => found.isFile(),
        () => false,
      ),
    async put(archive, { onBytes, signal } = {}) {
      const place = placeOf(archive.root);
      const partial = `${place}.partial`;
      try {
        await mkdir(folder, { recursive: true });
        await copy(archive, partial, { onBytes, signal });
        await rename(partial, place);
        await syncFolder(folder);
      } catch (error) {
        await rm(partial, { force: true }).catch(() => undefined);
        signal?.throwIfAborted();
        throw toFilesError(place, error);
      }
    },
    async *read(root, signal) {
      const place = placeOf(root);
      if (!(await this.holds(root))) {
        throw new FatalError(
          "pins/not-held",
          `\`${name}\` has no archive of \`${root}\`; pin it there again.`,
        );
      }
      try {
        yield* createReadStream(place, {
          highWaterMark: PIECE_BYTES,
          signal,
        }) as AsyncIterable<Uint8Array>;
      } catch (error) {
        signal?.throwIfAborted();
        throw toFilesError(place, error);
      }
    },
  };
}

async function copy(
  archive: ArchiveFile,
  path: string,
  {
    onBytes,
    signal,
  }: {
    readonly onBytes: ((sent: number) => void) | undefined;
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  const file = await open(path, "w");
  try {
    let sent = 0;
    for await (const piece of archive.stream()) {
      signal?.throwIfAborted();
      await file.writeFile(piece);
      onBytes?.((sent += piece.length));
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A renaming survives a power cut only once its folder is on the disk. Windows cannot open folders and needs it not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
