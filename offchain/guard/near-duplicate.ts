import type { Hex } from "../kernel/bytes.ts";
import { fromHex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { HASH_BITS } from "./perceptual-hash.ts";

/** Words of 32 bits in a hash. */
const WORDS = HASH_BITS / 32;

/**
 * In how many of its 256 bits a perceptual hash differs from another: 0 for equal ones, the same both ways.
 * @throws FatalError `guard/bad-hash` if one has not 32 bytes.
 */
export function hashDistance(a: Hex, b: Hex): number {
  return distance(wordsOf(a), 0, wordsOf(b));
}

/** Whether two perceptual hashes are at most `limit` bits apart. @throws FatalError `guard/bad-hash`. */
export function isNearDuplicate(a: Hex, b: Hex, limit: number): boolean {
  return hashDistance(a, b) <= limit;
}

/** Hashes that new works are compared with, parsed once: thousands are searched in well under a millisecond. */
export interface HashIndex {
  add(hash: Hex): void;
  /** Whether some hash here is at most `limit` bits away. */
  has(hash: Hex): boolean;
  /** The nearest hash: its place in the order of adding, from 0, and how far it is; the first of equals. */
  nearest(
    hash: Hex,
  ): { readonly place: number; readonly distance: number } | undefined;
  readonly size: number;
}

/** An index of perceptual hashes, at first of the given ones. @throws FatalError `guard/bad-hash`. */
export function createHashIndex(
  limit: number,
  hashes: Iterable<Hex> = [],
): HashIndex {
  let words = new Uint32Array(WORDS * 64);
  let size = 0;
  const add = (hash: Hex): void => {
    if (words.length === size * WORDS) {
      const larger = new Uint32Array(words.length * 2);
      larger.set(words);
      words = larger;
    }
    words.set(wordsOf(hash), size++ * WORDS);
  };
  for (const hash of hashes) add(hash);
  const nearest: HashIndex["nearest"] = (hash) => {
    const sought = wordsOf(hash);
    let best: ReturnType<HashIndex["nearest"]>;
    for (let place = 0; place < size; place++) {
      const apart = distance(words, place * WORDS, sought);
      if (best === undefined || apart < best.distance)
        best = { place, distance: apart };
    }
    return best;
  };
  return {
    add,
    nearest,
    has: (hash) => (nearest(hash)?.distance ?? HASH_BITS + 1) <= limit,
    get size() {
      return size;
    },
  };
}

function wordsOf(hash: Hex): Uint32Array {
  const bytes = fromHex(hash);
  if (bytes.length !== HASH_BITS / 8) {
    throw new FatalError(
      "guard/bad-hash",
      `\`${hash.slice(0, 80)}\` is no perceptual hash; give ${HASH_BITS / 8} bytes.`,
    );
  }
  const view = new DataView(bytes.buffer);
  return Uint32Array.from({ length: WORDS }, (_, i) => view.getUint32(4 * i));
}

function distance(a: Uint32Array, offset: number, b: Uint32Array): number {
  let bits = 0;
  for (let i = 0; i < WORDS; i++)
    bits += ones((a[offset + i] ?? 0) ^ (b[i] ?? 0));
  return bits;
}

/** How many bits of a 32-bit word are set, by adding neighbours in parallel. */
function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  x = (x + (x >>> 4)) & 0x0f0f0f0f;
  return Math.imul(x, 0x01010101) >>> 24;
}
