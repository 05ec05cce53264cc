import { z } from "zod";

import { equal, toHex, type Hex } from "../kernel/bytes.ts";
import { keccak256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { canonicalBytes } from "../kernel/json.ts";
import { bytes32, parseJson } from "../kernel/schema.ts";
import { hexBytes } from "./schema.ts";

/** Name of the file beside a batch's archive: never inside it, because nothing in it can be computed again. */
export const RECEIPTS_FILE = "receipts.json";

const address = z.custom<Hex>(
  (value) => typeof value === "string" && /^0x[0-9a-f]{40}$/.test(value),
  { message: "is no address in lower case" },
);

const usage = z.strictObject({
  /** By the clock. */
  milliseconds: z.int().nonnegative(),
  /** Of all threads of the process together. */
  cpuMilliseconds: z.int().nonnegative(),
  /** Of the whole processor, other programs included; null where the machine does not tell. */
  microjoules: z.int().nonnegative().nullable(),
});

const claim = z.strictObject({
  version: z.literal(1),
  chain: z.strictObject({ id: z.int().positive(), collection: address }),
  recipe: bytes32,
  engine: z.int().positive(),
  /** Storage of the adapter, or of the weights where there is none. */
  precision: z.enum(["f32", "f16", "int8"]),
  /** Side of the pictures, pixels. */
  size: z.int().positive(),
  batches: z
    .array(
      z.strictObject({
        batch: z.int().positive(),
        /** CID of the batch directory. */
        root: z.string().regex(/^b[a-z2-7]{58}$/),
        /** Candidates drawn, those that became works included. */
        candidates: z.int().positive(),
        accepted: z.int().positive(),
      }),
    )
    .min(1),
  /** True if an earlier process began the run: what that one used is not in here. */
  resumed: z.boolean(),
  /** What each stage used; `candidates` and `render` are the making of the works. */
  stages: z.record(z.string().regex(/^[a-z][a-z-]{0,39}$/), usage),
  /** Where the microjoules come from, or why there are none. */
  energy: z.union([
    z.strictObject({ source: z.string().max(200), reason: z.null() }),
    z.strictObject({ source: z.null(), reason: z.string().max(200) }),
  ]),
  machine: z.strictObject({
    cores: z.int().positive(),
    workers: z.int().positive(),
    processor: z.string().max(80),
    platform: z.string().max(20),
    arch: z.string().max(20),
    node: z.string().max(20),
  }),
});

/** What one run says it used. */
export type ReceiptClaim = z.infer<typeof claim>;

const receipt = z.strictObject({
  claim,
  /** Who says so, and the signature over {@link claimDigest}; null where the network's node holds the key and signs no messages. */
  signer: address.nullable(),
  signature: hexBytes.nullable(),
});

/** A claim with its signature. */
export type Receipt = z.infer<typeof receipt>;

const receipts = z.strictObject({
  version: z.literal(1),
  receipts: z.array(receipt).min(1),
});

/** What a signature covers: keccak-256 of the claim's canonical bytes. */
export function claimDigest(said: ReceiptClaim): Hex {
  return toHex(keccak256(canonicalBytes(said)));
}

/** The bytes of `receipts.json`: canonical, so that any changed byte is found. */
export function receiptsBytes(list: readonly Receipt[]): Uint8Array {
  const bytes = canonicalBytes({ version: 1, receipts: list });
  parseReceipts(bytes);
  return bytes;
}

/**
 * Reads a `receipts.json`; whether its signatures hold is another matter.
 * @throws FatalError `publishing/bad-receipts`, naming the field.
 */
export function parseReceipts(bytes: Uint8Array): readonly Receipt[] {
  const form = {
    code: "publishing/bad-receipts",
    what: RECEIPTS_FILE,
  } as const;
  const parsed = parseJson(receipts, bytes, form);
  if (equal(canonicalBytes(parsed), bytes)) return parsed.receipts;
  throw new FatalError(
    form.code,
    `\`${RECEIPTS_FILE}\` is not in canonical form, so it is not the file that was written; restore it.`,
  );
}
