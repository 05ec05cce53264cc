import { readFile } from "node:fs/promises";

import { queryArgs, type Query } from "../don/queries.ts";
import { encodeRequest, type DonRequest } from "../don/request.ts";
import { FatalError } from "../kernel/errors.ts";

/**
 * The request for these queries: the committed script, and where it asks. Neither the bundler nor Chainlink's toolkit is loaded.
 * @throws FatalError `don/no-script`, `don/request-too-large`.
 */
export async function readDonRequest(
  queries: readonly Query[],
): Promise<DonRequest> {
  const request = { source: await readScript(), args: queryArgs(queries) };
  encodeRequest(request);
  return request;
}

async function readScript(): Promise<string> {
  try {
    return await readFile(
      new URL("../don/script.bundle.js", import.meta.url),
      "utf8",
    );
  } catch (cause) {
    throw new FatalError(
      "don/no-script",
      "`offchain/don/script.bundle.js` cannot be read; make it with `npm run don:build`.",
      { cause },
    );
  }
}
