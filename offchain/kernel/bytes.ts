import { FatalError } from "./errors.ts";

/** Lower-case hexadecimal with the `0x` prefix, two digits a byte. */
export type Hex = `0x${string}`;

const DIGITS = "0123456789abcdef";

/** Bytes to lower-case `0x` hexadecimal. */
export function toHex(bytes: Uint8Array): Hex {
  let text = "";
  for (const byte of bytes)
    text += DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15);
  return `0x${text}`;
}

/**
 * `0x` hexadecimal (either case) to bytes.
 * @throws FatalError `kernel/bad-hex` on anything else.
 */
export function fromHex(text: string): Uint8Array {
  if (!/^0x([0-9a-fA-F]{2})*$/.test(text)) {
    throw new FatalError(
      "kernel/bad-hex",
      `\`${text.slice(0, 80)}\` is not 0x-prefixed hexadecimal; give two digits a byte.`,
    );
  }
  const bytes = new Uint8Array((text.length - 2) / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Number.parseInt(text.slice(2 + 2 * i, 4 + 2 * i), 16);
  return bytes;
}

/** One array holding the given arrays one after another. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(
    parts.reduce((length, part) => length + part.length, 0),
  );
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether two arrays hold the same bytes. Not constant-time: nothing secret is compared here. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** UTF-8 bytes of a string. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A non-negative integer below 2^256 as a 32-byte big-endian word, as the EVM's ABI encodes `uint256`. */
export function uint256(value: bigint | number): Uint8Array {
  let rest = BigInt(value);
  if (rest < 0n || rest >= 1n << 256n) {
    throw new FatalError(
      "kernel/bad-uint256",
      `\`${rest}\` does not fit a uint256; give a value from 0 to 2^256-1.`,
    );
  }
  const word = new Uint8Array(32);
  for (let i = 31; rest > 0n; i--) {
    word[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return word;
}
