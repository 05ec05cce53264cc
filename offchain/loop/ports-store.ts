import type { CID } from "multiformats/cid";

/** An archive of the local store. */
export interface StoredArchive {
  /** CID of its root. */
  readonly root: string;
  /** Bytes of the file. */
  readonly size: number;
}

/**
 * Every archive of the local store as one pool of blocks, found by their CIDs: an epoch's archive holds only what no earlier one does,
 * and whoever asks need not know which holds what. Archives that come, go or are mended while it is open are seen.
 */
export interface StoreBlocks {
  /** What the store keeps, by root. */
  list(): Promise<readonly StoredArchive[]>;
  /**
   * A block whose bytes hash to its CID.
   * @throws FatalError `publishing/missing-block` if no archive holds it; `publishing/cid-mismatch`, `publishing/car-unreadable` if
   * the one that does is damaged.
   */
  get(cid: CID): Promise<Uint8Array>;
  close(): Promise<void>;
}
