import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";

import type { ArchiveFile, PutOptions } from "../loop/ports-pins.ts";
import { badAnswer, patiently, readFailure } from "./pins-s3-errors.ts";
import {
  compositeText,
  headersOf,
  partBytes,
  readPart,
  sha256Text,
  type S3Place,
} from "./pins-s3-object.ts";
import {
  agrees,
  partsOf,
  uploadsOf,
  type HeldPart,
} from "./pins-s3-unfinished.ts";

/** Parts in memory and on their way at a time. */
const LANES = 2;

interface SentPart {
  readonly PartNumber: number;
  readonly ETag: string;
  readonly ChecksumSHA256: string;
}

/** Whether an upload is no longer there: finished, or given up, by somebody. */
function isGone(code: string): boolean {
  return code === "NoSuchUpload";
}

/**
 * Sends an archive in parts, each with its SHA-256, a few in memory at a time. An upload of the same key that was cut off is gone on
 * with: parts that agree in size and digest are not sent again. Where a bucket cannot tell of such uploads, it begins anew.
 * @returns the object's composite SHA-256.
 * @throws as {@link patiently}
 */
export async function putParts(
  place: S3Place,
  archive: ArchiveFile,
  options: PutOptions & { readonly least: number },
): Promise<string> {
  const unfinished = await uploadsOf(place, options.signal);
  const found = unfinished.at(-1);
  let sum: string;
  try {
    sum = await putUpload(place, archive, found, options);
  } catch (error) {
    if (found === undefined || !isGone(readFailure(error).code)) throw error;
    sum = await putUpload(place, archive, undefined, options);
  }
  // What is left of earlier sendings is paid for until somebody gives it up.
  for (const UploadId of unfinished) {
    const { client, bucket: Bucket, key: Key } = place;
    await client
      .send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
      .catch(() => undefined);
  }
  return sum;
}

async function putUpload(
  place: S3Place,
  archive: ArchiveFile,
  found: string | undefined,
  { onBytes, signal, least }: PutOptions & { readonly least: number },
): Promise<string> {
  const { target, client, bucket: Bucket, key: Key, patience } = place;
  const held =
    found === undefined
      ? new Map<number, HeldPart>()
      : await partsOf(place, found, signal);
  const UploadId = found ?? (await begin(place, archive, signal));
  const length = partBytes(archive.size, least);
  const count = Math.ceil(archive.size / length);
  const sent: SentPart[] = [];
  const failed = new AbortController();
  const either =
    signal === undefined
      ? failed.signal
      : AbortSignal.any([signal, failed.signal]);
  let [next, bytesSent] = [1, 0];
  const lane = async (): Promise<void> => {
    const room = Buffer.allocUnsafeSlow(Math.min(length, archive.size));
    for (let PartNumber = next++; PartNumber <= count; PartNumber = next++) {
      either.throwIfAborted();
      const from = (PartNumber - 1) * length;
      const to = Math.min(from + length, archive.size);
      const bytes = await readPart(archive, from, to, room);
      const ChecksumSHA256 = sha256Text(bytes);
      const there = held.get(PartNumber);
      const part = { PartNumber, ChecksumSHA256 };
      if (there !== undefined && agrees(there, bytes, ChecksumSHA256)) {
        sent[PartNumber - 1] = { ...part, ETag: there.ETag };
      } else {
        const input = { Bucket, Key, UploadId, ...part, Body: bytes };
        const { ETag } = await patiently(
          target,
          () =>
            client.send(new UploadPartCommand(input), { abortSignal: either }),
          { patience, signal: either, keep: isGone },
        );
        if (ETag === undefined) throw badAnswer(target, "names no ETag");
        sent[PartNumber - 1] = { ...part, ETag };
      }
      bytesSent += bytes.length;
      onBytes?.(bytesSent);
    }
  };
  const lanes = Array.from({ length: Math.min(LANES, count) }, () =>
    lane().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  // All have ended before anything is told: none may go on behind the back of the caller.
  await Promise.allSettled(lanes);
  signal?.throwIfAborted();
  if (failed.signal.aborted) throw failed.signal.reason;
  return finish(place, UploadId, sent, signal);
}

/** Puts the parts together; an answer that was lost is asked for by looking whether the upload is gone. */
async function finish(
  { target, client, bucket: Bucket, key: Key, patience }: S3Place,
  UploadId: string,
  Parts: SentPart[],
  signal: AbortSignal | undefined,
): Promise<string> {
  const sum = compositeText(Parts.map(({ ChecksumSHA256 }) => ChecksumSHA256));
  let tried = 0;
  const command = new CompleteMultipartUploadCommand({
    Bucket,
    Key,
    UploadId,
    MultipartUpload: { Parts },
    ChecksumSHA256: sum,
    ChecksumType: "COMPOSITE",
  });
  await patiently(
    target,
    () => {
      tried++;
      return client.send(command, signal && { abortSignal: signal });
    },
    { patience, signal, keep: isGone },
  ).catch((error: unknown) => {
    // Gone at a second try: the first one was done. What the object is then, the caller looks at.
    if (tried === 1 || !isGone(readFailure(error).code)) throw error;
  });
  return sum;
}

async function begin(
  { target, client, bucket: Bucket, key: Key, patience }: S3Place,
  archive: ArchiveFile,
  signal: AbortSignal | undefined,
): Promise<string> {
  const command = new CreateMultipartUploadCommand({
    Bucket,
    Key,
    ...headersOf(archive),
    ChecksumAlgorithm: "SHA256",
    ChecksumType: "COMPOSITE",
  });
  const { UploadId } = await patiently(
    target,
    () => client.send(command, signal && { abortSignal: signal }),
    { patience, signal },
  );
  if (UploadId === undefined) throw badAnswer(target, "names no upload");
  return UploadId;
}
