import type { CID } from "multiformats/cid";

import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { StoreBlocks } from "../loop/ports-store.ts";
import { createDag } from "../publishing/dag.ts";
import {
  fileLength,
  readBytes,
  type ByteRange,
} from "../publishing/dag-walk.ts";
import type { NodeLink } from "../publishing/dag-node.ts";
import { nativeSha256 } from "./blocks-hash.ts";
import { carAnswer, probeAnswer } from "./gateway-car.ts";
import { find, type Found } from "./gateway-find.ts";
import { directoryPage, storePage } from "./gateway-page.ts";
import { httpRange, isKnown } from "./gateway-ranges.ts";
import {
  parseRequest,
  type GatewayRequest,
  type Question,
  type Wanted,
} from "./gateway-request.ts";
import { contentType, disposition, type Answer } from "./gateway-types.ts";

const IMMUTABLE = "public, max-age=29030400, immutable";
/** What is made here out of content may look different one day. */
const PAGE = "public, max-age=3600";
const SANDBOX =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'";

/**
 * Answers a request out of the local store.
 * @throws FatalError as `parseRequest`; `publishing/no-such-path`, `publishing/missing-block`; `gateway/not-cached`;
 * `publishing/*` of a damaged store.
 */
export async function answerRequest(
  store: StoreBlocks,
  request: GatewayRequest,
): Promise<Answer> {
  const question = parseRequest(request);
  switch (question.kind) {
    case "options":
      return { status: 204, headers: {} };
    case "index":
      return page(storePage(await store.list()), {
        "Cache-Control": "no-cache",
      });
    case "probe":
      return probeAnswer(question.format);
    case "content":
      return answerContent(store, request, question);
  }
}

async function answerContent(
  store: StoreBlocks,
  { headers, url }: GatewayRequest,
  wanted: Extract<Question, { kind: "content" }>,
): Promise<Answer> {
  const found = await find(store, wanted).catch((error: unknown) => {
    const cached = /\bonly-if-cached\b/i.test(headers["cache-control"] ?? "");
    if (cached && isLoopError(error, "publishing/missing-block"))
      throw new FatalError(
        "gateway/not-cached",
        `\`${wanted.root.toString()}\` is not here; ask elsewhere.`,
      );
    throw error;
  });
  const answer = await form(store, headers, { wanted, found });
  const own = {
    "X-Ipfs-Path": url.split("?")[0] ?? "",
    "X-Ipfs-Roots": found.roots.map(String).join(","),
    ...(wanted.location === undefined
      ? {}
      : { "Content-Location": wanted.location }),
    ...answer.headers,
  };
  if (isKnown(headers["if-none-match"], answer.headers["ETag"] ?? "")) {
    const {
      "Content-Length": _,
      "Content-Range": __,
      ...kept
    } = own as Record<string, string>;
    return { status: 304, headers: kept };
  }
  return { ...answer, headers: own };
}

async function form(
  store: StoreBlocks,
  headers: GatewayRequest["headers"],
  asked: { readonly wanted: Wanted; readonly found: Found },
): Promise<Answer> {
  const { wanted, found } = asked;
  const { cid, bytes } = found;
  const text = cid.toString();
  const { format } = wanted;
  if (format.kind === "car") return carAnswer(store, wanted, format, found);
  if (format.kind === "raw") {
    const sent = (range: ByteRange) => bytes.subarray(range.from, range.to);
    return inRange(headers, bytes.length, sent, {
      "Content-Type": "application/vnd.ipld.raw",
      "Content-Disposition": disposition("attachment", wanted, `${text}.bin`),
      ETag: `"${text}.raw"`,
    });
  }
  const size = fileLength(cid, bytes);
  if (size === undefined) {
    const dag = createDag((wantedCid) => store.get(wantedCid), nativeSha256);
    const entries: NodeLink[] = [];
    for await (const entry of dag.entries(cid)) entries.push(entry);
    return page(directoryPage(wanted, cid, entries), {
      ETag: `"page-1.${text}"`,
      "Cache-Control": PAGE,
    });
  }
  const load = (block: CID): Promise<Uint8Array> => store.get(block);
  const head = await firstBytes(readBytes(load, cid, { from: 0, to: size }));
  const name = wanted.filename ?? wanted.path.at(-1) ?? "";
  return inRange(headers, size, (range) => readBytes(load, cid, range), {
    "Content-Type": contentType(name, head),
    "Content-Disposition": disposition(
      wanted.download ? "attachment" : "inline",
      wanted,
      name,
    ),
    ETag: `"${text}"`,
  });
}

async function firstBytes(
  pieces: AsyncGenerator<Uint8Array>,
): Promise<Uint8Array> {
  for await (const piece of pieces) return piece;
  return new Uint8Array();
}

function inRange(
  headers: GatewayRequest["headers"],
  size: number,
  body: (range: ByteRange) => NonNullable<Answer["body"]>,
  own: Readonly<Record<"ETag", string> & Record<string, string>>,
): Answer {
  const all = { ...own, "Accept-Ranges": "bytes", "Cache-Control": IMMUTABLE };
  const range = httpRange(headers["range"], size, {
    etag: own.ETag,
    ifRange: headers["if-range"],
  });
  if (range === "outside")
    return {
      status: 416,
      headers: { ...all, "Content-Range": `bytes */${size}` },
    };
  const { from, to } = range ?? { from: 0, to: size };
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...all,
      "Content-Length": `${to - from}`,
      ...(range === undefined
        ? {}
        : { "Content-Range": `bytes ${from}-${to - 1}/${size}` }),
    },
    body: body({ from, to }),
  };
}

function page(html: string, headers: Readonly<Record<string, string>>): Answer {
  const bytes = Buffer.from(html);
  return {
    status: 200,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Length": `${bytes.length}`,
      "Content-Security-Policy": SANDBOX,
      ...headers,
    },
    body: bytes,
  };
}
