import type { ArchiveFile } from "../loop/ports-pins.ts";
import { indexCar } from "../publishing/car-reader.ts";
import { openCarSource } from "./car-source.ts";

/** Most bytes of one piece. */
const PIECE_BYTES = 1_048_576;

/** Bytes of a piece that is sent. */
const RING_BYTES = 524_288;

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

/** Pieces that are in memory at a time while an archive is sent. */
const RING = 4;

/**
 * An archive's bytes for the body of a request: a piece is good until three more were asked for, because its memory is used again.
 * `fetch` asks for the next one when the last one has left the process; without this a gigabyte is sent out of as much garbage as
 * the engine likes to keep.
 */
export async function* sendingPieces(
  path: string,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  const source = await openCarSource(path);
  const ring = Array.from({ length: RING }, () => new Uint8Array(RING_BYTES));
  try {
    for (let at = from, i = 0; at < to; at += RING_BYTES, i++) {
      const room = ring[i % RING] ?? new Uint8Array(RING_BYTES);
      const piece = room.subarray(0, Math.min(RING_BYTES, to - at));
      await source.fill(piece, at);
      yield piece;
    }
  } finally {
    await source.close();
  }
}
