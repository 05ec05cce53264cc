import { expect } from "chai";

import {
  startSourcesServer,
  type SourcesServer,
} from "../../../offchain/adapters/sources-server.ts";
import { defaultQueries, queriesAt } from "../../../offchain/don/queries.ts";
import { DAY, daysFromCivil } from "../../../offchain/market/calendar.ts";
import { parseMarketCsv } from "../../../offchain/market/parse.ts";
import { syntheticDaily } from "../../../offchain/market/sample.ts";
import { expectCode } from "../../kit/rejection.ts";

const at = daysFromCivil(2026, 1, 1) * DAY + 60;
const market = { series: parseMarketCsv(syntheticDaily()), at };

describe("what stands in for the internet", () => {
  let server: SourcesServer;
  const get = (path: string): Promise<Response> =>
    fetch(`${server.origin}${path}`);
  before(async () => {
    server = await startSourcesServer({
      market,
      port: 0,
      dead: ["/api.alternative.me/"],
    });
  });
  after(() => server.close());

  it("listens on this machine only", () => {
    expect(server.origin).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("answers the default queries under its own address, those that are dead with 503", async () => {
    const before = server.asked.length;
    const queries = queriesAt(server.origin);
    const answers = await Promise.all(queries.map(({ url }) => fetch(url)));
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 503]);
    expect(
      server.asked.slice(before).toSorted((a, b) => (a < b ? -1 : 1)),
    ).to.deep.equal(
      defaultQueries()
        .map(({ url }) => url.slice("https:/".length))
        .toSorted((a, b) => (a < b ? -1 : 1)),
    );
  });

  it("tells nothing that was not over at its moment, but the running day of a venue", async () => {
    const { prices } = (await (await get("/api.coingecko.com/x")).json()) as {
      prices: [number, number][];
    };
    expect(prices.at(-1)?.[0]).to.equal((at - 60) * 1_000);
    const candles = (await (
      await get("/api.exchange.coinbase.com/x")
    ).json()) as number[][];
    expect(candles.slice(0, 2).map(([time]) => time)).to.deep.equal([
      at - 60,
      at - 60 - DAY,
    ]);
  });

  it("knows no other host", async () => {
    expect((await get("/example.org/x")).status).to.equal(503);
  });

  it("says that its port is taken", async () => {
    const port = Number(new URL(server.origin).port);
    await expectCode(
      startSourcesServer({ market, port }),
      "sources/port-taken",
    );
  });
});
