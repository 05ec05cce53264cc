/**
 * Files of a batch. A file is there whole or not at all, whenever the process dies.
 * Errors of every method: FatalError `files/disk-full`, `files/unwritable`, `files/unreadable`, `files/missing`, `files/broken`,
 * one sentence each.
 */
export interface Artefacts {
  /** Makes the folder, proves that a file can be written into it before anything costly begins, and sweeps it, not what is below. */
  prepare(folder: string): Promise<void>;
  /** Writes a whole file: temporary name, sync, rename, sync of the folder. An existing file is replaced in one step. */
  write(path: string, content: Uint8Array | string): Promise<void>;
  /** The same for content that does not fit memory; returns the number of bytes. */
  writeStream(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number>;
  read(path: string): Promise<Uint8Array>;
  exists(path: string): Promise<boolean>;
  /** Removes a file of ours that has done its part; nothing if it is not there. */
  remove(path: string): Promise<void>;
  /** Removes what a killed writer left in the folder and below: its temporary files, never anything else. */
  sweep(folder: string): Promise<number>;
  /**
   * Renames `path` out of the way to `path.<time>` (`time` as YYYYMMDDTHHMMSSZ; a count is added if that is taken too).
   * Returns the new path, or undefined if there was nothing to move. Nothing is ever overwritten.
   */
  moveAside(path: string, time: Date): Promise<string | undefined>;
}
