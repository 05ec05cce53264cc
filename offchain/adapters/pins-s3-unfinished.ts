import { createHash } from "node:crypto";

import {
  ListMultipartUploadsCommand,
  ListPartsCommand,
} from "@aws-sdk/client-s3";
import { z } from "zod";

import { patiently, readFailure } from "./pins-s3-errors.ts";
import type { S3Place } from "./pins-s3-object.ts";

const heldPart = z.object({
  PartNumber: z.int().min(1),
  ETag: z.string(),
  Size: z.int().min(0),
  ChecksumSHA256: z.string().optional(),
});

/** A part that the bucket says it has. */
export type HeldPart = z.infer<typeof heldPart>;

/** Uploads of the key that were begun and not ended, the newest last; none where the bucket cannot or may not tell. */
export async function uploadsOf(
  { target, client, bucket: Bucket, key: Key, patience }: S3Place,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const command = new ListMultipartUploadsCommand({ Bucket, Prefix: Key });
  try {
    const { Uploads = [] } = await patiently(
      target,
      () => client.send(command, signal && { abortSignal: signal }),
      { patience, signal, keep: cannotTell },
    );
    return Uploads.filter((upload) => upload.Key === Key)
      .sort((a, b) => Number(a.Initiated ?? 0) - Number(b.Initiated ?? 0))
      .flatMap(({ UploadId }) => UploadId ?? []);
  } catch (error) {
    const { code, status } = readFailure(error);
    if (cannotTell(code, status)) return [];
    throw error;
  }
}

/** The parts of such an upload, by number; none where the bucket does not tell. */
export async function partsOf(
  { target, client, bucket: Bucket, key: Key, patience }: S3Place,
  UploadId: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, HeldPart>> {
  const parts = new Map<number, HeldPart>();
  let marker: string | undefined;
  do {
    const after = marker;
    const page = await patiently(
      target,
      () =>
        client.send(
          new ListPartsCommand({
            Bucket,
            Key,
            UploadId,
            ...(after === undefined ? {} : { PartNumberMarker: after }),
          }),
          signal && { abortSignal: signal },
        ),
      { patience, signal, keep: cannotTell },
    ).catch((error: unknown) => {
      const { code, status } = readFailure(error);
      if (cannotTell(code, status)) return undefined;
      throw error;
    });
    for (const part of page?.Parts ?? []) {
      const read = heldPart.safeParse(part);
      if (read.success) parts.set(read.data.PartNumber, read.data);
    }
    const following = page?.NextPartNumberMarker;
    // A marker that does not move would be asked for for ever.
    marker =
      page?.IsTruncated === true && following !== marker
        ? following
        : undefined;
  } while (marker !== undefined);
  return parts;
}

function cannotTell(code: string, status: number | undefined): boolean {
  return (
    status === 405 ||
    status === 501 ||
    code === "AccessDenied" ||
    code === "NoSuchUpload"
  );
}

/** Whether a part is there already: by SHA-256, or by MD5 where the bucket keeps no other: its ETag of a part. */
export function agrees(
  { Size, ETag, ChecksumSHA256 }: HeldPart,
  bytes: Uint8Array,
  sum: string,
): boolean {
  if (Size !== bytes.length) return false;
  if (ChecksumSHA256 !== undefined) return ChecksumSHA256 === sum;
  const md5 = createHash("md5").update(bytes).digest("hex");
  return ETag.replaceAll('"', "") === md5;
}
