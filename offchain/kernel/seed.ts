import { concat, fromHex, uint256, type Hex } from "./bytes.ts";
import { keccak256 } from "./digest.ts";
import { FatalError } from "./errors.ts";

/** What fixes every picture of a batch. All of it is on chain or authenticated by a hash that is. */
export interface SeedInputs {
  /** `mixHash` (prevRandao) of the header of block `openBlock + k`; the sealed block hash authenticates it. */
  readonly mixHash: Hex;
  /** Number of the batch, from 1. */
  readonly batch: bigint | number;
  /** Recipe id: sha-256 digest of the recipe directory's root CID. */
  readonly recipe: Hex;
  /** The packed observation and parameters fixed at opening. */
  readonly conditions: Hex;
}

/** The seed of a batch, 32 bytes: `keccak256(abi.encode(mixHash, batch, recipe, conditions))`. */
export function batchSeed({
  mixHash,
  batch,
  recipe,
  conditions,
}: SeedInputs): Uint8Array {
  return keccak256(
    concat(word(mixHash), uint256(batch), word(recipe), word(conditions)),
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
