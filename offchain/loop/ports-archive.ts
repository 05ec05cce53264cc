import type { Hex } from "../kernel/bytes.ts";
import type { CarSink } from "../publishing/block-sink.ts";

/** A CAR whose blocks are checked against their CIDs as they are read. */
export interface OpenArchive {
  /** Digest of the root directory, as the chain stores it. */
  readonly root: Hex;
  /**
   * The bytes of a file below the root.
   * @throws FatalError `publishing/*` if a block is missing or is not what its CID says, `publishing/no-such-path` if nothing lies there.
   */
  read(path: string): Promise<Uint8Array>;
  /** The CID of a file or directory below the root. */
  cidOf(path: string): Promise<string>;
  close(): Promise<void>;
}

/** CAR files: written under a temporary name, read back by an independent reader, kept by root. */
export interface Archives {
  /** A new archive at `path`; it appears there when finished. */
  create(path: string): Promise<CarSink>;
  open(path: string): Promise<OpenArchive>;
  /**
   * Every file below the root with its CID, as another implementation than the writer's reads them.
   * @throws FatalError `archive/unreadable` if it cannot.
   */
  readBack(path: string): Promise<ReadonlyMap<string, string>>;
  /** Keeps the archive in the local store, where a later command finds it by its root. */
  keep(root: Hex, path: string): Promise<void>;
  /** The stored archive with this root, if there is one. */
  find(root: Hex): Promise<OpenArchive | undefined>;
}
