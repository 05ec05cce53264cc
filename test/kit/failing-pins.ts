import type { IncomingMessage, ServerResponse } from "node:http";

import { concat } from "../../offchain/kernel/bytes.ts";
import type { ErrorCode } from "../../offchain/kernel/errors.ts";
import { encodeFrameHead } from "../../offchain/publishing/car-format.ts";
import { rawCid } from "../../offchain/publishing/cid.ts";
import { patterned } from "./unixfs-trees.ts";

/** A way in which a place that keeps archives goes wrong. */
export interface PinFault {
  /** What the server does. */
  readonly does: string;
  /** How a sending ends: the archive is held after all, or it is refused with one of these codes. */
  readonly ends: "held" | readonly ErrorCode[];
}

const NOT_HELD: readonly ErrorCode[] = ["pins/not-held"];
const UNREACHABLE: readonly ErrorCode[] = ["pins/unreachable"];
const REFUSED: readonly ErrorCode[] = ["pins/refused"];

/** The ways, by name. Every server of the kit plays every one of them. */
export const PIN_FAULTS = {
  down: { does: "listens no more", ends: UNREACHABLE },
  silent: { does: "never answers", ends: UNREACHABLE },
  "cut-put": { does: "cuts every sending off", ends: UNREACHABLE },
  "cut-put-once": { does: "cuts the first sending off", ends: "held" },
  busy: { does: "answers 429 to every sending", ends: UNREACHABLE },
  "busy-long": {
    does: "answers 429 and wants to be left alone for an hour",
    ends: UNREACHABLE,
  },
  "busy-twice": { does: "answers 429 twice, Retry-After: 0", ends: "held" },
  broken: { does: "answers 500 to every sending", ends: UNREACHABLE },
  "broken-twice": { does: "answers 502 and 503, then works", ends: "held" },
  "wrong-key": { does: "answers 401 to everything", ends: REFUSED },
  unpaid: { does: "answers 402 to a sending", ends: REFUSED },
  full: { does: "has no room for a sending", ends: REFUSED },
  html: {
    does: "answers with a page for browsers, 200",
    ends: ["pins/bad-answer", "pins/not-held"],
  },
  "wrong-root": {
    does: "says that it holds another root now",
    ends: ["pins/wrong-root"],
  },
  forgets: { does: "accepts a sending and keeps nothing", ends: NOT_HELD },
  boasts: {
    does: "says that it holds what it never got, and keeps nothing",
    ends: NOT_HELD,
  },
  hides: {
    does: "keeps everything and gives nothing back (404)",
    ends: ["pins/not-held", "pins/refused"],
  },
  "read-damaged": { does: "gives back one byte changed", ends: NOT_HELD },
  "read-short": { does: "gives back all but the last block", ends: NOT_HELD },
  "read-truncated": {
    does: "gives back all but the last byte",
    ends: NOT_HELD,
  },
  "read-stray": { does: "gives back a block too many", ends: NOT_HELD },
  "read-html": {
    does: "gives back a page for browsers, 200",
    ends: NOT_HELD,
  },
  "read-cut": { does: "cuts the connection in the answer", ends: UNREACHABLE },
  "read-stalls": {
    does: "stops in the middle of an answer",
    ends: UNREACHABLE,
  },
} as const satisfies Readonly<Record<string, PinFault>>;

/** The name of a way. */
export type PinFaultName = keyof typeof PIN_FAULTS;

/** What is asked of a place: whether it holds something, to keep something, to give it back. */
export type PinRequest = "ask" | "put" | "read";

/** A way, played in front of a server that does everything right. */
export interface Mischief {
  /** Deals with a request, or leaves it to the server (false). */
  meets(
    kind: PinRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ): boolean;
  /** Whether what is sent is kept. */
  readonly keeps: boolean;
  /** Whether it says that it holds what it does not. */
  readonly boasts: boolean;
  /** The root that it says it holds. */
  says(root: string): string;
  /** Answers a reading with this archive, or what it makes of it. */
  gives(response: ServerResponse, car: Uint8Array): void;
}

