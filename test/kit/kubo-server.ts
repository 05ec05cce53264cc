import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

import { CarReader, CarWriter } from "@ipld/car";
import * as dagPb from "@ipld/dag-pb";
import { CID } from "multiformats/cid";
import { sha256 } from "multiformats/hashes/sha2";

import { concat, equal } from "../../offchain/kernel/bytes.ts";
import { createMischief, type PinFaultName } from "./failing-pins.ts";
import { gather } from "./gather.ts";

/** A kubo node's RPC, as far as it is used, where no kubo is at hand: other code than ours reads and writes the archives. */
export interface KuboServer {
  readonly url: string;
  /** Every block it ever got; a test may take some away. */
  readonly blocks: Map<string, Uint8Array>;
  /** Roots that it keeps whole. */
  readonly pins: Set<string>;
  /** Commands in the order they came. */
  readonly commands: string[];
  close(): Promise<void>;
}

/** Starts one; it answers 403 unless it gets the token, where there is one. */
export async function startKubo({
  token,
  fault,
}: {
  readonly token?: string;
  readonly fault?: PinFaultName | "pin-error" | "disk-full";
} = {}): Promise<KuboServer> {
  const blocks = new Map<string, Uint8Array>();
  const pins = new Set<string>();
  const commands: string[] = [];
  const special = fault === "pin-error" || fault === "disk-full";
  const mischief = createMischief(special ? undefined : fault);

  async function list(root: string, response: ServerResponse): Promise<void> {
    if (pins.has(root) || mischief.boasts)
      return json(response, { Keys: { [root]: { Type: "recursive" } } });
    fail(response, `path '${root}' is not pinned`);
  }

  async function take(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = concat(...(await gather<Uint8Array>(request)));
    if (fault === "disk-full")
      return fail(response, "write blocks/x: no space left on device");
    const reader = await CarReader.fromBytes(onlyFile(request, body));
    let count = 0;
    for await (const { cid, bytes } of reader.blocks()) {
      const { digest } = await sha256.digest(bytes);
      if (!equal(digest, cid.multihash.digest))
        return fail(response, `import failed after block "${cid.toString()}"`);
      if (mischief.keeps) blocks.set(cid.toString(), bytes);
      count += 1;
    }
    const lines: unknown[] = [];
    for (const root of await reader.getRoots()) {
      const name = root.toString();
      const whole = !mischief.keeps || tryWalk(blocks, root);
      const problem =
        fault === "pin-error" || !whole ? `pin: could not find ${name}` : "";
      if (problem === "" && mischief.keeps) pins.add(name);
      const cid = { "/": mischief.says(name) };
      lines.push({ Root: { Cid: cid, PinErrorMsg: problem } });
    }
    lines.push({ Stats: { BlockCount: count, BlockBytesCount: 0 } });
    response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }

  function giveBlock(name: string, response: ServerResponse): void {
    const bytes = blocks.get(name);
    if (bytes === undefined)
      return fail(response, "block was not found locally (offline)");
    response.end(bytes);
  }

  async function give(name: string, response: ServerResponse): Promise<void> {
    const root = CID.parse(name);
    const { writer, out } = CarWriter.create([root]);
    const gathering = gather<Uint8Array>(out);
    const whole = tryWalk(blocks, root, (cid, bytes) => {
      void writer.put({ cid, bytes });
    });
    await writer.close();
    if (!whole)
      return fail(
        response,
        "block was not found locally (offline): ipld: could not find it",
      );
    mischief.gives(response, concat(...(await gathering)));
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
    const command = pathname.replace("/api/v0/", "");
    const arg = searchParams.get("arg") ?? "";
    commands.push(command);
    const kind =
      command === "dag/import"
        ? "put"
        : command === "dag/export" || command === "block/get"
          ? "read"
          : "ask";
    if (mischief.meets(kind, request, response)) return;
    const work = async (): Promise<void> => {
      if (
        token !== undefined &&
        request.headers.authorization !== `Bearer ${token}`
      ) {
        response.writeHead(403).end("403 Forbidden");
        return;
      }
      if (command === "pin/ls") return list(arg, response);
      if (command === "dag/import") return take(request, response);
      if (command === "block/get") return giveBlock(arg, response);
      if (command === "dag/export") return give(arg, response);
      response.writeHead(404).end();
    };
    // A client that cut the connection: there is nobody to tell.
    work().catch((error: unknown) => {
      if (!response.headersSent)
        fail(response, `invalid header: ${String(error)}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  if (fault === "down") await close();
  return { url: `http://127.0.0.1:${port}`, blocks, pins, commands, close };
}

/** Visits everything below a root, depth first, each block once; false if a block is missing. */
function tryWalk(
  blocks: ReadonlyMap<string, Uint8Array>,
  root: CID,
  visit: (cid: CID, bytes: Uint8Array) => void = () => {},
): boolean {
  const seen = new Set<string>();
  const walk = (cid: CID): boolean => {
    const name = cid.toString();
    if (seen.has(name)) return true;
    seen.add(name);
    const bytes = blocks.get(name);
    if (bytes === undefined) return false;
    visit(cid, bytes);
    if (cid.code !== dagPb.code) return true;
    return dagPb.decode(bytes).Links.every((link) => walk(link.Hash));
  };
  return walk(root);
}

/** The content of a form with one file. */
function onlyFile(request: IncomingMessage, body: Uint8Array): Uint8Array {
  const boundary = /boundary=(.+)$/.exec(
    request.headers["content-type"] ?? "",
  )?.[1];
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.length);
  const start = buffer.indexOf("\r\n\r\n");
  const end = buffer.lastIndexOf(`\r\n--${boundary}--`);
  if (boundary === undefined || start < 0 || end < start)
    throw new Error("no form with a file");
  return new Uint8Array(buffer.subarray(start + 4, end));
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(`${JSON.stringify(value)}\n`);
}

/** Kubo answers every failure of a command with 500. */
function fail(response: ServerResponse, message: string): void {
  response.writeHead(500, { "content-type": "application/json" });
  response.end(JSON.stringify({ Message: message, Code: 0, Type: "error" }));
}
