import { GetObjectCommand } from "@aws-sdk/client-s3";

import { FatalError, isLoopError, RetryableError } from "../kernel/errors.ts";
import {
  badAnswer,
  isMissing,
  patiently,
  readFailure,
} from "./pins-s3-errors.ts";
import type { S3Place } from "./pins-s3-object.ts";
import { steadily, type Steadiness } from "./steady.ts";

/** How often a reading that was cut off is gone on with from where it was, as long as it gets on. */
const MOST_BREAKS = 5;

/** The object's bytes; a connection that breaks is opened again where it broke, if the object is still the same. */
export async function* readObject(
  { target, client, bucket: Bucket, key: Key, patience }: S3Place,
  steadiness: Steadiness,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  let tag: string | undefined;
  for (let breaks = 0; ; breaks++) {
    const before = at;
    const command = new GetObjectCommand({
      Bucket,
      Key,
      ...(at === 0 ? {} : { Range: `bytes=${at}-`, IfMatch: tag }),
    });
    const { Body, ETag } = await patiently(
      target,
      () => client.send(command, signal && { abortSignal: signal }),
      { patience, signal, keep: isMissing },
    ).catch((error: unknown) => {
      if (isLoopError(error) || !isMissing("", readFailure(error).status))
        throw error;
      throw new FatalError(
        "pins/not-held",
        `\`${target}\` has no object \`${Key}\`; send the archive again.`,
      );
    });
    if (Body === undefined) throw badAnswer(target, "gives no bytes");
    tag = ETag;
    try {
      const bytes = Body as unknown as AsyncIterable<Uint8Array>;
      for await (const piece of steadily(target, bytes, steadiness, signal)) {
        at += piece.length;
        yield piece;
      }
      // Fewer bytes than were announced break the connection, which throws.
      return;
    } catch {
      // Its text is somebody else's.
      signal?.throwIfAborted();
    }
    if (tag === undefined || at === before || breaks === MOST_BREAKS)
      throw new RetryableError(
        "pins/unreachable",
        `\`${target}\` breaks off \`${Key}\` after ${at} bytes; try again later.`,
      );
  }
}
