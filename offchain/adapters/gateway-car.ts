import { createWriter } from "@ipld/car/buffer-writer";
import { CID } from "multiformats/cid";

import { concat, toHex, utf8 } from "../kernel/bytes.ts";
import type { StoreBlocks } from "../loop/ports-store.ts";
import { encodeCarHeader, encodeFrameHead } from "../publishing/car-format.ts";
import {
  fileLength,
  walkDag,
  type WalkOptions,
} from "../publishing/dag-walk.ts";
import type { Block } from "../publishing/cid.ts";
import { nativeSha256 } from "./blocks-hash.ts";
import type { Format } from "./gateway-accept.ts";
import type { Found } from "./gateway-find.ts";
import { entityRange } from "./gateway-ranges.ts";
import { PROBE, type Wanted } from "./gateway-request.ts";
import { disposition, type Answer } from "./gateway-types.ts";

type Car = Extract<Format, { kind: "car" }>;

/** Blocks below this are sent in one piece with their heads: most are metadata of a kilobyte. */
const SMALL = 65_536;

/** An archive: the blocks that lead along the path, then what lies at its end. Its one root is what the path leads to. */
export function carAnswer(
  store: StoreBlocks,
  wanted: Wanted,
  format: Car,
  found: Found,
): Answer {
  const { scope, bytes, repeats } = format;
  const size = fileLength(found.cid, found.bytes);
  const range =
    bytes === undefined || size === undefined
      ? undefined
      : entityRange(bytes, size);
  // Bytes of a file that come out empty: its first block shows why.
  const empty =
    bytes !== undefined && size !== undefined && range === undefined;
  const options = { scope: empty ? "block" : scope, range, repeats } as const;
  const identity = [wanted.root, wanted.path.join("/"), bytes?.text ?? ""];
  const mark = toHex(nativeSha256(utf8(identity.join("\n")))).slice(2, 18);
  const cid = found.cid.toString();
  return {
    status: 200,
    headers: {
      "Content-Type": carType(format),
      "Content-Disposition": disposition("attachment", wanted, `${cid}.car`),
      ETag: `W/"${scope}-${repeats ? "y" : "n"}-${mark}.${cid}.car"`,
      "Accept-Ranges": "none",
      "Cache-Control": "public, max-age=29030400, immutable",
    },
    body: frames(store, found, options),
  };
}

async function* frames(
  store: StoreBlocks,
  { cid: root, trail }: Found,
  options: WalkOptions,
): AsyncGenerator<Uint8Array> {
  // With the first block, so that nothing is promised before one was found whole.
  let before = encodeCarHeader(root);
  const sent = new Set<string>();
  const frame = ({ cid, bytes }: Block): Uint8Array[] => {
    const name = cid.toString();
    if (options.repeats !== true && sent.has(name)) return [];
    sent.add(name);
    const head = concat(before, encodeFrameHead(cid, bytes.length));
    before = new Uint8Array();
    return bytes.length < SMALL ? [concat(head, bytes)] : [head, bytes];
  };
  for (const block of trail) yield* frame(block);
  const load = (cid: CID): Promise<Uint8Array> => store.get(cid);
  for await (const block of walkDag(load, root, options)) yield* frame(block);
}

/** What is said to the question whether this is a gateway. */
export function probeAnswer(format: Format): Answer {
  const headers = { "Cache-Control": "no-cache", ETag: `"${PROBE}"` };
  if (format.kind !== "car")
    return {
      status: 200,
      headers: {
        ...headers,
        "Content-Type":
          format.kind === "raw" ? "application/vnd.ipld.raw" : "text/plain",
        "Content-Disposition": `attachment; filename="${PROBE}.bin"`,
        "Content-Length": "0",
      },
      body: new Uint8Array(),
    };
  const root = CID.parse(PROBE);
  const car = createWriter(new ArrayBuffer(64), { roots: [root] });
  const body = car.close({ resize: true });
  return {
    status: 200,
    headers: {
      ...headers,
      "Content-Type": carType(format),
      "Content-Disposition": `attachment; filename="${PROBE}.car"`,
      "Content-Length": `${body.length}`,
    },
    body,
  };
}

function carType({ order, repeats }: Car): string {
  return `application/vnd.ipld.car; version=1; order=${order}; dups=${repeats ? "y" : "n"}`;
}
