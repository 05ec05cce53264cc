import { concat, fromHex, toHex, uint256, type Hex } from "./bytes.ts";
import { keccak256 } from "./digest.ts";
import { FatalError } from "./errors.ts";

/** A block header, as far as its seed word needs it. */
export interface SeedHeader {
  /** Field `mixHash`, which is prevRandao since the merge; zero on chains that have none. */
  readonly mixHash: Hex;
  readonly hash: Hex;
}

const ZERO: Hex = `0x${"00".repeat(32)}`;

/**
 * What a header gives to a seed: its `mixHash`, or where that is zero (Polygon) the block's own hash, which fixes the header as well.
 * @throws FatalError `kernel/bad-word` if either is not 32 bytes, `kernel/no-seed-word` if the hash is zero too: no block has such a one.
 */
export function seedWord({ mixHash, hash }: SeedHeader): Hex {
  const [mix, own] = [toHex(word(mixHash)), toHex(word(hash))];
  if (own === ZERO) {
    throw new FatalError(
      "kernel/no-seed-word",
      "A header without a hash gives no seed; ask a node that knows the block.",
    );
  }
  return mix === ZERO ? own : mix;
}

/** What fixes every picture of a batch. All of it is on chain or authenticated by a hash that is. */
export interface SeedInputs {
  /** {@link seedWord} of the header of block `openBlock + k`; the sealed block hash authenticates it. */
  readonly seedWord: Hex;
  /** Number of the batch, from 1. */
  readonly batch: bigint | number;
  /** Recipe id: sha-256 digest of the recipe directory's root CID. */
  readonly recipe: Hex;
  /** The packed observation and parameters fixed at opening. */
  readonly conditions: Hex;
}

/** The seed of a batch, 32 bytes: `keccak256(abi.encode(seedWord, batch, recipe, conditions))`. */
export function batchSeed({
  seedWord: entropy,
  batch,
  recipe,
  conditions,
}: SeedInputs): Uint8Array {
  return keccak256(
    concat(word(entropy), uint256(batch), word(recipe), word(conditions)),
  );
}

/** The digest of candidate `attempt` (from 0) of the work at `index` (from 0): `keccak256(abi.encode(seed, index, attempt))`. */
export function candidateSeed(
  seed: Uint8Array,
  index: number,
  attempt: number,
): Uint8Array {
  return keccak256(concat(seed, uint256(index), uint256(attempt)));
}

function word(hex: Hex): Uint8Array {
  const bytes = fromHex(hex);
  if (bytes.length !== 32) {
    throw new FatalError(
      "kernel/bad-word",
      `\`${hex.slice(0, 80)}\` has ${bytes.length} bytes; a seed input has 32.`,
    );
  }
  return bytes;
}
