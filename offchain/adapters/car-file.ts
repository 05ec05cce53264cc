import * as nodeFs from "node:fs/promises";
import { basename, dirname } from "node:path";

import { noPoint, type Point } from "../loop/journal.ts";
import type { CarSink } from "../publishing/block-sink.ts";
import { createCarWriter, type CarOutput } from "../publishing/car-writer.ts";
import { toFilesError } from "./files-errors.ts";

/** The part of node:fs/promises in use, so that a test can put a full disk in its place. */
export type CarFileSystem = Pick<
  typeof nodeFs,
  "mkdir" | "open" | "rename" | "rm"
>;

/** Bytes gathered before they are written: room for the longest block. Two such buffers are all that an archive takes. */
const BUFFER_BYTES = 2_097_152;

/**
 * Opens an archive for writing. It grows under `<path>.partial` (what an earlier, interrupted try left there is overwritten)
 * and takes its name when it is finished, synced to the disk: a file under `path` is always whole.
 * @throws FatalError `files/*`, here and from every method.
 */
export async function createCarFile(
  path: string,
  {
    fs = nodeFs,
    point = noPoint,
  }: { readonly fs?: CarFileSystem; readonly point?: Point } = {},
): Promise<CarSink> {
  const partial = `${path}.partial`;
  const fail = (error: unknown): never => {
    throw toFilesError(path, error);
  };
  await fs.mkdir(dirname(path), { recursive: true }).catch(fail);
  const file = await fs.open(partial, "w").catch(fail);
  let state: "growing" | "closed" | "finished" = "growing";

  async function close(): Promise<void> {
    if (state !== "growing") return;
    state = "closed";
    await file.close();
  }

  async function abort(): Promise<void> {
    if (state === "finished") return;
    // The failure that led here is the one to tell.
    await close().catch(() => undefined);
    await fs.rm(partial, { force: true }).catch(() => undefined);
  }

  async function finish(): Promise<void> {
    await file.sync();
    await close();
    point(`file/${basename(path)}/synced`);
    await fs.rename(partial, path);
    state = "finished";
    point(`file/${basename(path)}/renamed`);
    await syncFolder(fs, dirname(path));
  }

  const writer = await createCarWriter(bufferedOutput(file)).catch(
    async (error: unknown) => {
      await abort();
      return fail(error);
    },
  );
  return {
    put: (block) => writer.put(block)?.catch(fail),
    finish: (root) => writer.finish(root).then(finish).catch(fail),
    abort,
  };
}

/** Gathers small appends; while one buffer is on its way to the disk, the other fills. */
function bufferedOutput(file: nodeFs.FileHandle): CarOutput {
  let filling = new Uint8Array(BUFFER_BYTES);
  let spare = new Uint8Array(BUFFER_BYTES);
  let filled = 0;
  let writing: Promise<void> = Promise.resolve();

  function fill(bytes: Uint8Array): void {
    filling.set(bytes, filled);
    filled += bytes.length;
  }

  async function turnOver(): Promise<void> {
    await writing;
    const full = filling.subarray(0, filled);
    [filling, spare] = [spare, filling];
    filled = 0;
    writing = writeAll(file, full, null);
    // The next turn, or the patch, meets the failure; until then it must not count as unhandled.
    writing.catch(() => undefined);
  }

  return {
    append(bytes) {
      if (filled + bytes.length <= BUFFER_BYTES) return fill(bytes);
      return turnOver().then(async () => {
        if (bytes.length <= BUFFER_BYTES) return fill(bytes);
        await writing;
        await writeAll(file, bytes, null);
      });
    },
    async patch(offset, bytes) {
      await turnOver();
      await writing;
      await writeAll(file, bytes, offset);
    },
  };
}

/** Writes every byte: one call may write fewer (a full disk shows itself on the next). */
async function writeAll(
  file: nodeFs.FileHandle,
  bytes: Uint8Array,
  position: number | null,
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(
      bytes,
      done,
      bytes.length - done,
      position === null ? null : position + done,
    );
    done += bytesWritten;
  }
}

/** A renaming survives a power cut only once its folder is on the disk. Windows cannot open folders and needs it not. */
async function syncFolder(fs: CarFileSystem, folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await fs.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
