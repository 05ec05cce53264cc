import * as dagPb from "@ipld/dag-pb";
import type { UnixFS } from "ipfs-unixfs";
import type { CID } from "multiformats/cid";

import type { BlockSink } from "./block-sink.ts";
import { nodeCid, type Hasher } from "./cid.ts";

/** A finished file or directory: its root, and the bytes of all blocks below and including it (`Tsize` of a link to it). */
export interface Entry {
  readonly cid: CID;
  readonly size: number;
}

/** An entry under its name in a directory. */
export interface NamedEntry extends Entry {
  readonly name: string;
}

/** What a builder needs: where its blocks go, and the hash. */
export interface BuildTarget {
  readonly sink: BlockSink;
  readonly hash: Hasher;
}

/**
 * Encodes one `dag-pb` node, links before data as the profile wants, and puts it. The links must be sorted by the UTF-8 bytes of
 * their names; the encoder refuses others.
 */
export async function putNode(
  { sink, hash }: BuildTarget,
  data: UnixFS,
  links: readonly NamedEntry[],
): Promise<Entry> {
  const bytes = dagPb.encode({
    Data: data.marshal(),
    Links: links.map(({ cid, name, size }) => ({
      Hash: cid,
      Name: name,
      Tsize: size,
    })),
  });
  const cid = nodeCid(bytes, hash);
  await sink.put({ cid, bytes });
  return {
    cid,
    size: links.reduce((total, link) => total + link.size, bytes.length),
  };
}
