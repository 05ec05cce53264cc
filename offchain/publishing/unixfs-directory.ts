import { UnixFS } from "ipfs-unixfs";

import { utf8 } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { CID_BYTES } from "./cid.ts";
import {
  arrangeHamt,
  hamtBitfield,
  HAMT_FANOUT,
  HAMT_HASH,
  hamtPrefix,
  type HamtSlot,
} from "./unixfs-hamt.ts";
import {
  putNode,
  type BuildTarget,
  type Entry,
  type NamedEntry,
} from "./unixfs-node.ts";

/** A directory whose node would be longer than this many bytes is sharded. */
export const SHARD_THRESHOLD_BYTES = 262_144;

/** Bytes of a flat directory's `Data` field: tag, length, and the UnixFS type. */
const DATA_FIELD_BYTES = 4;

/**
 * Makes a directory of finished entries: one node, or a HAMT (fan-out 256) if that node would exceed 256 KiB.
 * The size is the exact length of the block, as the profile says; links to directories count like all others.
 * @throws FatalError `publishing/bad-name` on a name that is empty, special, holds a slash, or occurs twice.
 */
export async function buildDirectory(
  target: BuildTarget,
  entries: readonly NamedEntry[],
): Promise<Entry> {
  requireNames(entries);
  if (flatNodeBytes(entries) <= SHARD_THRESHOLD_BYTES)
    return putNode(target, new UnixFS({ type: "directory" }), entries);
  return putShard(target, arrangeHamt(entries));
}

/** Length in bytes of the `dag-pb` block of a flat directory with these entries. */
export function flatNodeBytes(entries: readonly NamedEntry[]): number {
  let total = DATA_FIELD_BYTES;
  for (const { name, size } of entries) {
    const nameBytes = utf8(name).length;
    const link = field(CID_BYTES) + field(nameBytes) + 1 + varintBytes(size);
    total += field(link);
  }
  return total;
}

async function putShard(
  target: BuildTarget,
  slots: readonly HamtSlot<NamedEntry>[],
): Promise<Entry> {
  const links: NamedEntry[] = [];
  for (const item of slots) {
    const prefix = hamtPrefix(item.slot);
    links.push(
      "shard" in item
        ? { ...(await putShard(target, item.shard)), name: prefix }
        : { ...item.value, name: prefix + item.value.name },
    );
  }
  const data = new UnixFS({
    type: "hamt-sharded-directory",
    data: hamtBitfield(slots.map(({ slot }) => slot)),
    fanout: BigInt(HAMT_FANOUT),
    hashType: HAMT_HASH,
  });
  return putNode(target, data, links);
}

function requireNames(entries: readonly NamedEntry[]): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    if (
      name === "" ||
      name === "." ||
      name === ".." ||
      /[/\0]/.test(name) ||
      !name.isWellFormed() ||
      seen.has(name)
    ) {
      throw new FatalError(
        "publishing/bad-name",
        `\`${name}\` cannot name a file here; give each file one name without slashes, once.`,
      );
    }
    seen.add(name);
  }
}

/** Bytes of a length-delimited protobuf field: tag, length, content. */
function field(content: number): number {
  return 1 + varintBytes(content) + content;
}

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}
