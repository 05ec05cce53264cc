import { readFile } from "node:fs/promises";

import { readDonRequest } from "../../offchain/adapters/don-script.ts";
import {
  startSourcesServer,
  type SourcesServer,
} from "../../offchain/adapters/sources-server.ts";
import { queriesAt } from "../../offchain/don/queries.ts";
import type { DonRequest } from "../../offchain/don/request.ts";
import { DAY, daysFromCivil } from "../../offchain/market/calendar.ts";
import { parseMarketCsv } from "../../offchain/market/parse.ts";
import { SAMPLE_PATH } from "../../offchain/market/sample.ts";

/** The market of the synthetic sample at noon of 1 January 2026. */
export const SAMPLE_MOMENT = daysFromCivil(2026, 1, 1) * DAY + DAY / 2;

/** The product's request, asking a server of this process that tells the synthetic sample; close it after use. */
export async function localRequest(
  options: { readonly dead?: readonly string[] } = {},
): Promise<{
  readonly request: DonRequest;
  readonly server: SourcesServer;
  close(): Promise<void>;
}> {
  const path = new URL(`../../${SAMPLE_PATH}`, import.meta.url);
  const series = parseMarketCsv(await readFile(path, "utf8"));
  const market = { series, at: SAMPLE_MOMENT };
  const server = await startSourcesServer({ market, port: 0, ...options });
  return {
    request: await readDonRequest(queriesAt(server.origin)),
    server,
    close: () => server.close(),
  };
}
