import { concat, equal } from "../../../offchain/kernel/bytes.ts";
import type { Rng } from "../../../offchain/kernel/rng.ts";
import {
  CAR_HEADER_BYTES,
  encodeCarHeader,
  encodeFrameHead,
} from "../../../offchain/publishing/car-format.ts";
import type { Block } from "../../../offchain/publishing/cid.ts";

/** A sound archive, and what it is made of. */
export interface SoundCar {
  readonly bytes: Uint8Array;
  readonly blocks: readonly Block[];
  readonly root: Block["cid"];
}

interface Hand {
  readonly car: SoundCar;
  readonly rng: Rng;
  /** A block of another archive. */
  readonly foreign: Block;
}

const frame = ({ cid, bytes }: Block): Uint8Array =>
  concat(encodeFrameHead(cid, bytes.length), bytes);

const rebuilt = (
  root: Block["cid"],
  blocks: readonly (Block | Uint8Array)[],
): Uint8Array =>
  concat(
    encodeCarHeader(root),
    ...blocks.map((one) => (one instanceof Uint8Array ? one : frame(one))),
  );

const splice = (
  bytes: Uint8Array,
  at: number,
  gone: number,
  added: Uint8Array,
): Uint8Array =>
  concat(bytes.subarray(0, at), added, bytes.subarray(at + gone));

const random = (rng: Rng, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => rng.below(256));

/** Each changes an archive in one place. */
export const DAMAGES: Readonly<Record<string, (hand: Hand) => Uint8Array>> = {
  "a bit flipped": ({ car: { bytes }, rng }) => {
    const flipped = bytes.slice();
    const bit = rng.below(8 * bytes.length);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return flipped;
  },
  "bytes overwritten": ({ car: { bytes }, rng }) => {
    const length = 1 + rng.below(64);
    const at = rng.below(bytes.length - length);
    return splice(bytes, at, length, random(rng, length));
  },
  "bytes removed": ({ car: { bytes }, rng }) => {
    const length = 1 + rng.below(64);
    return splice(
      bytes,
      rng.below(bytes.length - length),
      length,
      new Uint8Array(),
    );
  },
  "bytes inserted": ({ car: { bytes }, rng }) =>
    splice(
      bytes,
      rng.below(bytes.length + 1),
      0,
      random(rng, 1 + rng.below(64)),
    ),
  "bytes swapped": ({ car: { bytes }, rng }) => {
    const length = 1 + rng.below(32);
    const from = rng.below(bytes.length - 2 * length);
    const to = from + length + rng.below(bytes.length - from - 2 * length + 1);
    const first = bytes.slice(from, from + length);
    const second = bytes.slice(to, to + length);
    return splice(splice(bytes, from, length, second), to, length, first);
  },
  "zeroes over a stretch": ({ car: { bytes }, rng }) => {
    const length = 1 + rng.below(512);
    const at = rng.below(bytes.length - length);
    return splice(bytes, at, length, new Uint8Array(length));
  },
  "cut short": ({ car: { bytes }, rng }) =>
    bytes.slice(0, rng.below(bytes.length)),
  "bytes at the end": ({ car: { bytes }, rng }) =>
    concat(bytes, random(rng, 1 + rng.below(200))),
  "a block dropped": ({ car: { root, blocks }, rng }) => {
    const at = rng.below(blocks.length);
    return rebuilt(root, blocks.toSpliced(at, 1));
  },
  "a block twice": ({ car: { root, blocks }, rng }) => {
    const again = blocks[rng.below(blocks.length)];
    const list = again === undefined ? [] : [again];
    return rebuilt(
      root,
      blocks.toSpliced(rng.below(blocks.length + 1), 0, ...list),
    );
  },
  "a block of another archive instead": ({
    car: { root, blocks },
    rng,
    foreign,
  }) => rebuilt(root, blocks.with(rng.below(blocks.length), foreign)),
  "a block of another archive besides": ({
    car: { root, blocks },
    rng,
    foreign,
  }) =>
    rebuilt(root, blocks.toSpliced(rng.below(blocks.length + 1), 0, foreign)),
  "another block under a CID": ({ car: { root, blocks }, rng, foreign }) => {
    const at = rng.below(blocks.length);
    const { cid } = blocks[at] ?? foreign;
    return rebuilt(root, blocks.with(at, { cid, bytes: foreign.bytes }));
  },
  "the CIDs of two blocks exchanged": ({ car: { root, blocks }, rng }) => {
    const at = rng.below(blocks.length - 1);
    const [one, two] = blocks.slice(at, at + 2);
    if (one === undefined || two === undefined) return new Uint8Array();
    return rebuilt(
      root,
      blocks.toSpliced(
        at,
        2,
        { cid: two.cid, bytes: one.bytes },
        { cid: one.cid, bytes: two.bytes },
      ),
    );
  },
  "another root in the header": ({ car: { blocks }, rng, foreign }) => {
    // The last block is the root itself.
    const other = blocks[rng.below(blocks.length - 1)] ?? foreign;
    return rebuilt(rng.below(2) === 0 ? foreign.cid : other.cid, blocks);
  },
  "a byte of the header": ({ car: { bytes }, rng }) => {
    const changed = bytes.slice();
    const at = rng.below(CAR_HEADER_BYTES);
    changed[at] = ((changed[at] ?? 0) + 1 + rng.below(255)) % 256;
    return changed;
  },
  "a length padded": ({ car: { bytes }, rng }) => {
    // The first frame's length takes two bytes; a third one says nothing.
    const at = CAR_HEADER_BYTES + 1;
    const last = bytes[at] ?? 0;
    const more = 1 + rng.below(2);
    const added = [last | 128, ...Array<number>(more).fill(128)];
    added[more] = 0;
    return splice(bytes, at, 1, Uint8Array.from(added));
  },
};

/** One damage, which really is one. */
export function damage(name: string, hand: Hand): Uint8Array {
  for (;;) {
    const bytes = DAMAGES[name]?.(hand) ?? hand.car.bytes;
    if (!equal(bytes, hand.car.bytes)) return bytes;
  }
}
