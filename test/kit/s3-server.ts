import { createHash, randomUUID } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

import { takeIn } from "./car-intake.ts";
import { createMischief, type PinFaultName } from "./failing-pins.ts";
import { S3_KEYS } from "./pin-keys.ts";
import { signatureProblem, type S3Keys } from "./s3-signature.ts";

/** An object that a server keeps. */
export interface S3Object {
  readonly bytes: Buffer;
  readonly size: number;
  readonly sum: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Upload {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly begun: Date;
  readonly parts: Map<number, { bytes: Buffer; sum: string; tag: string }>;
}

/** A bucket that is listening on 127.0.0.1. */
export interface S3Server {
  readonly endpoint: string;
  readonly objects: Map<string, S3Object>;
  readonly uploads: Map<string, Upload>;
  /** `PUT part 3`, `HEAD object`, ..., in order. */
  readonly asked: string[];
  /** Bytes of archives that arrived, those of sendings that were cut off included. */
  received(): number;
  close(): Promise<void>;
}

/** How it differs from a good one. */
export interface S3ServerOptions {
  readonly bucket?: string;
  readonly keys?: S3Keys;
  /** What its clock is ahead, ms. */
  readonly ahead?: number;
  /** Does something else than answer; true if the request is done with. It has not been read then. */
  readonly instead?: (
    request: IncomingMessage,
    response: ServerResponse,
    what: string,
  ) => boolean | Promise<boolean>;
  /** What is said that it has, instead of what it has. */
  readonly told?: (object: S3Object) => S3Object;
  /** Keeps no bytes once they were hashed. */
  readonly forgets?: boolean;
  /** Knows nothing of SHA-256 or of unfinished uploads, as older ones do. */
  readonly old?: boolean;
  /** A way of going wrong that every server of the kit has. */
  readonly fault?: PinFaultName | undefined;
  readonly port?: number;
}

/**
 * The part of S3 that archives need, stricter than the real one: SigV4 over every request, SHA-256 over every body and every object, and
 * each archive parsed and each of its blocks hashed before it counts. The root is told as `x-amz-meta-cid`, as Filebase does.
 * It stands in where no S3 can be had; `LOOP_S3_SERVER` names a real one for the same tests.
 */
export async function startS3Server({
  bucket = "archives",
  keys = S3_KEYS,
  ahead = 0,
  instead,
  told = (object) => object,
  forgets = false,
  old = false,
  fault,
  port = 0,
}: S3ServerOptions = {}): Promise<S3Server> {
  const mischief = createMischief(fault);
  const objects = new Map<string, S3Object>();
  const uploads = new Map<string, Upload>();
  const asked: string[] = [];
  let received = 0;

  async function finish(
    key: string,
    bytes: readonly Buffer[],
    sum: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<string | undefined> {
    let root: string;
    try {
      root = (await takeIn(each(bytes))).root;
    } catch {
      return "InvalidRequest";
    }
    const size = bytes.reduce((all, part) => all + part.length, 0);
    if (mischief.keeps || mischief.boasts)
      objects.set(key, {
        bytes: forgets ? Buffer.alloc(0) : Buffer.concat(bytes),
        size,
        sum,
        headers: { ...headers, "x-amz-meta-cid": mischief.says(root) },
      });
    return undefined;
  }

  async function handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? "/", "http://s3");
    const [, named, ...rest] = decodeURIComponent(url.pathname).split("/");
    const key = rest.join("/");
    const query = (name: string): string => url.searchParams.get(name) ?? "";
    const has = (name: string): boolean => url.searchParams.has(name);
    const number = Number(query("partNumber"));
    const what = describe(request.method ?? "", has, number);
    asked.push(what);
    if (instead !== undefined && (await instead(request, response, what)))
      return;
    const kinds = { "GET object": "read", "HEAD object": "ask" } as const;
    const kind = kinds[what as keyof typeof kinds] ?? "put";
    if (mischief.meets(kind, request, response)) return;
    const counts = request.method === "PUT";
    const body = await bodyOf(request, (bytes) => {
      if (counts) received += bytes;
    });
    const now = Date.now() + ahead;
    response.setHeader("date", new Date(now).toUTCString());
    const refuse = (status: number, code: string): void => {
      response.writeHead(status, { "content-type": "application/xml" });
      response.end(
        request.method === "HEAD"
          ? undefined
          : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>refused</Message></Error>`,
      );
    };
    const answer = (xml: string): void => {
      response.writeHead(200, { "content-type": "application/xml" });
      response.end(`<?xml version="1.0"?>${xml}`);
    };
    const problem = signatureProblem(request, body, keys, now);
    if (problem !== undefined) return refuse(403, problem);
    if (named !== bucket) return refuse(404, "NoSuchBucket");
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(
        ([name]) => name === "content-type" || name.startsWith("x-amz-meta-"),
      ),
    ) as Record<string, string>;
    const sum = createHash("sha256").update(body).digest("base64");
    const claimed = request.headers["x-amz-checksum-sha256"];
    const upload = uploads.get(query("uploadId"));
    switch (what.replace(/ \d+$/, "")) {
      case "PUT object": {
        if (!old && claimed !== sum) return refuse(400, "BadDigest");
        const wrong = await finish(key, [body], sum, headers);
        if (wrong !== undefined) return refuse(400, wrong);
        response.writeHead(200, { etag: `"${md5(body)}"` }).end();
        return;
      }
      case "POST begin": {
        const id = randomUUID();
        const begun = new Date(now);
        uploads.set(id, { key, headers, begun, parts: new Map() });
        return answer(
          `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
        );
      }
      case "PUT part": {
        if (upload?.key !== key) return refuse(404, "NoSuchUpload");
        if (!old && claimed !== sum) return refuse(400, "BadDigest");
        const tag = `"${md5(body)}"`;
        upload.parts.set(number, { bytes: body, sum, tag });
        response.writeHead(200, { etag: tag }).end();
        return;
      }
      case "GET uploads": {
        if (old) return refuse(501, "NotImplemented");
        const list = [...uploads]
          .filter(([, one]) => one.key.startsWith(query("prefix")))
          .map(
            ([id, one]) =>
              `<Upload><Key>${one.key}</Key><UploadId>${id}</UploadId><Initiated>${one.begun.toISOString()}</Initiated></Upload>`,
          );
        return answer(
          `<ListMultipartUploadsResult>${list.join("")}</ListMultipartUploadsResult>`,
        );
      }
      case "GET parts": {
        if (upload?.key !== key) return refuse(404, "NoSuchUpload");
        const after = Number(query("part-number-marker"));
        const left = [...upload.parts]
          .sort(([a], [b]) => a - b)
          .filter(([part]) => part > after);
        // Short pages, so that every test of more than two parts reads several.
        const page = left.slice(0, 2);
        const list = page.map(
          ([part, { bytes, sum: own, tag }]) =>
            `<Part><PartNumber>${part}</PartNumber><ETag>${tag}</ETag><Size>${bytes.length}</Size><ChecksumSHA256>${own}</ChecksumSHA256></Part>`,
        );
        return answer(
          `<ListPartsResult><IsTruncated>${left.length > page.length}</IsTruncated><NextPartNumberMarker>${page.at(-1)?.[0] ?? after}</NextPartNumberMarker>${list.join("")}</ListPartsResult>`,
        );
      }
      case "POST finish": {
        if (upload?.key !== key) return refuse(404, "NoSuchUpload");
        const listed = [...body.toString().matchAll(/<Part>(.*?)<\/Part>/gs)];
        const parts = listed.map(([, text = ""], i) => {
          const part = upload.parts.get(i + 1);
          const right =
            part !== undefined &&
            text.includes(`<PartNumber>${i + 1}</PartNumber>`) &&
            text.replaceAll("&quot;", '"').includes(part.tag) &&
            (old || text.includes(part.sum));
          return right ? part : undefined;
        });
        const sound = parts.filter((part) => part !== undefined);
        if (sound.length === 0 || sound.length < parts.length)
          return refuse(400, "InvalidPart");
        const whole = createHash("sha256");
        for (const part of sound) whole.update(Buffer.from(part.sum, "base64"));
        const composite = `${whole.digest("base64")}-${sound.length}`;
        if (!old && claimed !== composite) return refuse(400, "BadDigest");
        const bytes = sound.map((part) => part.bytes);
        const wrong = await finish(key, bytes, composite, upload.headers);
        if (wrong !== undefined) return refuse(400, wrong);
        uploads.delete(query("uploadId"));
        return answer(
          `<CompleteMultipartUploadResult><Key>${key}</Key></CompleteMultipartUploadResult>`,
        );
      }
      case "DELETE upload":
        uploads.delete(query("uploadId"));
        response.writeHead(204).end();
        return;
      case "HEAD object":
      case "GET object": {
        const kept = objects.get(key);
        const read = request.method === "GET";
        if (kept === undefined || (read && !mischief.keeps))
          return refuse(404, "NoSuchKey");
        const object = told(kept);
        if (read && fault?.startsWith("read-") === true)
          return mischief.gives(response, object.bytes);
        const tag = `"${md5(object.bytes)}"`;
        const wanted = request.headers["if-match"];
        if (wanted !== undefined && wanted !== tag)
          return refuse(412, "PreconditionFailed");
        const from = Number(
          /^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0,
        );
        response.writeHead(from > 0 ? 206 : 200, {
          ...object.headers,
          etag: tag,
          "content-length": object.size - from,
          ...(old ? {} : { "x-amz-checksum-sha256": object.sum }),
        });
        if (request.method === "HEAD") response.end();
        else response.end(object.bytes.subarray(from));
        return;
      }
      default:
        return refuse(501, "NotImplemented");
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const { port: bound } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  if (fault === "down") await close();
  return {
    endpoint: `http://127.0.0.1:${bound}`,
    objects,
    uploads,
    asked,
    received: () => received,
    close,
  };
}

function describe(
  method: string,
  has: (name: string) => boolean,
  part: number,
): string {
  if (has("uploads"))
    return method === "POST" ? "POST begin" : `${method} uploads`;
  if (!has("uploadId")) return `${method} object`;
  if (method === "POST") return "POST finish";
  if (method === "DELETE") return "DELETE upload";
  return method === "GET" ? "GET parts" : `PUT part ${part}`;
}

async function bodyOf(
  request: IncomingMessage,
  count: (bytes: number) => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    count((chunk as Buffer).length);
  }
  return Buffer.concat(chunks);
}

async function* each(parts: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}
