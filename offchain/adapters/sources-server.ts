import { createServer } from "node:http";

import { z } from "zod";

import { FatalError } from "../kernel/errors.ts";
import {
  coinbaseCandles,
  coingeckoChart,
  fearAndGreed,
  type SourcesMoment,
} from "./sources-answers.ts";

/** Where a development chain's nodes look: fixed, because the URLs are part of the request that its adapter was made for. */
export const SOURCES_PORT = 8_646;

/** A server that is listening. */
export interface SourcesServer {
  /** `http://127.0.0.1:8646`. */
  readonly origin: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Which answers are given and which are not. */
export interface SourcesServerOptions {
  readonly market: SourcesMoment;
  /** 0 for any that is free. */
  readonly port?: number;
  /** Paths that begin so get `503`. */
  readonly dead?: readonly string[];
}

/**
 * Stands in for the internet on a development chain: answers as the default sources do, with a recorded market at one moment, on
 * 127.0.0.1 only. What it says was never said by any of them.
 * @throws FatalError `sources/port-taken`.
 */
export async function startSourcesServer({
  market,
  port = SOURCES_PORT,
  dead = [],
}: SourcesServerOptions): Promise<SourcesServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    asked.push(path);
    const body = dead.some((start) => path.startsWith(start))
      ? undefined
      : answerTo(path, market);
    response.writeHead(body === undefined ? 503 : 200, {
      "content-type": "application/json",
      // A kept connection would keep the server from closing.
      connection: "close",
    });
    response.end(JSON.stringify(body ?? { error: "no such source" }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      reject(
        new FatalError(
          "sources/port-taken",
          `Port \`${port}\` of 127.0.0.1 cannot be listened on; end what uses it, and run the same command again.`,
          { cause },
        ),
      );
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: bound } = z
    .object({ port: z.number() })
    .parse(server.address());
  return {
    origin: `http://127.0.0.1:${bound}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerTo(path: string, market: SourcesMoment): unknown {
  if (path.startsWith("/api.coingecko.com/")) return coingeckoChart(market);
  if (path.startsWith("/api.exchange.coinbase.com/"))
    return coinbaseCandles(market);
  if (path.startsWith("/api.alternative.me/")) return fearAndGreed(market);
  return undefined;
}
