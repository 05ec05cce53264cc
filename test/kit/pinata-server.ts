import { randomUUID } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

import { CarBufferWriter } from "@ipld/car";
import * as dagPb from "@ipld/dag-pb";
import { CID } from "multiformats/cid";

import { takeIn } from "./car-intake.ts";
import { createMischief, type PinFaultName } from "./failing-pins.ts";
import { PINATA_JWT, PINATA_TOKEN } from "./pin-keys.ts";

interface Upload {
  readonly length: number;
  readonly metadata: ReadonlyMap<string, string>;
  readonly pieces: Buffer[];
  offset: number;
}

/** A service that is listening on 127.0.0.1: API, uploads and gateway at one address. */
export interface PinataServer {
  readonly origin: string;
  /** Blocks by CID, as its gateway gives them. */
  readonly blocks: Map<string, Uint8Array>;
  /** Roots that it lists. */
  readonly files: Set<string>;
  readonly uploads: Map<string, Upload>;
  /** `POST form`, `PATCH upload`, `GET list`, `GET car`, ..., in order. */
  readonly asked: string[];
  /** Bytes of archives that arrived. */
  received(): number;
  close(): Promise<void>;
}

/** How it differs from a good one. */
export interface PinataServerOptions {
  /** Does something else than answer; true if the request is done with. It has not been read then. */
  readonly instead?: (
    request: IncomingMessage,
    response: ServerResponse,
    what: string,
  ) => boolean | Promise<boolean>;
  /** What its gateway makes: CARs, single blocks, or pages for browsers whatever it is asked. */
  readonly gives?: "car" | "raw" | "html";
  /** Keeps no bytes once they were hashed. */
  readonly forgets?: boolean;
  /** A way of going wrong that every server of the kit has. */
  readonly fault?: PinFaultName | undefined;
  readonly port?: number;
}

/**
 * Stands in for Pinata (API v3: forms, tus uploads, the list of files, a dedicated gateway), which cannot be reached here: what it does
 * is read off their documentation and SDK, and it is stricter: every archive is parsed by @ipld/car and every block hashed before a CID
 * is named. `car=true` in the metadata of a tus upload is our reading of the field of the same name in their form.
 */
