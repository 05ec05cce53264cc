import { open } from "node:fs/promises";

import { FatalError } from "../kernel/errors.ts";
import type { ByteSource } from "../publishing/car-reader.ts";

/** An open archive. */
export interface CarSource extends ByteSource {
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
  return {
    size: stats.size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await file.read(
          bytes,
          done,
          length - done,
          offset + done,
        );
        if (bytesRead === 0) throw unreadable();
        done += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}
