import type { Hex } from "../kernel/bytes.ts";
import type { CarSink } from "../publishing/block-sink.ts";
import type { Link } from "../publishing/unixfs-file.ts";
import type { ArchiveFile } from "./ports-pins.ts";

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

/**
 * Several archives read as one: an epoch's own holds only what no earlier one does. Every block is checked against its CID as it is
 * read, so it matters to nobody which archive it came from. They are opened when something of theirs is read, not before.
 * Errors as of {@link OpenArchive}.
 */
export interface Layers {
  /** Whether one of them holds the block. */
  holds(cid: string): boolean;
  /** The bytes of a file below a root. */
  read(root: Hex, path: string): Promise<Uint8Array>;
  cidOf(root: Hex, path: string): Promise<string>;
  /** What a directory below a root holds, by name; nothing deeper is read. */
  list(root: Hex, path: string): Promise<ReadonlyMap<string, Link>>;
  close(): Promise<void>;
}

/** Which archives: those of the store with these roots (others are passed over), and those at these paths. */
export interface LayerChoice {
  readonly roots: readonly Hex[];
  readonly paths?: readonly string[];
}

/** CAR files: written under a temporary name, read back by an independent reader, kept by root. */
export interface Archives {
  /** A new archive at `path`; it appears there when finished. */
  create(path: string): Promise<CarSink>;
  open(path: string): Promise<OpenArchive>;
  /** An archive as it is sent elsewhere. */
  file(path: string): Promise<ArchiveFile>;
  /**
   * Every file below the root with its CID, as another implementation than the writer's reads them.
   * @throws FatalError `archive/unreadable` if it cannot.
   */
  readBack(path: string): Promise<ReadonlyMap<string, string>>;
  /**
   * The same for an archive that holds only the new part of its tree: every block of it hashed, by another implementation listed,
   * and the whole tree walked from its root through the archives of the store with these roots. Returns how many blocks it has.
   * @throws FatalError `archive/unreadable`; `publishing/missing-block` if a block is in none of them, `publishing/car-stray-block`.
   */
  readBackPart(path: string, roots: readonly Hex[]): Promise<number>;
  layers(choice: LayerChoice): Promise<Layers>;
  /** Keeps the archive in the local store, where a later command finds it by its root. */
  keep(root: Hex, path: string): Promise<void>;
  /** The stored archive with this root, if there is one. */
  find(root: Hex): Promise<OpenArchive | undefined>;
}