const PAGE = "<!doctype html><title>Welcome</title><p>Please log in.</p>";

/** Deals with the so many-th sending, or leaves it to the server (false). */
type Reaction = (
  request: IncomingMessage,
  response: ServerResponse,
  sendings: number,
) => boolean;

const answers =
  (status: number, headers: Record<string, string> = {}): Reaction =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { connection: "close", ...headers });
    response.end(status === 200 ? PAGE : "no");
    return true;
  };

const cuts: Reaction = (request) => {
  request.once("data", () => request.socket.destroy());
  return true;
};

/** The first of them only. */
const first =
  (...reactions: Reaction[]): Reaction =>
  (request, response, sendings) =>
    reactions[sendings - 1]?.(request, response, sendings) ?? false;

/** What is done to every request. */
const ALWAYS: Partial<Record<PinFaultName, Reaction>> = {
  silent: (request) => {
    request.resume();
    return true;
  },
  "wrong-key": answers(401),
  html: answers(200, { "content-type": "text/html" }),
};

/** What is done to a sending. */
const SENDING: Partial<Record<PinFaultName, Reaction>> = {
  "cut-put": cuts,
  "cut-put-once": first(cuts),
  busy: answers(429),
  "busy-long": answers(429, { "retry-after": "3600" }),
  "busy-twice": first(
    answers(429, { "retry-after": "0" }),
    answers(429, { "retry-after": "0" }),
  ),
  broken: answers(500),
  "broken-twice": first(answers(502), answers(503)),
  unpaid: answers(402),
  full: answers(507),
};

/** What is given in place of an archive. */
const GIVEN: Partial<
  Record<PinFaultName, (car: Uint8Array) => Uint8Array | string>
> = {
  "read-damaged": damaged,
  "read-short": (car) => car.subarray(0, lastFrame(car)),
  "read-truncated": (car) => car.subarray(0, -1),
  "read-stray": (car) => concat(car, strayFrame()),
  "read-html": () => PAGE,
};

/** Plays a way; `undefined` plays none. */
export function createMischief(fault: PinFaultName | undefined): Mischief {
  let sendings = 0;
  return {
    keeps: fault !== "forgets" && fault !== "boasts",
    boasts: fault === "boasts",
    says: (root) =>
      fault === "wrong-root" ? rawCid(patterned(9, 9)).toString() : root,
    meets(kind, request, response) {
      if (kind === "put") sendings += 1;
      if (fault === undefined) return false;
      if (ALWAYS[fault]?.(request, response, sendings) === true) return true;
      if (kind === "read" && fault === "hides")
        return answers(404)(request, response, sendings);
      if (kind !== "put") return false;
      return SENDING[fault]?.(request, response, sendings) ?? false;
    },
    gives(response, car) {
      const headers = { "content-type": "application/vnd.ipld.car" };
      if (fault === "read-cut" || fault === "read-stalls") {
        const length = { "content-length": `${car.length}` };
        response.writeHead(200, { ...headers, ...length });
        response.write(car.subarray(0, car.length >> 1), () => {
          if (fault === "read-cut") response.destroy();
        });
        return;
      }
      response.writeHead(200, headers);
      const spoil = fault === undefined ? undefined : GIVEN[fault];
      response.end(spoil?.(car) ?? car);
    },
  };
}

/** One bit of the last byte: it is some block's. */
function damaged(car: Uint8Array): Uint8Array {
  const bytes = car.slice();
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return bytes;
}

/** Where the last block's frame begins. */
function lastFrame(car: Uint8Array): number {
  let [at, last] = [0, 0];
  while (at < car.length) {
    last = at;
    let [length, unit] = [0, 1];
    for (;;) {
      const byte = car[at++] ?? 0;
      length += (byte & 127) * unit;
      unit *= 128;
      if (byte < 128) break;
    }
    at += length;
  }
  return last;
}

function strayFrame(): Uint8Array {
  const bytes = patterned(33, 77);
  return concat(encodeFrameHead(rawCid(bytes), bytes.length), bytes);
}
