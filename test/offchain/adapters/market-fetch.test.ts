import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import {
  fetchSources,
  requireSource,
  type MarketFetchOptions,
} from "../../../offchain/adapters/market-fetch.ts";
import {
  DEFAULT_SOURCES,
  ETHER,
  RULES,
  SERVICES,
  type Service,
} from "../../../offchain/adapters/market-sources.ts";
import { RetryableError } from "../../../offchain/kernel/errors.ts";
import { packObservation } from "../../../offchain/kernel/observation.ts";
import { observeSources } from "../../../offchain/market/observe-sources.ts";
import type { DeadSource, Reading } from "../../../offchain/market/reading.ts";
import { coinbase } from "../../../offchain/market/sources/coinbase.ts";
import { coingecko } from "../../../offchain/market/sources/coingecko.ts";
import { fearAndGreed } from "../../../offchain/market/sources/fear-and-greed.ts";
import { opensea } from "../../../offchain/market/sources/opensea.ts";
import { expectCode } from "../../kit/rejection.ts";
import { AT, fixture } from "../market/readings.ts";

const KEY = "key-that-nobody-may-see";

/** What each service answers here. */
const GOOD: Readonly<Record<Service, string>> = {
  coingecko: fixture("coingecko.json"),
  coinbase: fixture("coinbase.json"),
  "fear-and-greed": fixture("fear-and-greed.json"),
  opensea: fixture("opensea.json"),
};

/** A text, or a status with it; `slow` never ends, `huge` is more than anybody wants, `redirect` sends to somebody else. */
type Says = string | { readonly status: number; readonly text: string };

