import {
  AbiCoder,
  concat,
  getBytes,
  hexlify,
  keccak256,
  SigningKey,
  toBeHex,
  toUtf8Bytes,
  zeroPadBytes,
  ZeroHash,
} from "ethers";

import type { Hex } from "../kernel/bytes.ts";

/** Nodes of a local DON, and how many of them may lie: more than three times as many nodes as liars. */
export const NODES = 4;
export const LIARS = 1;

/** Signatures that a report needs: more than (nodes + liars) / 2. */
const SIGNATURES = Math.floor((NODES + LIARS) / 2) + 1;

const COMMITMENT =
  "tuple(bytes32,address,uint96,address,uint64,uint32,uint72,uint72,uint40,uint40,uint32)";

/** The keys that the local nodes sign reports with: no secret, so that each process of a development chain has the same. */
export function nodeKeys(): readonly SigningKey[] {
  return Array.from(
    { length: NODES },
    (_, i) =>
      new SigningKey(
        keccak256(toUtf8Bytes(`generative loop: local DON, node ${i + 1}`)),
      ),
  );
}

/** What nodes agreed on about one request. */
export interface Agreement {
  readonly requestId: Hex;
  /** One of the two is empty. */
  readonly result: Hex;
  readonly error: Hex;
  /** The tuple of the coordinator's `OracleRequest`. */
  readonly commitment: unknown;
}

/** The arguments of the coordinator's `transmit`: an OCR2 report on one request with the signatures of the first nodes. */
export function signReport(
  configDigest: Hex,
  { requestId, result, error, commitment }: Agreement,
): readonly unknown[] {
  const abi = AbiCoder.defaultAbiCoder();
  const report = abi.encode(
    ["bytes32[]", "bytes[]", "bytes[]", "bytes[]", "bytes[]"],
    [
      [requestId],
      [result],
      [error],
      [abi.encode([COMMITMENT], [commitment])],
      ["0x"],
    ],
  );
  const epochAndRound = toBeHex((1n << 8n) | 1n, 32);
  const context = [configDigest, epochAndRound, ZeroHash];
  const digest = keccak256(concat([keccak256(report), ...context]));
  const signatures = nodeKeys()
    .slice(0, SIGNATURES)
    .map((key) => key.sign(digest));
  return [
    context,
    report,
    signatures.map(({ r }) => r),
    signatures.map(({ s }) => s),
    zeroPadBytes(
      hexlify(Uint8Array.from(signatures, ({ yParity }) => yParity)),
      32,
    ),
  ];
}

/** Text as bytes, cut to what a report carries. */
export function errorBytes(text: string): Hex {
  return hexlify(getBytes(toUtf8Bytes(text)).slice(0, 256)) as Hex;
}
