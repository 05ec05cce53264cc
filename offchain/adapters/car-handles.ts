import { openCarSource, type CarSource } from "./car-source.ts";

/** Archives that stay open while nobody reads from them; the one used longest ago is closed for another. */
const IDLE = 8;

/** Archives that many read from at once. */
export interface CarHandles {
  /** Runs `work` on an open archive, which stays open until it has settled; after a failure the file is opened anew. */
  use<T>(path: string, work: (source: CarSource) => Promise<T>): Promise<T>;
  /** Closes each archive once nobody reads from it. */
  close(): Promise<void>;
}

interface Handle {
  readonly source: Promise<CarSource>;
  users: number;
  dropped: boolean;
}

/** Opening a file costs as much as reading a small block, so that it is done once for many. */
export function createCarHandles(): CarHandles {
  const kept = new Map<string, Handle>();

  const shutIfIdle = async ({
    source,
    users,
    dropped,
  }: Handle): Promise<void> => {
    if (!dropped || users > 0) return;
    await source.then(
      (file) => file.close(),
      () => undefined,
    );
  };
  const drop = async (path: string, handle: Handle): Promise<void> => {
    if (kept.get(path) === handle) kept.delete(path);
    if (handle.dropped) return;
    handle.dropped = true;
    await shutIfIdle(handle);
  };

  return {
    async use(path, work) {
      const handle = kept.get(path) ?? {
        source: openCarSource(path),
        users: 0,
        dropped: false,
      };
      handle.users += 1;
      // A map lists its keys by age: to use one again is to insert it anew.
      kept.delete(path);
      kept.set(path, handle);
      for (const [oldest, unused] of kept) {
        if (kept.size <= IDLE) break;
        await drop(oldest, unused);
      }
      try {
        return await work(await handle.source);
      } catch (error) {
        await drop(path, handle);
        throw error;
      } finally {
        handle.users -= 1;
        await shutIfIdle(handle);
      }
    },
    async close() {
      for (const [path, handle] of kept) await drop(path, handle);
    },
  };
}
