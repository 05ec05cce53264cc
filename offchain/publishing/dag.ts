import type { CID } from "multiformats/cid";

import { concat, equal } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { isLeaf, requireProfile, type Hasher } from "./cid.ts";
import {
  badNode,
  decodeNode,
  type DagNode,
  type NodeLink,
} from "./dag-node.ts";
import { cacheNodes } from "./dag-node-cache.ts";
import { hamtPrefix, hamtSlots } from "./unixfs-hamt.ts";

/** Where blocks come from: an archive, a gateway. It need not be trusted. */
export type GetBlock = (cid: CID) => Uint8Array | Promise<Uint8Array>;

/** A file or directory found below a root. */
export interface Listed {
  readonly path: string;
  readonly cid: CID;
  readonly kind: "file" | "directory";
}

/** Files and directories below any root. Every block is checked against its CID before it is used. */
export interface Dag {
  /**
   * The CID that a path leads to; the empty path is the root itself.
   * @throws FatalError `publishing/no-such-path`
   */
  resolve(root: CID, path: string): Promise<CID>;
  /** The bytes of a file in pieces of at most 1 MiB. */
  read(file: CID): AsyncGenerator<Uint8Array>;
  /** The whole file at a path. @throws FatalError `publishing/file-too-large` above `maxBytes`. */
  file(root: CID, path: string, maxBytes?: number): Promise<Uint8Array>;
  /** Everything below a root, each directory before its entries. Sharded directories list in the order of their hashes. */
  list(root: CID): AsyncGenerator<Listed>;
  /** What one directory holds, in the order in which it stores it; nothing below is read. */
  entries(directory: CID): AsyncGenerator<NodeLink>;
  /** Every block below a root and the root itself, each once. Nodes are read and checked; leaves are only named. */
  blocks(root: CID): AsyncGenerator<CID>;
}

/** A file above this is not read into memory unless its caller says so: 64 MiB, far above any picture or transcript of ours. */
const MAX_FILE_BYTES = 67_108_864;

/** Directories in directories, and nodes of one file: no tree of ours is deeper. */
const MAX_DEPTH = 16;

/**
 * Reads DAGs of the `unixfs-v1-2025` profile.
 * Errors of every method: FatalError `publishing/cid-mismatch` if a block is not what its CID says, `publishing/bad-node` and
 * `publishing/bad-cid` if it breaks the profile, and whatever `getBlock` throws.
 */
