import { mkdir, open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

import type { CarSink } from "../publishing/block-sink.ts";
import { createCarWriter, type CarOutput } from "../publishing/car-writer.ts";

/** Bytes gathered before they are written: room for the longest block. Two such buffers are all that an archive takes. */
const BUFFER_BYTES = 2_097_152;

/**
 * Opens an archive for writing. It grows under `<path>.partial` (what an earlier, interrupted try left there is overwritten)
 * and takes its name when it is finished, synced to the disk: a file under `path` is always whole.
 */
export async function createCarFile(path: string): Promise<CarSink> {
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true });
  const file = await open(partial, "w");
  const output = bufferedOutput(file);
  let closed = false;
  const close = async (): Promise<void> => {
    if (!closed) {
      closed = true;
      await file.close();
    }
  };
  try {
    const writer = await createCarWriter(output);
    return {
      put: (block) => writer.put(block),
      async finish(root) {
        await writer.finish(root);
        await file.sync();
        await close();
        await rename(partial, path);
        await syncDirectory(dirname(path));
      },
      async abort() {
        if (closed) return;
        await close();
        await rm(partial, { force: true });
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Gathers small appends; while one buffer is on its way to the disk, the other fills. */
function bufferedOutput(file: FileHandle): CarOutput {
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
  file: FileHandle,
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

/** A renaming survives a power cut only once its directory is on the disk. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
