import * as dagPb from "@ipld/dag-pb";
import { UnixFS } from "ipfs-unixfs";
import type { CID } from "multiformats/cid";

import { FatalError } from "../kernel/errors.ts";
import { requireProfile } from "./cid.ts";
import { HAMT_FANOUT } from "./unixfs-hamt.ts";

/** A link of a node. */
export interface NodeLink {
  readonly name: string;
  readonly cid: CID;
  /** Bytes of all blocks below it, as its parent says. */
  readonly size: number;
}

/** A `dag-pb` node, read. */
export type DagNode =
  | {
      readonly kind: "directory" | "shard";
      readonly links: readonly NodeLink[];
      /** The same links by name. */
      readonly byName: ReadonlyMap<string, CID>;
    }
  | {
      readonly kind: "file";
      readonly links: readonly NodeLink[];
      /** Bytes of the file below each link. */
      readonly lengths: readonly number[];
    };

/**
 * Reads a node of the profile: a directory, a shard of one, or a file without inline data.
 * @throws FatalError `publishing/bad-node` on anything else, or on a directory that names an entry twice.
 */
export function decodeNode(cid: CID, bytes: Uint8Array): DagNode {
  let links: NodeLink[];
  let data: UnixFS;
  try {
    const node = dagPb.decode(bytes);
    if (node.Data === undefined) throw badNode(cid, "holds no UnixFS data");
    data = UnixFS.unmarshal(node.Data);
    links = node.Links.map(({ Hash, Name, Tsize }) => ({
      name: Name ?? "",
      cid: requireProfile(Hash),
      size: Tsize ?? 0,
    }));
  } catch (cause) {
    throw badNode(cid, "is not a UnixFS node", cause);
  }
  switch (data.type) {
    case "directory":
      return { kind: "directory", links, byName: indexNames(cid, links) };
    case "hamt-sharded-directory":
      if (data.fanout !== BigInt(HAMT_FANOUT))
        throw badNode(cid, `has a fan-out other than ${HAMT_FANOUT}`);
      return { kind: "shard", links, byName: indexNames(cid, links) };
    case "file": {
      if (data.data !== undefined || data.blockSizes.length !== links.length)
        throw badNode(cid, "is a file of another profile");
      return { kind: "file", links, lengths: data.blockSizes.map(Number) };
    }
    default:
      throw badNode(cid, `is of type ${data.type}`);
  }
}

/** The error of a node that breaks the profile. */
export function badNode(cid: CID, why: string, cause?: unknown): FatalError {
  return new FatalError(
    "publishing/bad-node",
    `Block \`${cid.toString()}\` ${why}; it is no part of a batch or recipe directory.`,
    { cause },
  );
}

function indexNames(
  cid: CID,
  links: readonly NodeLink[],
): ReadonlyMap<string, CID> {
  const byName = new Map(links.map((link) => [link.name, link.cid]));
  if (byName.size !== links.length || byName.has(""))
    throw badNode(cid, "names an entry twice or not at all");
  return byName;
}
