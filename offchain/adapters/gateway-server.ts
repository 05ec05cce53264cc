import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { z } from "zod";

import { FatalError, isLoopError, type ErrorCode } from "../kernel/errors.ts";
import type { StoreBlocks } from "../loop/ports-store.ts";
import { answerRequest } from "./gateway-answer.ts";
import type { Answer } from "./gateway-types.ts";

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

/** What is told of a failure; whatever is not here is a damaged store or a fault of ours. */
const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  "gateway/bad-request": 400,
  "gateway/no-such-place": 404,
  "gateway/bad-method": 405,
  "gateway/not-acceptable": 406,
  "gateway/not-cached": 412,
  "gateway/url-too-long": 414,
  "publishing/no-such-path": 404,
  "publishing/missing-block": 404,
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
      // A client that goes away is no failure.
      if (isLoopError(error)) note(`${error.code}: ${error.message}`);
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
  const { status, headers: own, body, damage } = await begin(store, asked);
  response.writeHead(status, { ...ALWAYS, ...own });
  if (method === "HEAD" || body === undefined) response.end();
  else await pipeline(Readable.from(body, { objectMode: false }), response);
  if (damage !== undefined) throw damage;
}

/** The answer with the first piece of its body at hand, so that a failure at the beginning still has its status. */
async function begin(
  store: StoreBlocks,
  request: Parameters<typeof answerRequest>[1],
): Promise<
  Omit<Answer, "body"> & { body?: AsyncIterable<Uint8Array>; damage?: Error }
> {
  try {
    const { body, ...answer } = await answerRequest(store, request);
    if (body === undefined) return answer;
    if (typeof body === "string" || body instanceof Uint8Array)
      return { ...answer, body: pieces([Buffer.from(body)]) };
    const iterator = body[Symbol.asyncIterator]();
    const first = await iterator.next();
    return {
      ...answer,
      body: pieces(first.done === true ? [] : [first.value], iterator),
    };
  } catch (error) {
    if (!isLoopError(error)) throw error;
    const status = STATUS[error.code] ?? 500;
    return {
      status,
      headers: {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
        ...(status === 405 ? { Allow: "GET, HEAD, OPTIONS" } : {}),
      },
      body: pieces([Buffer.from(`${error.code}: ${error.message}\n`)]),
      ...(status === 500 ? { damage: error } : {}),
    };
  }
}

async function* pieces(
  first: readonly Uint8Array[],
  rest?: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first;
  if (rest === undefined) return;
  try {
    for (
      let next = await rest.next();
      next.done !== true;
      next = await rest.next()
    )
      yield next.value;
  } finally {
    await rest.return?.();
  }
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
