import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { expect } from "chai";

import { createPriceOf } from "../../../offchain/adapters/price-fetch.ts";
import { expectCode } from "../../kit/rejection.ts";

const KEY = "key-that-nobody-may-see";

describe("adapters/price-fetch", () => {
  let server: Server;
  let host: string;
  let answer: string;
  let asked: { url: string | undefined; key: unknown };

  before(async () => {
    server = createServer((request, response) => {
      const { url, headers } = request;
      asked = { url, key: headers["x-cg-demo-api-key"] };
      response.end(answer);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  it("asks for a coin in a currency, with the key in a header, and keeps every digit", async () => {
    answer = '{"ethereum":{"eur":2105.123456789}}';
    const price = await createPriceOf({ host, key: KEY })("ethereum", "eur");
    expect(price).to.equal(2_105_123_456_789_000_000_000n);
    expect(asked.url).to.contain("ids=ethereum&vs_currencies=eur");
    expect(asked.url).not.to.contain(KEY);
    expect(asked.key).to.equal(KEY);
    await createPriceOf({ host })("ethereum", "eur");
    expect(asked.key).to.equal(undefined);
  });

  for (const nonsense of [
    "{}",
    '{"ethereum":{}}',
    '{"ethereum":{"eur":"2105"}}',
    '{"ethereum":{"eur":0}}',
    '{"ethereum":{"eur":-1}}',
    '{"ethereum":{"usd":1}}',
    "[]",
    "no json",
  ])
    it(`refuses ${nonsense}`, async () => {
      answer = nonsense;
      await expectCode(
        createPriceOf({ host })("ethereum", "eur"),
        "market/no-price",
      );
    });

  it("says that nobody answers", async () => {
    const nowhere = createPriceOf({ host: "http://127.0.0.1:1", pause: 1 });
    await expectCode(nowhere("ethereum", "eur"), "market/unreachable");
  });
});
