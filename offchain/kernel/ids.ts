import { FatalError } from "./errors.ts";

/** Works of one batch have ids `batch * 1,000,000 + index` (the Art Blocks convention). */
export const BATCH_STRIDE = 1_000_000n;

/** The most works one batch may hold: one sealing transaction stays under EIP-7825's 16,777,216 gas. */
export const MAX_BATCH = 5_000;

/** Token id of the work at `index` (from 0) of `batch` (from 1). */
export function tokenId(batch: bigint | number, index: number): bigint {
  return BigInt(batch) * BATCH_STRIDE + BigInt(index);
}

/**
 * The batch and index that a token id names.
 * @throws FatalError `kernel/bad-token` if no work can have this id.
 */
export function splitTokenId(id: bigint): { batch: bigint; index: number } {
  const batch = id / BATCH_STRIDE;
  const index = Number(id % BATCH_STRIDE);
  if (id < BATCH_STRIDE || index >= MAX_BATCH) {
    throw new FatalError(
      "kernel/bad-token",
      `\`${id}\` is no token id; ids are batch * 1000000 + index, from 1000000 on.`,
    );
  }
  return { batch, index };
}
