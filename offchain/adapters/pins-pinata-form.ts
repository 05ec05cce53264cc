import { randomUUID } from "node:crypto";

import { z } from "zod";

import { utf8 } from "../kernel/bytes.ts";
import type { ArchiveFile, PutOptions } from "../loop/ports-pins.ts";
import { sendingPieces } from "./car-sending.ts";
import { parseAnswer, type Shown } from "./http-errors.ts";
import type { Http } from "./http.ts";

/** Where uploads go. */
export interface Uploading {
  readonly http: Http;
  readonly place: Shown;
  readonly headers: Readonly<Record<string, string>>;
  readonly url: URL;
}

const uploaded = z.object({ data: z.object({ cid: z.string() }) });

/**
 * Sends an archive as a form, streamed.
 * @returns the CID that Pinata made of it.
 */
export async function putForm(
  { http, place, headers, url }: Uploading,
  archive: ArchiveFile,
  { onBytes, signal }: PutOptions,
): Promise<string> {
  const boundary = `loop-${randomUUID()}`;
  const field = (name: string, value: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const head = utf8(
    `${field("network", "public")}${field("name", archive.root)}${field("car", "true")}--${boundary}\r\n` +
      `content-disposition: form-data; name="file"; filename="${archive.root}.car"\r\n` +
      "content-type: application/vnd.ipld.car\r\n\r\n",
  );
  const tail = utf8(`\r\n--${boundary}--\r\n`);
  async function* body(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* told(archive, 0, archive.size, onBytes);
    yield tail;
  }
  const { text } = await http.send({
    method: "POST",
    url,
    headers: {
      ...headers,
      "content-type": `multipart/form-data; boundary=${boundary}`,
    },
    body,
    length: head.length + archive.size + tail.length,
    signal,
  });
  return parseAnswer(place, uploaded, text).data.cid;
}

/** An archive's bytes from a place to another, telling how far they are. */
export async function* told(
  archive: ArchiveFile,
  from: number,
  to: number,
  onBytes: PutOptions["onBytes"],
): AsyncGenerator<Uint8Array> {
  let sent = from;
  for await (const bytes of sendingPieces(archive.path, from, to)) {
    yield bytes;
    sent += bytes.length;
    onBytes?.(sent);
  }
}
