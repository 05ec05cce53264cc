import { concat, toHex, utf8, type Hex } from "../kernel/bytes.ts";
import { keccak256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";

/** What a DON takes at most, bytes of the whole request. */
export const REQUEST_LIMIT = 30_000;

/** Queries a script may make, and what the DON allows each, ms. */
export const QUERY_LIMIT = 5;

/** A script and what it is given. */
export interface DonRequest {
  /** JavaScript, as it stands in the body of an async function. */
  readonly source: string;
  readonly args: readonly string[];
}

/** CBOR's major types that a request needs. */
const UNSIGNED = 0;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;

/**
 * The bytes of a request: canonical CBOR (RFC 7049, 3.9) of a map with the source inline (location 0) in JavaScript (language 0).
 * The same as `buildRequestCBOR` of Chainlink's toolkit gives, so that nobody needs the toolkit to send a request.
 * @throws FatalError `don/request-too-large`.
 */
export function encodeRequest({ source, args }: DonRequest): Uint8Array {
  // Canonical order: the shorter key first, then by bytes.
  const bytes = concat(
    head(MAP, 4),
    text("args"),
    head(ARRAY, args.length),
    ...args.map(text),
    text("source"),
    text(source),
    text("codeLanguage"),
    head(UNSIGNED, 0),
    text("codeLocation"),
    head(UNSIGNED, 0),
  );
  if (bytes.length <= REQUEST_LIMIT) return bytes;
  throw new FatalError(
    "don/request-too-large",
    `The request has ${bytes.length} bytes, and a DON takes ${REQUEST_LIMIT}; shorten the script or its arguments.`,
  );
}

/** What `FunctionsAdapter` was made for: the hash of {@link encodeRequest}. */
export function requestHash(request: DonRequest): Hex {
  return toHex(keccak256(encodeRequest(request)));
}

function text(value: string): Uint8Array {
  const bytes = utf8(value);
  return concat(head(TEXT, bytes.length), bytes);
}

/** The first bytes of an item: its type, and its length in as few bytes as it needs. */
function head(type: number, length: number): Uint8Array {
  const major = type * 32;
  if (length < 24) return Uint8Array.of(major + length);
  if (length < 0x100) return Uint8Array.of(major + 24, length);
  if (length < 0x1_0000)
    return Uint8Array.of(major + 25, length >> 8, length & 255);
  return Uint8Array.of(
    major + 26,
    (length >> 24) & 255,
    (length >> 16) & 255,
    (length >> 8) & 255,
    length & 255,
  );
}
