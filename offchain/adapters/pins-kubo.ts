import { randomUUID } from "node:crypto";

import { z } from "zod";

import { utf8 } from "../kernel/bytes.ts";
import { isLoopError, type LoopError } from "../kernel/errors.ts";
import type { ArchiveFile, PinTarget, PutOptions } from "../loop/ports-pins.ts";
import { parseAnswer, type Shown } from "./http-errors.ts";
import { carOfBlocks } from "./pins-blocks.ts";
import { createHttp, type HttpOptions } from "./http.ts";
import { meaning, requirePinned } from "./pins-kubo-answers.ts";
import { steadily, type Steadiness } from "./steady.ts";

/** How a kubo node's RPC is reached; Filebase and IPFS Cluster's proxy speak the same. */
export interface KuboOptions extends Pick<
  HttpOptions,
  "fetch" | "tries" | "pause" | "quiet"
> {
  /** Before `/api/v0`; no user name in it. */
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token?: string | undefined;
  /** How slowly it may give archives back. */
  readonly steadiness?: Steadiness;
}

/** ms that a node may be silent after an archive: it writes it out, and walks it to pin it. */
const PINNING = 240_000;

const listed = z.object({
  Keys: z.record(z.string(), z.object({ Type: z.string() })),
});

/** A kubo node: archives are imported and pinned by their root, and exported again out of what the node has itself. */
export function createKuboTarget({
  url,
  token,
  steadiness = {},
  ...options
}: KuboOptions): PinTarget {
  const base = url.replace(/\/+$/, "");
  const place: Shown = {
    name: `kubo:${base}`,
    secrets: token === undefined ? [] : [token],
  };
  const http = createHttp({ ...options, ...place });
  const headers: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  const means = (status: number, text: string): LoopError | undefined =>
    meaning(place, status, text);
  const command = (name: string, query: Record<string, string>): string =>
    `${base}/api/v0/${name}?${new URLSearchParams(query).toString()}`;

  return {
    name: place.name,
    async holds(root, signal) {
      const query = { arg: root, type: "recursive" };
      const request = { headers, means, signal };
      try {
        const { text } = await http.send({
          ...request,
          method: "POST",
          url: command("pin/ls", query),
        });
        const { Keys: keys } = parseAnswer(place, listed, text);
        return keys[root]?.Type === "recursive";
      } catch (error) {
        if (isLoopError(error, "pins/not-held")) return false;
        throw error;
      }
    },
    async put(archive, { onBytes, signal }: PutOptions = {}) {
      const form = multipart(archive);
      const { text } = await http.send({
        method: "POST",
        url: command("dag/import", { "pin-roots": "true", stats: "true" }),
        headers: { ...headers, "content-type": form.type },
        body: () => form.body(onBytes),
        length: form.length,
        means,
        quiet: options.quiet ?? PINNING,
        signal,
      });
      requirePinned(place, archive.root, text);
    },
    read(root, signal, only) {
      const give = (name: string, query: Record<string, string>) =>
        steadily(
          place.name,
          http.stream({
            method: "POST",
            // Offline: what it gives must lie there, not somewhere in the network.
            url: command(name, { ...query, offline: "true" }),
            headers,
            means,
            signal,
          }),
          steadiness,
          signal,
        );
      return only === undefined
        ? give("dag/export", { arg: root, progress: "false" })
        : carOfBlocks(root, only, (arg) => give("block/get", { arg }));
    },
  };
}

/** A form with one file, whose length is known before the first byte is read. */
function multipart(archive: ArchiveFile): {
  readonly type: string;
  readonly length: number;
  readonly body: (
    onBytes?: (sent: number) => void,
  ) => AsyncIterable<Uint8Array>;
} {
  const boundary = randomUUID();
  const head = utf8(
    [
      `--${boundary}`,
      `content-disposition: form-data; name="file"; filename="${archive.root}.car"`,
      "content-type: application/vnd.ipld.car",
      "",
      "",
    ].join("\r\n"),
  );
  const tail = utf8(`\r\n--${boundary}--\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    length: head.length + archive.size + tail.length,
    async *body(onBytes) {
      let sent = 0;
      yield head;
      for await (const piece of archive.stream(0, archive.size, true)) {
        yield piece;
        onBytes?.((sent += piece.length));
      }
      yield tail;
    },
  };
}
