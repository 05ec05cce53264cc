import { mkdir, open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

import type { CarSink } from "../publishing/block-sink.ts";
import { createCarWriter } from "../publishing/car-writer.ts";

/** Bytes gathered before they are written; the only memory an archive in progress takes. */
const BUFFER_BYTES = 4_194_304;

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

function bufferedOutput(file: FileHandle) {
  const buffer = new Uint8Array(BUFFER_BYTES);
  let filled = 0;
  const flush = async (): Promise<void> => {
    const length = filled;
    filled = 0;
    await writeAll(file, buffer.subarray(0, length), null);
  };
  return {
    async append(bytes: Uint8Array): Promise<void> {
      if (filled + bytes.length > BUFFER_BYTES) await flush();
      if (bytes.length > BUFFER_BYTES) return writeAll(file, bytes, null);
      buffer.set(bytes, filled);
      filled += bytes.length;
    },
    async patch(offset: number, bytes: Uint8Array): Promise<void> {
      await flush();
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
