import { concat } from "../kernel/bytes.ts";
import type { PublicGateway } from "../loop/doctor-gateways.ts";
import { missingBlock } from "../publishing/car-reader.ts";
import { MAX_BLOCK_BYTES } from "../publishing/car-format.ts";
import { badAnswer } from "./http-errors.ts";
import { createHttp, type HttpOptions } from "./http.ts";

/** Statuses by which a gateway says that it does not have a block. */
const ABSENT = [404, 410, 412];

/** A gateway of others, asked for raw blocks: whoever asks hashes them, so that it need not be believed. */
export function createPublicGateway(
  url: string,
  options: Pick<HttpOptions, "fetch" | "tries" | "pause" | "quiet"> = {},
): PublicGateway {
  const http = createHttp({ tries: 2, quiet: 30_000, ...options, name: url });
  return {
    name: url,
    async get(cid) {
      const name = cid.toString();
      const answer = http.stream({
        method: "GET",
        url: `${url}/ipfs/${name}?format=raw`,
        headers: { accept: "application/vnd.ipld.raw" },
        means: (status) =>
          ABSENT.includes(status) ? missingBlock(name) : undefined,
      });
      const pieces: Uint8Array[] = [];
      let size = 0;
      for await (const piece of answer) {
        size += piece.length;
        if (size > MAX_BLOCK_BYTES)
          throw badAnswer({ name: url }, "gives more than a block can hold");
        pieces.push(piece);
      }
      return concat(...pieces);
    },
  };
}
