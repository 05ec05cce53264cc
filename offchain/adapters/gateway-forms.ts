import type { CID } from "multiformats/cid";

import type { StoreBlocks } from "../loop/ports-store.ts";
import type { NodeLink } from "../publishing/dag-node.ts";
import { createDag } from "../publishing/dag.ts";
import {
  fileLength,
  readBytes,
  type ByteRange,
} from "../publishing/dag-walk.ts";
import { nativeSha256 } from "./blocks-hash.ts";
import { carAnswer } from "./gateway-car.ts";
import type { Found } from "./gateway-find.ts";
import { directoryPage } from "./gateway-page.ts";
import { httpRange } from "./gateway-ranges.ts";
import type { GatewayRequest, Wanted } from "./gateway-request.ts";
import { contentType, disposition, type Answer } from "./gateway-types.ts";

const IMMUTABLE = "public, max-age=29030400, immutable";
/** What is made here out of content may look different one day. */
const PAGE = "public, max-age=3600";
const SANDBOX =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'";

/** What was found, in the form that was asked for: an archive, a block, a file, or a directory as a page. */
export async function formAnswer(
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
    return pageAnswer(directoryPage(wanted, cid, entries), {
      ETag: `"page-1.${text}"`,
      "Cache-Control": PAGE,
    });
  }
  const load = (block: CID): Promise<Uint8Array> => store.get(block);
  const name = wanted.filename ?? wanted.path.at(-1) ?? "";
  const head = name.includes(".")
    ? new Uint8Array()
    : await firstBytes(readBytes(load, cid, { from: 0, to: size }));
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

/** A page for people, which may do nothing in a browser but show itself. */
export function pageAnswer(
  html: string,
  headers: Readonly<Record<string, string>>,
): Answer {
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