describe("fetching the sources of a market", () => {
  let server: Server;
  let says: Record<Service, readonly Says[]>;
  let asked: { service: string; url: string; request: IncomingMessage }[];
  let hosts: Record<Service, string>;
  before(async () => {
    server = createServer((request, response) => {
      const [, service = "", ...rest] = (request.url ?? "").split("/");
      asked.push({ service, url: `/${rest.join("/")}`, request });
      const list = says[service as Service];
      const times = asked.filter((one) => one.service === service).length;
      const answer = list[times - 1] ?? list.at(-1) ?? "";
      if (answer === "slow") return;
      if (answer === "huge") return void response.end("x".repeat(3_000_000));
      if (answer === "redirect")
        return void response
          .writeHead(302, { location: "https://example.org/" })
          .end();
      const { status, text } =
        typeof answer === "string" ? { status: 200, text: answer } : answer;
      response.writeHead(status).end(text);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    hosts = Object.fromEntries(
      SERVICES.map((service) => [
        service,
        `http://127.0.0.1:${port}/${service}`,
      ]),
    ) as Record<Service, string>;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
    says = Object.fromEntries(
      SERVICES.map((service) => [service, [GOOD[service]]]),
    ) as unknown as Record<Service, readonly Says[]>;
  });

  const ask = (
    names: readonly string[] = DEFAULT_SOURCES,
    options: Partial<MarketFetchOptions> = {},
  ): Promise<readonly (Reading | DeadSource)[]> =>
    fetchSources(names, {
      at: AT,
      hosts,
      pause: 5,
      ...options,
    });
  /** The code that a source died of, after checking that nothing else died and that no key shows. */
  const deadOf = (readings: readonly (Reading | DeadSource)[]) => {
    expect(
      JSON.stringify(readings.filter((one) => "code" in one)),
    ).not.to.contain(KEY);
    return readings.map((one) => ("code" in one ? one.code : "alive"));
  };

  it("gives every source's reading, in the order of the names", async () => {
    const readings = await ask();
    expect(readings).to.deep.equal([
      coingecko(GOOD.coingecko),
      coinbase(GOOD.coinbase),
      fearAndGreed(GOOD["fear-and-greed"]),
    ]);
    const { observation, discarded } = observeSources(readings, { at: AT });
    expect(discarded).to.deep.equal([]);
    // The word that the workflow of offchain/cre reports of the same answers.
    expect(packObservation(observation)).to.equal(
      "0x013f00f500c8fff60ed80000d372834f00015a30018a006afe3c001388271009",
    );
    const turned = await ask([...DEFAULT_SOURCES].reverse());
    expect(turned).to.deep.equal([...readings].reverse());
  });

  it("asks the services' own addresses", async () => {
    await ask();
    expect(
      Object.fromEntries(asked.map(({ service, url }) => [service, url])),
    ).to.deep.equal({
      coingecko:
        "/api/v3/coins/ethereum/market_chart?vs_currency=usd&days=40&interval=daily",
      coinbase: "/products/ETH-USD/candles?granularity=86400",
      "fear-and-greed": "/fng/?limit=2",
    });
    for (const service of SERVICES) {
      const { host, path } = RULES[service];
      expect(new URL(host + path({ ...ETHER, slug: "x" })).protocol).to.equal(
        "https:",
      );
    }
  });

  it("asks for another coin, and writes no name into the address", async () => {
    const subject = { coin: "a/../b?c", pair: "X&Y", slug: "s#t" };
    await ask(["coingecko", "coinbase", "opensea"], {
      subject,
      keys: { opensea: async () => KEY },
    });
    const paths = asked.map(({ url }) => url.split("?")[0]);
    expect(paths).to.have.members([
      "/api/v2/collections/s%23t/stats",
      "/api/v3/coins/a%2F..%2Fb%3Fc/market_chart",
      "/products/X%26Y/candles",
    ]);
  });

  for (const [what, answer, code] of [
    ["never answers", "slow", "market/too-slow"],
    ["sends more than two megabytes", "huge", "market/too-large"],
    ["sends to another host", "redirect", "market/redirected"],
    ["shows a page to log in", "<html>", "market/not-json"],
    ["sends half an answer", GOOD.coinbase.slice(0, -40), "market/not-json"],
    ["sends another shape", "{}", "market/unexpected-shape"],
    ["refuses", { status: 403, text: "" }, "market/refused"],
    ["is overloaded", { status: 429, text: "" }, "market/unavailable"],
    ["is broken", { status: 502, text: "" }, "market/unavailable"],
  ] as const) {
    it(`counts a source that ${what} as dead, and hears the others`, async () => {
      says.coinbase = [answer];
      const readings = await ask(DEFAULT_SOURCES, { timeout: 1_000 });
      expect(deadOf(readings)).to.deep.equal(["alive", code, "alive"]);
      const [, dead] = readings as [Reading, DeadSource, Reading];
      expect(dead).to.include({ source: "coinbase", kind: "prices" });
      expect(dead.why).to.match(/^[^\n]+\.$/);
    });
  }

  it("hears a source that is fine the second time", async () => {
    says.coingecko = [{ status: 429, text: "" }, GOOD.coingecko];
    expect(deadOf(await ask())).to.deep.equal(["alive", "alive", "alive"]);
    expect(asked).to.have.length(4);
  });

  it("counts a source where nobody listens as dead", async () => {
    const gone = createServer().listen(0, "127.0.0.1");
    await once(gone, "listening");
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const nobody = { ...hosts, coinbase: `http://127.0.0.1:${port}` };
    expect(deadOf(await ask(DEFAULT_SOURCES, { hosts: nobody }))).to.deep.equal(
      ["alive", "market/unreachable", "alive"],
    );
  });

  it("asks OpenSea with the caller's key, in a header alone", async () => {
    const subject = { ...ETHER, slug: "works" };
    const keys = { opensea: async () => KEY };
    expect(await ask(["opensea"], { subject, keys })).to.deep.equal([
      opensea(GOOD.opensea, { at: AT }),
    ]);
    const [first] = asked;
    expect(first?.url).to.equal("/api/v2/collections/works/stats");
    expect(first?.request.headers["x-api-key"]).to.equal(KEY);
    says.opensea = [{ status: 401, text: KEY }];
    expect(deadOf(await ask(["opensea"], { subject, keys }))).to.deep.equal([
      "market/refused",
    ]);
  });

  it("reads no answer that holds the key, since parsers quote", async () => {
    const subject = { ...ETHER, slug: "works" };
    const keys = { opensea: async () => KEY };
    for (const text of [KEY, `${"<".repeat(50)}${KEY}`, `{"a":"${KEY}"}`]) {
      says.opensea = [text];
      expect(deadOf(await ask(["opensea"], { subject, keys }))).to.deep.equal([
        "market/echoed-key",
      ]);
    }
  });

  it("asks nobody for a key that is not needed", async () => {
    const keys = {
      opensea: (): never => {
        throw new Error("asked");
      },
    };
    expect(deadOf(await ask(DEFAULT_SOURCES, { keys }))).to.deep.equal([
      "alive",
      "alive",
      "alive",
    ]);
    expect(
      asked.some(({ request }) => "x-api-key" in request.headers),
    ).to.equal(false);
  });

  it("counts OpenSea as dead without a key, without a name, with a wrong key", async () => {
    const subject = { ...ETHER, slug: "works" };
    const code = async (options: Partial<MarketFetchOptions>) =>
      deadOf(await ask(["opensea"], options))[0];
    expect(await code({ subject })).to.equal("market/no-key");
    const none = async (): Promise<string> => {
      throw new Error(`no variable, ${KEY}`);
    };
    expect(await code({ subject, keys: { opensea: none } })).to.equal(
      "market/no-key",
    );
    const keys = { opensea: async () => KEY };
    expect(await code({ keys })).to.equal("market/no-slug");
    const torn = { opensea: async () => `${KEY}\n` };
    expect(await code({ subject, keys: torn })).to.equal("market/bad-key");
    expect(asked).to.deep.equal([]);
  });

  it("reads recorded files, and counts missing ones as dead", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loop-market-"));
    try {
      const path = join(folder, "days.csv");
      const rows = ["2026-11-18,1,1,1,5,9", "2026-11-19,1,1,1,6,9"];
      await writeFile(
        path,
        ["date,open,high,low,close,volume", ...rows].join("\n"),
      );
      const missing = join(folder, "none.csv");
      const readings = await ask([`csv:${path}`, `csv:${missing}`]);
      expect(deadOf(readings)).to.deep.equal([
        "alive",
        "market/unreadable-file",
      ]);
      const [first, second] = readings as [
        Reading & { kind: "prices" },
        Reading,
      ];
      expect(first).to.include({ kind: "prices", tellsVolume: true });
      expect(first.series.days).to.have.length(2);
      expect(second.kind).to.equal("prices");
      await writeFile(path, "no market");
      expect(deadOf(await ask([`csv:${path}`]))[0]).to.match(/^market\//);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("reads the collection's own sales from the caller", async () => {
    const sale = {
      time: AT - 9,
      price: 5n,
      buyer: `0x${"0a".repeat(20)}`,
      seller: `0x${"0b".repeat(20)}`,
      token: "1000000",
    };
    const sales = async () => [sale];
    expect(await ask(["own-sales"], { sales })).to.deep.equal([
      { kind: "sales", source: "own-sales", sales: [sale] },
    ]);
    const [dead] = await ask(["own-sales"], {
      sales: () =>
        Promise.reject(new RetryableError("chain/unreachable", "Gone.")),
    });
    expect(dead).to.include({ kind: "sales", code: "chain/unreachable" });
    expect(deadOf(await ask(["own-sales"]))).to.deep.equal(["market/no-chain"]);
  });

  it("tells of a foreign error only what kind it is", async () => {
    const torn = {
      status: 200,
      ok: true,
      get body(): never {
        throw new RangeError(KEY);
      },
    } as unknown as Response;
    const readings = await ask(["coinbase"], {
      fetch: () => Promise.resolve(torn),
      keys: { coinbase: async () => KEY },
    });
    expect(deadOf(readings)).to.deep.equal(["market/unreachable"]);
    const [dead] = await ask(["own-sales"], {
      sales: () => Promise.reject(new TypeError(KEY)),
    });
    expect(deadOf(dead === undefined ? [] : [dead])).to.deep.equal([
      "market/failed",
    ]);
  });

  it("counts a source once, however often it is named", async () => {
    expect(await ask(["coinbase", "coinbase"])).to.have.length(1);
    expect(asked).to.have.length(1);
  });

  it("knows no other names, and asks nobody then", async () => {
    for (const name of ["kraken", "", "csv:", "csv", "toString", "Coinbase"])
      await expectCode(ask(["coinbase", name]), "market/unknown-source");
    expect(asked).to.deep.equal([]);
    expect(requireSource("csv:a.csv")).to.equal("csv:a.csv");
  });

  it("can be called off", async () => {
    says.coinbase = ["slow"];
    const off = new AbortController();
    const work = ask(["coinbase"], { signal: off.signal });
    off.abort(new Error("off"));
    const error = (await work.catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).to.equal("off");
  });
});
