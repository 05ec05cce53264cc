import { hash } from "node:crypto";

/** Native SHA-256, 32 bytes: the same value as the kernel's, several times faster, for packing and reading archives. */
export function nativeSha256(bytes: Uint8Array): Uint8Array {
  return hash("sha256", bytes, "buffer");
}
