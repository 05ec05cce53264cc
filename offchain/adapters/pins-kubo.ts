import { randomUUID } from "node:crypto";

import { z } from "zod";

import { utf8 } from "../kernel/bytes.ts";
import { FatalError, isLoopError, type LoopError } from "../kernel/errors.ts";
import type { ArchiveFile, PinTarget, PutOptions } from "../loop/ports-pins.ts";
import { sendingPieces } from "./car-sending.ts";
import { badAnswer, excerpt, parseAnswer, type Shown } from "./http-errors.ts";
import { createHttp, type HttpOptions } from "./http.ts";
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

const imported = z.union([
  z.object({
    Root: z.object({
      Cid: z.object({ "/": z.string() }),
      PinErrorMsg: z.string().nullish(),
    }),
  }),
  z.object({ Stats: z.object({ BlockCount: z.number() }) }),
  z.object({ Message: z.string(), Type: z.literal("error") }),
]);

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
    // Offline: what it gives must lie there, not somewhere in the network.
    read: (root, signal) =>
      steadily(
        place.name,
        http.stream({
          method: "POST",
          url: command("dag/export", {
            arg: root,
            progress: "false",
            offline: "true",
          }),
          headers,
          means,
          signal,
        }),
        steadiness,
        signal,
      ),
  };
}

/** Kubo tells with a 500 what it has not, what is no archive, and that its disk is full: no further try helps. */
function meaning(
  place: Shown,
  status: number,
  text: string,
): LoopError | undefined {
  if (status !== 500) return undefined;
  if (/is not pinned|not found locally|could not find/.test(text)) {
    return new FatalError(
      "pins/not-held",
      `\`${place.name}\` does not hold what was asked for${excerpt(place, text)}; pin it there again.`,
    );
  }
  if (/no space left|import failed|invalid header/.test(text))
    return refused(place, text);
  return undefined;
}

/** A line for each root, and one of statistics; a node that fails in between writes a line of that. */
function requirePinned(place: Shown, root: string, text: string): void {
  const lines = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => parseAnswer(place, imported, line));
  let pinned = false;
  for (const line of lines) {
    if ("Message" in line) throw refused(place, line.Message);
    if (!("Root" in line)) continue;
    const { Cid: cid, PinErrorMsg: problem } = line.Root;
    if (cid["/"] !== root) {
      throw new FatalError(
        "pins/wrong-root",
        `\`${place.name}\` says that it holds \`${cid["/"].slice(0, 80)}\` instead of \`${root}\`; nothing rests on that, look what it is.`,
      );
    }
    if (problem !== undefined && problem !== null && problem !== "")
      throw refused(place, problem);
    pinned = true;
  }
  if (!pinned) throw badAnswer(place, "does not say what it pinned");
}

function refused(place: Shown, text: string): FatalError {
  return new FatalError(
    "pins/refused",
    `\`${place.name}\` did not pin the archive${excerpt(place, text)}; see what it lacks.`,
  );
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
      for await (const piece of sendingPieces(archive.path, 0, archive.size)) {
        yield piece;
        onBytes?.((sent += piece.length));
      }
      yield tail;
    },
  };
}