export function createDag(getBlock: GetBlock, hash: Hasher = sha256): Dag {
  async function load(cid: CID): Promise<Uint8Array> {
    const bytes = await getBlock(requireProfile(cid));
    if (!equal(hash(bytes), cid.multihash.digest)) throw cidMismatch(cid);
    return bytes;
  }

  const loadNode = cacheNodes(async (cid) => decodeNode(cid, await load(cid)));

  async function enter(directory: CID, name: string): Promise<CID | undefined> {
    const slots = hamtSlots(name);
    let cid = directory;
    for (let depth = 0; !isLeaf(cid); depth++) {
      const node = await loadNode(cid);
      if (node.kind === "file") return undefined;
      if (node.kind === "directory")
        return depth === 0 ? node.byName.get(name) : undefined;
      const slot = slots[depth];
      if (slot === undefined) return undefined;
      const found = node.byName.get(hamtPrefix(slot) + name);
      if (found !== undefined) return found;
      const deeper = node.byName.get(hamtPrefix(slot));
      if (deeper === undefined) return undefined;
      cid = deeper;
    }
    return undefined;
  }

  async function resolve(root: CID, path: string): Promise<CID> {
    let cid = root;
    for (const name of path.split("/").filter((part) => part !== "")) {
      const next = await enter(cid, name);
      if (next === undefined) {
        throw new FatalError(
          "publishing/no-such-path",
          `\`${path}\` is not in the directory \`${root.toString()}\`; check the path and the root.`,
        );
      }
      cid = next;
    }
    return cid;
  }

  async function* read(
    cid: CID,
    expected?: number,
    depth = 0,
  ): AsyncGenerator<Uint8Array> {
    if (depth > MAX_DEPTH) throw badNode(cid, "lies too deep");
    if (isLeaf(cid)) {
      const bytes = await load(cid);
      if (expected !== undefined && bytes.length !== expected)
        throw badNode(cid, "has another length than its parent says");
      yield bytes;
      return;
    }
    const node = await loadNode(cid);
    if (node.kind !== "file") throw badNode(cid, "is a directory, not a file");
    const total = node.lengths.reduce((sum, length) => sum + length, 0);
    if (expected !== undefined && total !== expected)
      throw badNode(cid, "has another length than its parent says");
    for (const [i, link] of node.links.entries())
      yield* read(link.cid, node.lengths[i], depth + 1);
  }

  async function* list(
    cid: CID,
    path: string,
    depth: number,
  ): AsyncGenerator<Listed> {
    if (depth > MAX_DEPTH) throw badNode(cid, "lies too deep");
    if (isLeaf(cid)) return yield { path, cid, kind: "file" };
    const node = await loadNode(cid);
    if (node.kind === "file") return yield { path, cid, kind: "file" };
    if (path !== "") yield { path, cid, kind: "directory" };
    const prefix = path === "" ? "" : `${path}/`;
    for await (const { name, cid: child } of entries(cid, node, 0))
      yield* list(child, prefix + name, depth + 1);
  }

  async function* entries(
    cid: CID,
    node: DagNode,
    depth: number,
  ): AsyncGenerator<NodeLink> {
    if (node.kind === "directory") return yield* node.links;
    for (const link of node.links) {
      const name = link.name.slice(2);
      if (name !== "") {
        // A name in a wrong slot could be listed but never found.
        if (hamtPrefix(hamtSlots(name)[depth] ?? -1) !== link.name.slice(0, 2))
          throw badNode(cid, `holds \`${name}\` in a wrong slot`);
        yield { ...link, name };
        continue;
      }
      const shard = await loadNode(link.cid);
      if (shard.kind !== "shard") throw badNode(link.cid, "is not a shard");
      yield* entries(link.cid, shard, depth + 1);
    }
  }

  async function* blocks(root: CID): AsyncGenerator<CID> {
    const seen = new Set<string>();
    const waiting = [requireProfile(root)];
    for (let cid = waiting.pop(); cid !== undefined; cid = waiting.pop()) {
      const name = cid.toString();
      if (seen.has(name)) continue;
      seen.add(name);
      yield cid;
      if (isLeaf(cid)) continue;
      for (const link of (await loadNode(cid)).links) waiting.push(link.cid);
    }
  }

  return {
    resolve,
    read: (file) => read(file),
    async file(root, path, maxBytes = MAX_FILE_BYTES) {
      const parts: Uint8Array[] = [];
      let total = 0;
      for await (const part of read(await resolve(root, path))) {
        total += part.length;
        if (total > maxBytes) {
          throw new FatalError(
            "publishing/file-too-large",
            `\`${path}\` is longer than ${maxBytes} bytes; it is not a file of ours.`,
          );
        }
        parts.push(part);
      }
      return parts.length === 1 ? (parts[0] as Uint8Array) : concat(...parts);
    },
    list: (root) => list(requireProfile(root), "", 0),
    async *entries(directory) {
      const node = isLeaf(directory) ? undefined : await loadNode(directory);
      if (node === undefined || node.kind === "file")
        throw badNode(directory, "is a file, not a directory");
      yield* entries(directory, node, 0);
    },
    blocks,
  };
}

/** The error of bytes that do not hash to their CID. */
export function cidMismatch(cid: CID): FatalError {
  return new FatalError(
    "publishing/cid-mismatch",
    `The bytes of block \`${cid.toString()}\` do not hash to it; fetch them again, from elsewhere.`,
  );
}
