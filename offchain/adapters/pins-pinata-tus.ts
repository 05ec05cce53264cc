import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import { isLoopError } from "../kernel/errors.ts";
import type { ArchiveFile, PutOptions } from "../loop/ports-pins.ts";
import { badAnswer } from "./http-errors.ts";
import { told, type Uploading } from "./pins-pinata-form.ts";

const memory = z.object({ url: z.url(), root: z.string(), size: z.int() });

const TUS = { "tus-resumable": "1.0.0" };

/**
 * Sends an archive by tus 1.0.0, in pieces, and goes on with a sending that was cut off. Where that upload lies is kept in a small
 * file beside the archive until it is done; it holds no key.
 * @returns the CID that Pinata made of it, if it says so at once.
 */
export async function putTus(
  how: Uploading,
  archive: ArchiveFile,
  {
    onBytes,
    signal,
    piece,
    tries,
    pause,
  }: PutOptions & {
    readonly piece: number;
    readonly tries: number;
    readonly pause: number;
  },
): Promise<string | undefined> {
  const { http, place, headers } = how;
  const { size } = archive;
  const path = `${archive.path}.pinata-upload`;
  let upload =
    (await found(how, archive, path, signal)) ??
    (await begin(how, archive, path, signal));
  for (let failures = 0; ;) {
    const from = upload.offset;
    onBytes?.(from);
    if (from === size) {
      await rm(path, { force: true });
      return undefined;
    }
    const to = Math.min(from + piece, size);
    let cid: string | undefined;
    let reached: number | undefined;
    try {
      const answer = await http.send({
        method: "PATCH",
        url: upload.url,
        headers: {
          ...headers,
          ...TUS,
          "content-type": "application/offset+octet-stream",
          "upload-offset": `${from}`,
        },
        body: () => told(archive, from, to, onBytes),
        length: to - from,
        // Another try must begin where the server is, which only it knows; 409 says that it is elsewhere.
        once: true,
        takes: (status) => status === 409,
        signal,
      });
      cid = answer.headers.get("upload-cid") ?? undefined;
      if (answer.status !== 409) reached = offsetOf(answer.headers);
    } catch (error) {
      if (!isLoopError(error, "pins/unreachable") || ++failures >= tries)
        throw error;
      await sleep(pause * 2 ** (failures - 1), undefined, signal && { signal });
    }
    if (cid !== undefined) {
      await rm(path, { force: true });
      return cid;
    }
    if (reached === undefined) {
      const again = await look(how, upload.url, signal);
      if (again === undefined) {
        upload = await begin(how, archive, path, signal);
        failures++;
      } else upload = { ...upload, offset: again };
    } else upload = { ...upload, offset: reached };
    // An upload that does not get on would be sent for ever.
    if (upload.offset > from) failures = 0;
    else if (failures++ >= tries || upload.offset > size)
      throw badAnswer(place, "does not get on with an upload");
  }
}

interface Upload {
  readonly url: string;
  readonly offset: number;
}

async function begin(
  { http, place, headers, url }: Uploading,
  { root, size }: ArchiveFile,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Upload> {
  const metadata = {
    filename: `${root}.car`,
    filetype: "application/vnd.ipld.car",
    name: root,
    network: "public",
    car: "true",
  };
  const answer = await http.send({
    method: "POST",
    url,
    headers: {
      ...headers,
      ...TUS,
      "upload-length": `${size}`,
      "upload-metadata": Object.entries(metadata)
        .map(([key, value]) => `${key} ${btoa(value)}`)
        .join(","),
    },
    signal,
  });
  const at = URL.parse(answer.headers.get("location") ?? "", url.href);
  // The key goes there with every piece.
  if (at?.origin !== url.origin)
    throw badAnswer(place, "sends an upload to another host, or nowhere");
  const upload = { url: at.href, root, size };
  await writeFile(path, JSON.stringify(upload));
  return { url: at.href, offset: 0 };
}

/** The upload that an earlier sending of this archive began, if it is still there. */
async function found(
  how: Uploading,
  { root, size }: ArchiveFile,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Upload | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
  const read = memory.safeParse(value);
  if (!read.success) return undefined;
  const { url } = read.data;
  const same = read.data.root === root && read.data.size === size;
  if (!same || new URL(url).origin !== how.url.origin) return undefined;
  const offset = await look(how, url, signal);
  return offset === undefined ? undefined : { url, offset };
}

/** How far an upload is; undefined if it is gone. */
async function look(
  { http, headers }: Uploading,
  url: string,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const answer = await http.send({
    method: "HEAD",
    url,
    headers: { ...headers, ...TUS },
    takes: (status) => status === 404 || status === 410 || status === 403,
    signal,
  });
  return answer.status >= 400 ? undefined : offsetOf(answer.headers);
}

function offsetOf(headers: Headers): number | undefined {
  const text = headers.get("upload-offset") ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
