import {
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type HeadObjectCommandOutput,
} from "@aws-sdk/client-s3";

import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { ArchiveFile, PinTarget } from "../loop/ports-pins.ts";
import {
  badAnswer,
  isMissing,
  patiently,
  readFailure,
  type Patience,
} from "./pins-s3-errors.ts";
import {
  headersOf,
  PART_BYTES,
  readPart,
  sha256Text,
  type S3Place,
} from "./pins-s3-object.ts";
import { putParts } from "./pins-s3-parts.ts";
import { readObject } from "./pins-s3-read.ts";
import type { Steadiness } from "./steady.ts";

/** Where the bucket is, and whose. */
export interface S3TargetOptions {
  /** `https://s3.eu-central-1.amazonaws.com`, `https://s3.filebase.com`, ... */
  readonly endpoint: string;
  readonly bucket: string;
  /** Before the names of the archives, without slashes at its ends; "" for none. */
  readonly prefix?: string;
  readonly region?: string;
  readonly keys: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  /** Bytes of a part; S3 itself wants 5 MiB at least. */
  readonly part?: number;
  readonly patience?: Patience;
  readonly steadiness?: Steadiness;
  /** Longest silence of a request, ms; its answer must have begun after five times that. */
  readonly timeout?: number;
}

/**
 * Archives as objects of a bucket, `<prefix>/<root>.car`: AWS, R2, MinIO, Filebase. Large ones go in parts that are not sent twice.
 * Every upload carries SHA-256, which the bucket checks, and which is compared with what it then says of the object.
 */
export function createS3Target({
  endpoint,
  bucket,
  prefix = "",
  region = "us-east-1",
  keys,
  part = PART_BYTES,
  patience = { tries: 4, pause: 500 },
  steadiness = {},
  timeout = 120_000,
}: S3TargetOptions): PinTarget {
  const client = new S3Client({
    endpoint,
    region,
    credentials: { ...keys },
    forcePathStyle: true,
    // Retries are made here, so that every target has the same ones.
    maxAttempts: 1,
    // Ours are given with each upload; what is read is hashed block by block.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    requestHandler: {
      connectionTimeout: Math.min(timeout, 10_000),
      socketTimeout: timeout,
      // A slow line takes its time for a part, and a bucket for putting hundreds of them together.
      requestTimeout: 5 * timeout,
      throwOnRequestTimeout: true,
    },
  });
  const folder = prefix === "" ? "" : `${prefix}/`;
  const target = `s3:${endpoint}/${bucket}${prefix === "" ? "" : `/${prefix}`}`;
  const placeOf = (root: string): S3Place => ({
    target,
    client,
    bucket,
    key: `${folder}${root}.car`,
    patience,
  });

  return {
    name: target,
    async holds(root, signal) {
      const head = await headOf(placeOf(root), signal);
      return head !== undefined && isWhole(head, root);
    },
    async put(archive, options = {}) {
      const place = placeOf(archive.root);
      const sum =
        archive.size > part
          ? await putParts(place, archive, { ...options, least: part })
          : await putWhole(place, archive, options.signal);
      options.onBytes?.(archive.size);
      const head = await headOf(place, options.signal);
      if (head === undefined)
        throw new FatalError(
          "pins/not-held",
          `\`${target}\` took archive \`${archive.root}\` and does not have it; use another bucket.`,
        );
      if (head.Metadata?.["root"] === undefined)
        throw badAnswer(target, "does not tell what it keeps");
      if (isSame(head, archive, sum)) return;
      throw new FatalError(
        "pins/wrong-root",
        `\`${target}\` says that it holds something else than archive \`${archive.root}\` after it was sent; look at what else writes there.`,
      );
    },
    read: (root, signal) => readObject(placeOf(root), steadiness, signal),
  };
}

async function headOf(
  { target, client, bucket: Bucket, key: Key, patience }: S3Place,
  signal: AbortSignal | undefined,
): Promise<HeadObjectCommandOutput | undefined> {
  const command = new HeadObjectCommand({
    Bucket,
    Key,
    ChecksumMode: "ENABLED",
  });
  return patiently(
    target,
    () => client.send(command, signal && { abortSignal: signal }),
    { patience, signal, keep: isMissing },
  ).catch((error: unknown) => {
    if (isLoopError(error) || !isMissing("", readFailure(error).status))
      throw error;
    return undefined;
  });
}

/** Whether it is an archive of ours that was sent to its end; Filebase tells the root that it read out of it. */
function isWhole(
  { ContentLength, Metadata = {} }: HeadObjectCommandOutput,
  root: string,
): boolean {
  const { root: named, size, cid } = Metadata;
  return (
    named === root &&
    Number(size) === ContentLength &&
    (cid === undefined || cid === root)
  );
}

function isSame(
  head: HeadObjectCommandOutput,
  { root, size }: ArchiveFile,
  sum: string,
): boolean {
  return (
    isWhole(head, root) &&
    head.ContentLength === size &&
    (head.ChecksumSHA256 === undefined || head.ChecksumSHA256 === sum)
  );
}

async function putWhole(
  { target, client, bucket: Bucket, key: Key, patience }: S3Place,
  archive: ArchiveFile,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { size } = archive;
  const Body = await readPart(archive, 0, size, Buffer.allocUnsafeSlow(size));
  const ChecksumSHA256 = sha256Text(Body);
  const headers = headersOf(archive);
  const input = { Bucket, Key, Body, ChecksumSHA256, ...headers };
  await patiently(
    target,
    () =>
      client.send(
        new PutObjectCommand(input),
        signal && { abortSignal: signal },
      ),
    { patience, signal },
  );
  return ChecksumSHA256;
}
