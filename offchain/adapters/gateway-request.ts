import type { CID } from "multiformats/cid";

import { FatalError, isLoopError } from "../kernel/errors.ts";
import { parseCid } from "../publishing/cid.ts";
import { negotiate, type Format } from "./gateway-accept.ts";

/** What of a request the gateway looks at; header names in lower case. */
export interface GatewayRequest {
  readonly method: string;
  /** As it came, for instance `/ipfs/bafy…/1000000.json?format=raw`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Content that is asked for. */
export interface Wanted {
  readonly root: CID;
  /** Names below it. */
  readonly path: readonly string[];
  readonly format: Format;
  /** The name that the answer shall have, if one was given. */
  readonly filename: string | undefined;
  readonly download: boolean;
  /** Where this very answer has an address of its own, see the specification's `Content-Location`. */
  readonly location: string | undefined;
}

/** `index` is the list of what is here, `probe` the question whether this is such a gateway. */
export type Question =
  | { readonly kind: "index" }
  | { readonly kind: "options" }
  | { readonly kind: "probe"; readonly format: Format }
  | ({ readonly kind: "content" } & Wanted);

/** The empty identity CID, which clients ask a gateway for to learn whether it is one. */
export const PROBE = "bafkqaaa";

/** Longest URL that is read. */
const MAX_URL = 2_048;

/**
 * Reads a request as the Trustless Gateway and the Path Gateway specifications say. Nothing here touches a file: a path is a list of
 * names that are looked up below a CID.
 * @throws FatalError `gateway/bad-request`, `gateway/bad-method`, `gateway/url-too-long`, `gateway/not-acceptable`,
 * `gateway/no-such-place`.
 */
export function parseRequest(request: GatewayRequest): Question {
  const { method, url, headers } = request;
  if (url.length > MAX_URL)
    throw new FatalError(
      "gateway/url-too-long",
      `The URL has \`${url.length}\` characters; no file here needs more than ${MAX_URL}.`,
    );
  if (method === "OPTIONS") return { kind: "options" };
  if (method !== "GET" && method !== "HEAD")
    throw new FatalError(
      "gateway/bad-method",
      `Method \`${method.slice(0, 20)}\` is not served; this gateway only gives, use GET or HEAD.`,
    );
  const [pathname = "", ...search] = url.split("?");
  const query = new URLSearchParams(search.join("?"));
  if (pathname === "/") return { kind: "index" };
  const [namespace, cid = "", ...names] = pathname.slice(1).split("/");
  if (namespace !== "ipfs" || cid === "")
    throw new FatalError(
      "gateway/no-such-place",
      `\`${pathname.slice(0, 80)}\` is not served here; ask for /ipfs/ and a CID.`,
    );
  if (headers["service-worker"] !== undefined)
    throw bad("A service worker is not given", "fetch the file as a page does");
  const format = negotiate(query, headers["accept"]);
  if (cid === PROBE && names.every((name) => name === ""))
    return { kind: "probe", format };
  const root = parseRoot(cid);
  const path = names.filter((name) => name !== "").map(decodeName);
  if (format.kind === "raw" && path.length > 0)
    throw bad(
      "A raw block is asked for by its CID alone",
      "leave the path away, or ask for format=car",
    );
  const filename = query.get("filename") ?? undefined;
  const named = query.get("format");
  return {
    kind: "content",
    root,
    path,
    format,
    filename,
    download: query.get("download") === "true",
    location:
      format.kind === "file" || named === format.kind
        ? undefined
        : `${pathname}?${addressOf(format, filename)}`,
  };
}

function parseRoot(text: string): CID {
  // Base 32 in lower case is the one form we write; others would give one block several addresses.
  if (/^b[a-z2-7]{58}$/.test(text)) {
    try {
      return parseCid(text);
    } catch (error) {
      if (!isLoopError(error)) throw error;
    }
  }
  throw bad(
    `\`${text.slice(0, 80)}\` is not a CID of the kind that is served here`,
    "give a CIDv1 of raw or dag-pb under sha2-256, in base 32",
  );
}

function decodeName(text: string): string {
  let name: string;
  try {
    name = decodeURIComponent(text);
  } catch {
    throw bad(`\`${text.slice(0, 80)}\` is not encoded rightly`, "encode it");
  }
  if (name === "." || name === ".." || /[/\0]/.test(name))
    throw bad(`\`${text.slice(0, 80)}\` names nothing`, "give the path itself");
  return name;
}

function addressOf(format: Format, filename: string | undefined): string {
  const query = new URLSearchParams({ format: format.kind });
  if (filename !== undefined) query.set("filename", filename);
  if (format.kind === "car") {
    const { scope, bytes, order, repeats } = format;
    query.set("dag-scope", scope);
    if (bytes !== undefined) query.set("entity-bytes", bytes.text);
    query.set("car-version", "1");
    query.set("car-order", order);
    query.set("car-dups", repeats ? "y" : "n");
  }
  return query.toString();
}

function bad(what: string, remedy: string): FatalError {
  return new FatalError("gateway/bad-request", `${what}; ${remedy}.`);
}
