import type { ArchiveFile } from "../loop/ports-pins.ts";
import { indexCar } from "../publishing/car-reader.ts";
import { openCarSource } from "./car-source.ts";

/** Most bytes of one piece. */
const PIECE_BYTES = 524_288;

/** Pieces in memory at a time where their memory is used again. */
const RING = 4;

/**
 * An archive that is sent elsewhere: its table of contents is in memory, its bytes come from the disk while they are asked for.
 * @throws FatalError `publishing/car-*`, `publishing/bad-cid` if it is no archive.
 */
export async function archiveFile(path: string): Promise<ArchiveFile> {
  const source = await openCarSource(path);
  try {
    const { root, blocks } = await indexCar(source);
    const pool: Uint8Array[] = [];
    return {
      root: root.toString(),
      path,
      size: source.size,
      count: blocks.size,
      blocks: { [Symbol.iterator]: () => blocks.keys() },
      stream: (from = 0, to = source.size, brief = false) =>
        pieces(path, from, to, brief ? pool : undefined),
    };
  } finally {
    await source.close();
  }
}

/** @param pool memory that is used again; left out, each piece has its own. */
async function* pieces(
  path: string,
  from: number,
  to: number,
  pool: Uint8Array[] | undefined,
): AsyncGenerator<Uint8Array> {
  const source = await openCarSource(path);
  const ring: Uint8Array[] = [];
  try {
    for (let at = from, i = 0; at < to; at += PIECE_BYTES, i++) {
      const free = pool && (ring[i % RING] ?? pool.pop());
      const room = free ?? new Uint8Array(PIECE_BYTES);
      if (pool !== undefined) ring[i % RING] = room;
      const piece = room.subarray(0, Math.min(PIECE_BYTES, to - at));
      await source.fill(piece, at);
      yield piece;
    }
    // Only of a stream that was read to its end is nothing on its way any more.
    pool?.push(...ring);
  } finally {
    await source.close();
  }
}
