import { open } from "node:fs/promises";

import { FatalError } from "../kernel/errors.ts";
import type { ByteSource } from "../publishing/car-reader.ts";

/** An open archive. */
export interface CarSource extends ByteSource {
  /** Fills memory that is there already with the bytes from an offset on; the caller stays inside `size`. */
  fill(bytes: Uint8Array, offset: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens an archive for reading at any place.
 * @throws FatalError `publishing/car-unreadable` if there is no such file; while reading, if it has become shorter.
 */
export async function openCarSource(path: string): Promise<CarSource> {
  const unreadable = (cause?: unknown): FatalError =>
    new FatalError(
      "publishing/car-unreadable",
      `\`${path}\` cannot be read; give the path of a \`.car\` file.`,
      { cause },
    );
  const file = await open(path, "r").catch((cause: unknown) => {
    throw unreadable(cause);
  });
  const stats = await file.stat();
  if (!stats.isFile()) {
    await file.close();
    throw unreadable();
  }
  const fill = async (bytes: Uint8Array, offset: number): Promise<void> => {
    for (let done = 0; done < bytes.length;) {
      const { bytesRead } = await file.read(
        bytes,
        done,
        bytes.length - done,
        offset + done,
      );
      if (bytesRead === 0) throw unreadable();
      done += bytesRead;
    }
  };
  return {
    size: stats.size,
    fill,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      await fill(bytes, offset);
      return bytes;
    },
    close: () => file.close(),
  };
}
