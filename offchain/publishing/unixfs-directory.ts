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
  if (!exceedsThreshold(entries)) {
    const data = new UnixFS({ type: "directory" });
    return putNode(target, data, entries.toSorted(byNameBytes));
  }
  return putShard(target, arrangeHamt(entries));
}

/** Whether the `dag-pb` block of a flat directory with these entries would be longer than the threshold. */
function exceedsThreshold(entries: readonly NamedEntry[]): boolean {
  let total = DATA_FIELD_BYTES;
  for (const { name, size } of entries) {
    const nameBytes = utf8(name).length;
    total += field(field(CID_BYTES) + field(nameBytes) + 1 + varintBytes(size));
    if (total > SHARD_THRESHOLD_BYTES) return true;
  }
  return false;
}

/** Order of UTF-8 bytes, which is the order of code points; that of UTF-16 units differs above U+FFFF. */
function byNameBytes(a: NamedEntry, b: NamedEntry): number {
  const x = utf8(a.name);
  const y = utf8(b.name);
  const length = Math.min(x.length, y.length);
  for (let i = 0; i < length; i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

async function putShard(
  target: BuildTarget,
  slots: readonly HamtSlot<NamedEntry>[],
): Promise<Entry> {
  // Rising slots give sorted names: no two links of a shard share their first two digits.
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
