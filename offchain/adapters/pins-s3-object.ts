import { createHash } from "node:crypto";

import type { S3Client } from "@aws-sdk/client-s3";

import type { ArchiveFile } from "../loop/ports-pins.ts";
import { openCarSource } from "./car-source.ts";
import type { Patience } from "./pins-s3-errors.ts";

/** Where an archive lies, or shall lie, and how it is asked for. */
export interface S3Place {
  /** For messages. */
  readonly target: string;
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  readonly patience: Patience;
}

/** Parts of a large archive: 8 MiB, or more where S3's 10,000 parts would not do. */
export const PART_BYTES = 8_388_608;

const MOST_PARTS = 10_000;
const MIB = 1_048_576;

/** What is said of the object beside its bytes; `import` makes Filebase read it as an archive. */
export function headersOf(archive: ArchiveFile): {
  readonly ContentType: string;
  readonly Metadata: Record<string, string>;
} {
  return {
    ContentType: "application/vnd.ipld.car; version=1",
    Metadata: {
      import: "car",
      root: archive.root,
      size: String(archive.size),
    },
  };
}

/** Bytes of every part but the last one: the same each time, or parts that were sent before could not be told. */
export function partBytes(size: number, least: number): number {
  if (size <= least * MOST_PARTS) return least;
  return Math.ceil(size / MOST_PARTS / MIB) * MIB;
}

/** A part's bytes, read straight into memory that is used again for the next one: hundreds of parts leave nothing to clean up. */
export async function readPart(
  archive: ArchiveFile,
  from: number,
  to: number,
  room: Uint8Array,
): Promise<Uint8Array> {
  const source = await openCarSource(archive.path);
  try {
    const bytes = room.subarray(0, to - from);
    await source.fill(bytes, from);
    return bytes;
  } finally {
    await source.close();
  }
}

/** SHA-256 as S3 writes it. */
export function sha256Text(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}

/** The SHA-256 of an object made of parts, given theirs: of their digests, with their number. */
export function compositeText(sums: readonly string[]): string {
  const hash = createHash("sha256");
  for (const sum of sums) hash.update(Buffer.from(sum, "base64"));
  return `${hash.digest("base64")}-${sums.length}`;
}
