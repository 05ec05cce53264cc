/** An archive on this machine that is sent elsewhere. */
export interface ArchiveFile {
  /** CID of its root. */
  readonly root: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** CIDs of its blocks, in the order of the file. */
  readonly blocks: Iterable<string>;
  /** How many they are. */
  readonly count: number;
  /**
   * Its bytes, from an offset on, in pieces of at most 1 MiB; the file is never in memory as a whole. `brief`: a piece is good until
   * three more were asked for, because its memory is used again. That is for the body of a request: `fetch` asks for the next piece
   * when the last one has left the process, and a gigabyte of pieces would be as much garbage as the engine likes to keep.
   */
  stream(
    from?: number,
    to?: number,
    brief?: boolean,
  ): AsyncIterable<Uint8Array>;
}

/** How a sending tells what it does and learns that it shall stop. */
export interface PutOptions {
  /** Bytes sent so far; starts above zero where an earlier sending is gone on with. */
  readonly onBytes?: (sent: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * A place that keeps archives for others: an IPFS node, a pinning service, a bucket, a folder. None is believed: whatever one says
 * it holds is read back and hashed before anything rests on it.
 * Every method throws RetryableError `pins/unreachable` (down, too slow, 429 or 5xx, after some tries of its own), FatalError
 * `pins/refused` (the key is wrong, the account is full, ...), `pins/bad-answer` (an answer that is none). No message holds a secret.
 */
export interface PinTarget {
  /** As configured, with nothing secret: `kubo:http://127.0.0.1:5001`. */
  readonly name: string;
  /** Whether it says that it keeps everything below a root. */
  holds(root: string, signal?: AbortSignal): Promise<boolean>;
  /**
   * Sends an archive. Sending it again is harmless; where the place allows it, a sending that was cut off is gone on with.
   * @throws FatalError `pins/wrong-root` if the place says that it holds something else now.
   */
  put(archive: ArchiveFile, options?: PutOptions): Promise<void>;
  /**
   * What it gives for a root, as the bytes of a CAR: its blocks in any order, and more than asked for where a place keeps whole trees.
   * @param only the blocks that are wanted, where an archive is a small part of its tree: a place that can give single blocks
   * may leave the others out.
   * @throws FatalError `pins/not-held` if it has no such thing.
   */
  read(
    root: string,
    signal?: AbortSignal,
    only?: Iterable<string>,
  ): AsyncIterable<Uint8Array>;
}
