import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";

import {
  fetchText,
  type FetchOptions,
} from "../../../offchain/adapters/fetch-text.ts";
import type { ErrorCode } from "../../../offchain/kernel/errors.ts";
import { RetryableError } from "../../../offchain/kernel/errors.ts";
import { expectCode } from "../../kit/rejection.ts";

const KEY = "key-that-nobody-may-see";

describe("fetching a page", () => {
  let server: Server;
  let base: string;
  let asked: string[];
  let answer: RequestListener;
  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? "");
      answer(request, response);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
    answer = (_, response) => void response.end("fine");
  });

  const get = (path = "/page", options: FetchOptions = {}): Promise<string> =>
    fetchText("test", `${base}${path}`, { pause: 5, ...options });
  const fails = async (
    code: ErrorCode,
    work: Promise<string>,
  ): Promise<boolean> => {
    const error = await expectCode(work, code);
    expect(`${error.stack} ${String(error.cause)}`).not.to.contain(KEY);
    expect(error.message).to.contain("`test`");
    return error instanceof RetryableError;
  };
  /** Answers with these statuses in turn, then with the last for ever. */
  const statuses = (...list: readonly number[]): void => {
    answer = (_, response) => {
      response.statusCode = list[asked.length - 1] ?? list.at(-1) ?? 0;
      response.end(response.statusCode === 200 ? "fine" : `no ${KEY}`);
    };
  };

  it("gives the text, and sends what it was given", async () => {
    answer = ({ headers }, response) =>
      void response.end(`${String(headers["x-key"])} é`);
    expect(await get("/page", { headers: { "x-key": KEY } })).to.equal(
      `${KEY} é`,
    );
    answer = (_, response) => void response.end();
    expect(await get()).to.equal("");
  });

  it("tries once more after 429 and 5xx, and no more", async () => {
    for (const status of [429, 500, 503]) {
      asked = [];
      statuses(status, 200);
      expect(await get()).to.equal("fine");
      expect(asked).to.have.length(2);
      asked = [];
      statuses(status, status, 200);
      expect(await fails("market/unavailable", get())).to.equal(true);
      expect(asked).to.have.length(2);
    }
  });

  it("waits before it tries again", async () => {
    statuses(503, 200);
    const began = performance.now();
    await get("/page", { pause: 60 });
    expect(performance.now() - began).to.be.at.least(55);
  });

  it("does not try again what was refused", async () => {
    for (const status of [400, 401, 404, 499]) {
      asked = [];
      statuses(status);
      expect(await fails("market/refused", get(`/?k=${KEY}`))).to.equal(false);
      expect(asked).to.have.length(1);
    }
  });

  it("gives up on who is slow to begin, and on who is slow to end", async () => {
    answer = () => {};
    expect(
      await fails("market/too-slow", get("/page", { timeout: 30 })),
    ).to.equal(true);
    answer = (_, response) => void response.write("a little");
    await fails("market/too-slow", get("/page", { timeout: 30 }));
  });

  it("counts what it reads, whatever the server says", async () => {
    const of = (bytes: number) => {
      answer = (_, response) => {
        // In pieces and without a length.
        for (let i = 0; i < bytes; i++) response.write("x");
        response.end();
      };
    };
    of(100);
    expect(await get("/page", { limit: 100 })).to.have.length(100);
    of(101);
    expect(
      await fails("market/too-large", get("/page", { limit: 100 })),
    ).to.equal(false);
  });

  it("stops reading a page without an end", async () => {
    let stopped: Promise<unknown> | undefined;
    answer = (_, response) => {
      stopped = once(response, "close");
      const more = (): void => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
        response.once("drain", more);
      };
      more();
    };
    await fails("market/too-large", get());
    // Whoever reads on never gets here.
    await stopped;
  });

  it("follows redirects within its host, and only there", async () => {
    const to = (location: string) => {
      answer = ({ url }, response) => {
        if (url === "/end") return void response.end("fine");
        response.writeHead(302, location === "" ? {} : { location }).end();
      };
    };
    to("/end");
    expect(await get()).to.equal("fine");
    for (const elsewhere of [
      "https://example.org/end",
      "http://127.0.0.1:1/end",
      "http://localhost/end",
      "file:///etc/passwd",
      "/again",
      "http://[",
      "",
    ]) {
      to(elsewhere);
      expect(await fails("market/redirected", get())).to.equal(false);
    }
  });

  it("follows three redirects and no fourth", async () => {
    const long = (hops: number) => {
      answer = ({ url = "" }, response) => {
        const hop = Number(url.slice(1));
        if (hop === hops) return void response.end("fine");
        response.writeHead(307, { location: `/${hop + 1}` }).end();
      };
    };
    long(3);
    expect(await get("/0")).to.equal("fine");
    long(4);
    await fails("market/redirected", get("/0"));
  });

  it("reads no bytes that are no text", async () => {
    answer = (_, response) =>
      void response.end(Buffer.from([0x61, 0xff, 0xfe]));
    expect(await fails("market/not-text", get())).to.equal(false);
  });

  it("says that nobody is there", async () => {
    const dead = createServer().listen(0, "127.0.0.1");
    await once(dead, "listening");
    const { port } = dead.address() as AddressInfo;
    await new Promise((resolve) => dead.close(resolve));
    const url = `http://127.0.0.1:${port}/?key=${KEY}`;
    expect(await fails("market/unreachable", fetchText("test", url))).to.equal(
      true,
    );
    answer = (request) => void request.socket.destroy();
    await fails("market/unreachable", get());
  });

  it("asks only over https, or this machine", async () => {
    const never = (): never => {
      throw new Error("asked");
    };
    for (const url of [
      "http://example.org/",
      "http://127.0.0.1.example.org/",
      "http://localhost/",
      "ftp://127.0.0.1/",
      `https://user:${KEY}@example.org/`,
      `https://${KEY}@example.org/`,
      KEY,
      "",
    ])
      expect(
        await fails("market/bad-url", fetchText("test", url, { fetch: never })),
      ).to.equal(false);
    const fetch = async () => new Response("fine");
    expect(await fetchText("test", "https://example.org/", { fetch })).to.equal(
      "fine",
    );
  });

  it("shows no key that cannot be one", async () => {
    for (const value of [`${KEY}\n`, `${KEY} é`, ""])
      expect(
        await fails(
          "market/bad-key",
          get("/page", { headers: { "x-key": value } }),
        ),
      ).to.equal(false);
    expect(asked).to.deep.equal([]);
  });

  it("can be called off, also while it waits to try again", async () => {
    const gone = async (work: (signal: AbortSignal) => Promise<unknown>) => {
      const off = new AbortController();
      const caught = work(off.signal).catch((error: unknown) => error);
      await sleep(20);
      off.abort(new Error("off"));
      return (await caught) as Error;
    };
    answer = () => {};
    const now = await gone((signal) => get("/page", { signal }));
    expect(now.message).to.equal("off");
    const busy = async () => new Response("", { status: 503 });
    const later = await gone((signal) =>
      get("/page", { signal, pause: 9_999, fetch: busy }),
    );
    expect(later.name).to.equal("AbortError");
  });
});
