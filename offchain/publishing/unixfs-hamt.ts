import { murmur3128 } from "@multiformats/murmur3";

import { utf8 } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";

/** Slots of a shard: 8 bits of the name's hash pick one at each depth. */
export const HAMT_FANOUT = 256;

/** Multicodec that a shard names as its hash function (`murmur3-x64-64`). */
export const HAMT_HASH = 0x22n;

/** Depths that the 64 bits of a hash reach. */
const MAX_DEPTH = 8;

/** Eight slot numbers of a name, outermost first: the first half of murmur3-128, as go-unixfs takes it. */
export function hamtSlots(name: string): Uint8Array {
  // Synchronous by construction: the package wraps a plain function, its type allows for slower hashes.
  return (murmur3128.encode(utf8(name)) as Uint8Array).subarray(0, MAX_DEPTH);
}

/** The two upper-case digits that begin a link's name in a shard. */
export function hamtPrefix(slot: number): string {
  return slot.toString(16).toUpperCase().padStart(2, "0");
}

/** One slot in use: a single value, or a deeper shard. */
export type HamtSlot<T> =
  | { readonly slot: number; readonly value: T }
  | { readonly slot: number; readonly shard: readonly HamtSlot<T>[] };

/**
 * Arranges values by the hash of their names; slots in rising order. The shape depends on the set only, never on its order.
 * @throws FatalError `publishing/hamt-collision` if two names share all 64 bits, or are equal.
 */
export function arrangeHamt<T extends { readonly name: string }>(
  values: readonly T[],
): readonly HamtSlot<T>[] {
  return arrange(
    values.map((value) => ({ value, slots: hamtSlots(value.name) })),
    0,
  );
}

function arrange<T extends { readonly name: string }>(
  items: readonly { readonly value: T; readonly slots: Uint8Array }[],
  depth: number,
): readonly HamtSlot<T>[] {
  const first = items[0];
  if (first !== undefined && depth === MAX_DEPTH) {
    throw new FatalError(
      "publishing/hamt-collision",
      `Name \`${first.value.name}\` hashes like another in its directory; rename one.`,
    );
  }
  const table: (typeof items)[number][][] = [];
  for (const item of items) (table[item.slots[depth] ?? 0] ??= []).push(item);
  const slots: HamtSlot<T>[] = [];
  // `forEach` passes over the slots that nothing hashes to.
  table.forEach((group, slot) => {
    const [only, more] = group;
    if (only === undefined) return;
    slots.push(
      more === undefined
        ? { slot, value: only.value }
        : { slot, shard: arrange(group, depth + 1) },
    );
  });
  return slots;
}

/** The `Data` of a shard: a bit for each slot in use, big-endian, leading zero bytes dropped as Go's big integers do. */
export function hamtBitfield(slots: readonly number[]): Uint8Array {
  const bits = new Uint8Array(HAMT_FANOUT / 8);
  for (const slot of slots) {
    const at = bits.length - 1 - (slot >> 3);
    bits[at] = (bits[at] ?? 0) | (1 << (slot & 7));
  }
  const first = bits.findIndex((byte) => byte !== 0);
  return bits.subarray(first === -1 ? bits.length - 1 : first);
}
