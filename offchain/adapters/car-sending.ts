import type { ArchiveFile } from "../loop/ports-pins.ts";
import { indexCar } from "../publishing/car-reader.ts";
import { openCarSource } from "./car-source.ts";

/** Most bytes of one piece. */
const PIECE_BYTES = 1_048_576;

/**
 * An archive that is sent elsewhere: its table of contents is in memory, its bytes come from the disk while they are asked for.
 * @throws FatalError `publishing/car-*`, `publishing/bad-cid` if it is no archive.
 */
export async function archiveFile(path: string): Promise<ArchiveFile> {
  const source = await openCarSource(path);
  try {
    const { root, blocks } = await indexCar(source);
    return {
      root: root.toString(),
      path,
      size: source.size,
      count: blocks.size,
      blocks: { [Symbol.iterator]: () => blocks.keys() },
      stream: (from = 0, to = source.size) => pieces(path, from, to),
    };
  } finally {
    await source.close();
  }
}

async function* pieces(
  path: string,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  const source = await openCarSource(path);
  try {
    for (let at = from; at < to; at += PIECE_BYTES)
      yield await source.read(at, Math.min(PIECE_BYTES, to - at));
  } finally {
    await source.close();
  }
}
