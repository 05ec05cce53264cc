import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { expect } from "chai";

import { createHttp, type Http } from "../../../offchain/adapters/http.ts";
import { FatalError } from "../../../offchain/kernel/errors.ts";
import { concat } from "../../../offchain/kernel/bytes.ts";
import { gather } from "../../kit/gather.ts";
import { expectCode } from "../../kit/rejection.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

const KEY = "key-that-nobody-sees";

describe("adapters/http", () => {
  let server: Server;
  let url: string;
  let answer: RequestListener;
  let asked: number;
  let http: Http;
  beforeEach(async () => {
    asked = 0;
    server = createServer((request, response) => {
      asked += 1;
      answer(request, response);
    });
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/path?token=${KEY}`;
    http = createHttp({
      name: "place",
      secrets: [KEY],
      tries: 3,
      pause: 1,
      quiet: 200,
    });
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Answers with these statuses, one after the other, then 200. */
  const statuses =
    (list: number[], headers: Record<string, string> = {}): RequestListener =>
    (_, response) => {
      const status = list.shift() ?? 200;
      response.writeHead(status, status === 200 ? {} : headers);
      response.end(status === 200 ? "fine" : `{"no": "${KEY}"}`);
    };

  const get = (): Promise<unknown> => http.send({ method: "GET", url });

  it("gives an answer, and sends what it is told to", async () => {
    const got: string[] = [];
    answer = (request, response) => {
      const { method, headers } = request;
      got.push(
        `${method} ${headers.authorization} ${headers["content-length"]}`,
      );
      request.on("data", (piece: Buffer) => got.push(piece.toString()));
      request.on("end", () =>
        response.writeHead(201, { "x-a": "1" }).end("ok"),
      );
    };
    const { status, headers, text } = await http.send({
      method: "POST",
      url,
      headers: { authorization: "Bearer x" },
      body: () => "hello",
    });
    expect([status, headers.get("x-a"), text]).to.deep.equal([201, "1", "ok"]);
    expect(got).to.deep.equal(["POST Bearer x 5", "hello"]);
  });

  it("tries again after 408, 429 and 5xx, and so often only", async () => {
    answer = statuses([429, 503]);
    expect(await get()).to.include({ status: 200, text: "fine" });
    expect(asked).to.equal(3);
    answer = statuses([500, 502, 408]);
    const { message } = await expectCode(get(), "pins/unreachable");
    expect(message).not.to.include(KEY);
    expect(asked).to.equal(6);
  });

  it("waits as long as it is asked to, and not for ever", async () => {
    answer = statuses([429], { "retry-after": "0" });
    expect(await get()).to.include({ text: "fine" });
    for (const later of ["3600", new Date(Date.now() + 3e6).toUTCString()]) {
      asked = 0;
      answer = statuses([429], { "retry-after": later });
      await expectCode(get(), "pins/unreachable");
      expect(asked).to.equal(1);
    }
  });

  it("refuses at once what no further try helps, without telling the key", async () => {
    for (const status of [400, 401, 402, 403, 404, 413, 507]) {
      asked = 0;
      answer = statuses([status]);
      const { message } = await expectCode(get(), "pins/refused");
      expect(message).to.include(`${status}`).and.not.include(KEY);
      expect(asked).to.equal(1);
    }
    answer = statuses([302], { location: "http://127.0.0.1:1/" });
    await expectCode(get(), "pins/bad-answer");
  });

  it("leaves to the caller what the caller understands", async () => {
    answer = statuses([500]);
    const { status, text } = await http.send({
      method: "GET",
      url,
      takes: (found, said) => found === 500 && said.startsWith("{"),
    });
    expect([status, text]).to.deep.equal([500, `{"no": "${KEY}"}`]);
  });

  it("tells a server that is silent, gone, or cuts the connection", async () => {
    answer = () => {};
    await expectCode(get(), "pins/unreachable");
    expect(asked).to.equal(3);
    answer = (request) => void request.socket.destroy();
    await expectCode(get(), "pins/unreachable");
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const gone = { method: "GET", url } as const;
    const { message } = await expectCode(http.send(gone), "pins/unreachable");
    expect(message).to.include("ECONNREFUSED").and.not.include(KEY);
  });

  it("limits what it reads", async () => {
    answer = (_, response) => response.end("x".repeat(2_000));
    await expectCode(
      http.send({ method: "GET", url, limit: 1_999 }),
      "pins/bad-answer",
    );
    await http.send({ method: "GET", url, limit: 2_000 });
  });

  it("sends a stream anew with each try, and tells how long it is", async () => {
    const bytes = patterned(300_000, 1);
    const received: { length: string | undefined; bytes: Buffer }[] = [];
    answer = (request, response) => {
      const pieces: Buffer[] = [];
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.on("end", () => {
        const length = request.headers["content-length"];
        received.push({ length, bytes: Buffer.concat(pieces) });
        response.writeHead(received.length === 1 ? 500 : 200).end();
      });
    };
    async function* body(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 70_000)
        yield bytes.subarray(at, at + 70_000);
    }
    await http.send({ method: "PUT", url, body, length: bytes.length });
    await http.send({ method: "PUT", url, body });
    expect(received.map(({ length }) => length)).to.deep.equal([
      "300000",
      "300000",
      undefined,
    ]);
    for (const { bytes: found } of received)
      expect(Buffer.compare(found, bytes)).to.equal(0);
  });

  it("hands on what the body throws, and does not send it again", async () => {
    answer = (request, response) => {
      request.resume();
      request.on("end", () => response.end());
    };
    async function* body(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      throw new FatalError("test/body", "The file is gone, says the test.");
    }
    await expectCode(http.send({ method: "PUT", url, body }), "test/body");
    expect(asked).to.be.at.most(1);
  });

  it("streams an answer, and tells one that is cut off or stalls", async () => {
    const bytes = patterned(500_000, 2);
    const read = (): Promise<Uint8Array[]> =>
      gather(http.stream({ method: "GET", url }));
    answer = (_, response) => response.end(bytes);
    expect(Buffer.compare(concat(...(await read())), bytes)).to.equal(0);
    answer = (_, response) => {
      response.writeHead(200, { "content-length": "500000" });
      response.write(bytes.subarray(0, 1_000), () => response.destroy());
    };
    await expectCode(read(), "pins/unreachable");
    answer = (_, response) => void response.write(bytes.subarray(0, 1_000));
    await expectCode(read(), "pins/unreachable");
    answer = statuses([404]);
    await expectCode(read(), "pins/refused");
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    answer = () => stop.abort();
    const thrown = await http
      .send({ method: "GET", url, signal: stop.signal })
      .catch((error: unknown) => error);
    expect((thrown as Error).name).to.equal("AbortError");
    expect(asked).to.equal(1);
  });
});