export async function startPinataServer({
  instead,
  gives = "car",
  fault,
  forgets = false,
  port = 0,
}: PinataServerOptions = {}): Promise<PinataServer> {
  const mischief = createMischief(fault);
  const blocks = new Map<string, Uint8Array>();
  const files = new Set<string>();
  const uploads = new Map<string, Upload>();
  const asked: string[] = [];
  let received = 0;
  let origin = "";

  /** The CID that the archive is listed under from now on. */
  async function accept(
    pieces: readonly Buffer[],
    fields: ReadonlyMap<string, string>,
  ): Promise<string> {
    if (fields.get("network") !== "public" || fields.get("car") !== "true")
      throw new Error("not a CAR for the public network");
    const taken = new Map<string, Uint8Array>();
    const { root } = await takeIn(each(pieces), (cid, bytes) => {
      if (!forgets && mischief.keeps) taken.set(cid, bytes);
    });
    for (const [cid, bytes] of taken) blocks.set(cid, bytes);
    const named = mischief.says(root);
    if (mischief.keeps) files.add(named);
    return named;
  }

  async function handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? "/", origin);
    const what = describe(request, url);
    asked.push(what);
    if (instead !== undefined && (await instead(request, response, what)))
      return;
    const end = (
      status: number,
      headers: Record<string, string> = {},
      body?: unknown,
    ): void => {
      if (!request.complete) request.resume();
      response.writeHead(status, {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    const gateway = url.pathname.startsWith("/ipfs/");
    const kind = gateway ? "read" : what === "GET list" ? "ask" : "put";
    if (mischief.meets(kind, request, response)) return;
    const allowed = gateway
      ? request.headers["x-pinata-gateway-token"] === PINATA_TOKEN
      : request.headers.authorization === `Bearer ${PINATA_JWT}`;
    if (!allowed) return end(401, {}, { error: "unauthorized" });
    if (gateway) return give(url, request, response);
    const upload = uploads.get(url.pathname.split("/").at(-1) ?? "");
    switch (what) {
      case "GET list": {
        const cid = url.searchParams.get("cid") ?? "";
        const listed =
          files.has(cid) || mischief.boasts
            ? [{ id: "1", cid, name: cid }]
            : [];
        return end(200, {}, { data: { files: listed, next_page_token: "" } });
      }
      case "POST form": {
        const chunks: Buffer[] = [];
        for await (const chunk of request) {
          received += (chunk as Buffer).length;
          chunks.push(chunk as Buffer);
        }
        try {
          const { fields, file } = parseForm(request, Buffer.concat(chunks));
          const cid = await accept([file], fields);
          return end(200, {}, { data: { id: randomUUID(), cid } });
        } catch {
          return end(400, {}, { error: "invalid CAR" });
        }
      }
      case "POST upload": {
        const id = randomUUID();
        const metadata = new Map(
          String(request.headers["upload-metadata"])
            .split(",")
            .map((pair) => {
              const [key = "", value = ""] = pair.split(" ");
              return [key, atob(value)] as const;
            }),
        );
        const length = Number(request.headers["upload-length"]);
        uploads.set(id, { length, metadata, pieces: [], offset: 0 });
        return end(201, { location: `${origin}/v3/files/${id}` });
      }
      case "HEAD upload":
        return upload === undefined
          ? end(404)
          : end(200, { "upload-offset": `${upload.offset}` });
      case "PATCH upload": {
        if (upload === undefined) return end(404);
        if (Number(request.headers["upload-offset"]) !== upload.offset)
          return end(409);
        try {
          for await (const chunk of request) {
            const bytes = chunk as Buffer;
            received += bytes.length;
            upload.offset += bytes.length;
            upload.pieces.push(bytes);
          }
        } catch {
          // Cut off: what arrived is kept, as tus wants it.
          return;
        }
        const headers = { "upload-offset": `${upload.offset}` };
        if (upload.offset < upload.length) return end(204, headers);
        try {
          const cid = await accept(upload.pieces, upload.metadata);
          upload.pieces.length = 0;
          return end(204, { ...headers, "upload-cid": cid });
        } catch {
          return end(400, {}, { error: "invalid CAR" });
        }
      }
      default:
        return end(404);
    }
  }

  function give(
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const cid = url.pathname.slice("/ipfs/".length);
    const bytes = blocks.get(cid);
    const format = url.searchParams.get("format");
    const send = (
      status: number,
      type: string,
      body: Uint8Array | string,
    ): void => {
      response.writeHead(status, {
        "content-type": type,
        "content-length": body.length,
      });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    if (bytes === undefined) return send(404, "text/plain", "no such block");
    if (gives === "html" || fault === "read-html")
      return send(200, "text/html", `<!doctype html><title>${cid}</title>`);
    if (format === "raw") return send(200, "application/vnd.ipld.raw", bytes);
    if (format !== "car" || gives === "raw")
      return send(406, "text/plain", "format not supported");
    mischief.gives(response, carBelow(cid, blocks));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  if (fault === "down") await close();
  return {
    origin,
    blocks,
    files,
    uploads,
    asked,
    received: () => received,
    close,
  };
}

function describe({ method, headers }: IncomingMessage, url: URL): string {
  if (url.pathname.startsWith("/ipfs/"))
    return `${method} ${url.searchParams.get("format") ?? "page"}`;
  if (url.pathname === "/v3/files/public") return `${method} list`;
  const form = method === "POST" && headers["upload-length"] === undefined;
  return `${method} ${form ? "form" : "upload"}`;
}

function parseForm(
  { headers }: IncomingMessage,
  body: Buffer,
): { fields: ReadonlyMap<string, string>; file: Buffer } {
  const boundary = /boundary=(\S+)$/.exec(headers["content-type"] ?? "")?.[1];
  if (boundary === undefined) throw new Error("no form");
  const fields = new Map<string, string>();
  let file: Buffer | undefined;
  let at = body.indexOf(`--${boundary}\r\n`);
  if (at !== 0) throw new Error("no form");
  for (;;) {
    at += boundary.length + 4;
    const head = body.indexOf("\r\n\r\n", at);
    const end = body.indexOf(`\r\n--${boundary}`, head);
    if (head < 0 || end < 0) throw new Error("a broken form");
    const name = / name="([^"]+)"/.exec(body.toString("utf8", at, head))?.[1];
    const value = body.subarray(head + 4, end);
    if (name === "file") file = value;
    else fields.set(name ?? "", value.toString());
    at = end + 2;
    if (body.toString("utf8", at + boundary.length + 2).startsWith("--\r\n"))
      break;
  }
  if (file === undefined) throw new Error("no file");
  return { fields, file };
}

/** Everything below a root as a CAR, each block once, parents before children. */
function carBelow(
  root: string,
  blocks: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  const found = new Map<string, { cid: CID; bytes: Uint8Array }>();
  const walk = (cid: CID): void => {
    const bytes = blocks.get(cid.toString());
    if (bytes === undefined || found.has(cid.toString())) return;
    found.set(cid.toString(), { cid, bytes });
    if (cid.code === dagPb.code)
      for (const link of dagPb.decode(bytes).Links) walk(link.Hash);
  };
  const top = CID.parse(root);
  walk(top);
  const size = [...found.values()].reduce(
    (n, { bytes }) => n + bytes.length,
    0,
  );
  const writer = CarBufferWriter.createWriter(
    new ArrayBuffer(size + 100 * found.size + 200),
    { roots: [top] },
  );
  for (const block of found.values()) writer.write(block);
  return writer.close({ resize: true });
}

async function* each(pieces: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
