import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";

/** SHA-256 (FIPS 180-4), 32 bytes: the hash of files and CIDs. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes);
}

/** Keccak-256 as the EVM computes it, 32 bytes: the hash of seeds, so that a contract could derive them too. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return keccak_256(bytes);
}
