import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { z } from "zod";

import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { StoreBlocks } from "../loop/ports-store.ts";
import { beginAnswer } from "./gateway-begin.ts";

/** A gateway that is listening. */
export interface Gateway {
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Ends what is being sent, and listens no more. */
  close(): Promise<void>;
}

/** On every answer: anybody may read, nothing is guessed, nothing is run. */
const ALWAYS: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
  "Access-Control-Allow-Headers":
    "Content-Type, Range, User-Agent, X-Requested-With",
  "Access-Control-Expose-Headers":
    "Content-Disposition, Content-Length, Content-Location, Content-Range, ETag, X-Ipfs-Path, X-Ipfs-Roots",
  "X-Content-Type-Options": "nosniff",
  Vary: "Accept",
};

/**
 * Serves the archives of a store to whoever asks, as a trustless gateway and as plain files. Only what hashes to its CID leaves; an
 * answer that turns out damaged on the way is cut off, so that it never looks whole.
 * @param port 0 for any that is free.
 * @param note told of failures that are not the client's.
 * @throws FatalError `gateway/port-taken`.
 */
export async function startGateway({
  store,
  host,
  port,
  note = () => {},
}: {
  readonly store: StoreBlocks;
  readonly host: string;
  readonly port: number;
  readonly note?: (sentence: string) => void;
}): Promise<Gateway> {
  const server = createServer((request, response) => {
    serve(store, request, response).catch((error: unknown) => {
      if (isLoopError(error)) note(`${error.code}: ${error.message}`);
      // A client that goes away is no failure.
      else if (response.writable) note(`loop/unexpected: ${String(error)}`);
      response.destroy();
    });
  });
  server.listen(port, host);
  await once(server, "listening").catch((cause: unknown) => {
    throw new FatalError(
      "gateway/port-taken",
      `\`${host}:${port}\` cannot be listened on; end what uses it, or give another --port or --host.`,
      { cause },
    );
  });
  const bound = z.object({ port: z.number() }).parse(server.address()).port;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${name}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  store: StoreBlocks,
  { method = "", url = "", headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = { method, url, headers: flat(headers) };
  const {
    status,
    headers: own,
    body,
    damage,
  } = await beginAnswer(store, asked);
  response.writeHead(status, { ...ALWAYS, ...own });
  if (method === "HEAD" || body === undefined) response.end();
  else await pipeline(Readable.from(body, { objectMode: false }), response);
  if (damage !== undefined) throw damage;
}

function flat(
  headers: IncomingMessage["headers"],
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
}
