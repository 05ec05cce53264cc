import { equal } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { encodeRequest, type DonRequest } from "./request.ts";

/**
 * Reads a request back, as a node of the DON does; the inverse of `encodeRequest`.
 * @throws FatalError `don/bad-request` if no request encodes to these bytes.
 */
export function readRequest(bytes: Uint8Array): DonRequest {
  try {
    const reader = new Reader(bytes);
    reader.head(5);
    reader.text();
    const args = Array.from({ length: reader.head(4) }, () => reader.text());
    reader.text();
    const request = { args, source: reader.text() };
    // Every other byte is checked at once: canonical bytes are the only ones.
    if (equal(encodeRequest(request), bytes)) return request;
  } catch (cause) {
    if (!(cause instanceof RangeError || cause instanceof TypeError))
      throw cause;
  }
  throw new FatalError(
    "don/bad-request",
    `The request of ${bytes.length} bytes is not a script with its arguments in canonical CBOR; make it with encodeRequest.`,
  );
}

/** Items of CBOR, one after another. */
class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The length in the head of an item of this type. */
  head(type: number): number {
    const first = this.#next();
    if (first >> 5 !== type) throw new TypeError("another type");
    const width = [0, 1, 2, 4][Math.max(0, (first & 31) - 23)];
    if (width === undefined) throw new RangeError("too long");
    if (width === 0) return first & 31;
    let length = 0;
    for (let i = 0; i < width; i++) length = length * 256 + this.#next();
    // An item of n bytes or members needs n bytes: nothing is reserved for a length that lies.
    if (length > this.#bytes.length) throw new RangeError("too long");
    return length;
  }

  text(): string {
    const end = this.head(3) + this.#at;
    if (end > this.#bytes.length) throw new RangeError("too short");
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      part,
    );
  }

  #next(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new RangeError("too short");
    return byte;
  }
}
