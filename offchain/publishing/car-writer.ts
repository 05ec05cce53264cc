import type { CID } from "multiformats/cid";

import type { BlockSink } from "./block-sink.ts";
import {
  CAR_HEADER_BYTES,
  encodeCarHeader,
  encodeFrameHead,
} from "./car-format.ts";

/** The file an archive is written to. Calls come one at a time; bytes may be reused once a call has settled. */
export interface CarOutput {
  append(bytes: Uint8Array): void | Promise<void>;
  /** Overwrites bytes that were appended before. */
  patch(offset: number, bytes: Uint8Array): Promise<void>;
}

/** A CARv1 that grows. */
export interface CarWriter extends BlockSink {
  /** Fills the root into the header. The blocks of the root must have been put. */
  finish(root: CID): Promise<void>;
}

/**
 * Writes blocks as they come, behind a header whose root is filled in last: memory does not grow with the archive, except for
 * the names of the blocks. A block that was put before is left out, so the bytes depend on the order of first puts only.
 */
export async function createCarWriter(output: CarOutput): Promise<CarWriter> {
  const written = new Set<string>();
  await output.append(new Uint8Array(CAR_HEADER_BYTES));
  return {
    put({ cid, bytes }) {
      const name = shortName(cid);
      if (written.has(name)) return undefined;
      written.add(name);
      const head = output.append(encodeFrameHead(cid, bytes.length));
      // Most appends go to memory: not waiting for those is a third of the packing time of small files.
      return head === undefined
        ? output.append(bytes)
        : head.then(() => output.append(bytes));
    },
    async finish(root) {
      await output.patch(0, encodeCarHeader(root));
    },
  };
}

/** One character a byte: a shorter key than the CID's text, and much cheaper to make. */
function shortName({ code, multihash }: CID): string {
  return String.fromCharCode(code, ...multihash.digest);
}
