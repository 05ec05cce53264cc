import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import {
  createS3Target,
  type S3TargetOptions,
} from "../../../offchain/adapters/pins-s3.ts";
import type { ErrorCode } from "../../../offchain/kernel/errors.ts";
import type {
  ArchiveFile,
  PinTarget,
} from "../../../offchain/loop/ports-pins.ts";
import { S3_KEYS } from "../../kit/pin-keys.ts";
import { expectCode } from "../../kit/rejection.ts";
import { startRealS3 } from "../../kit/s3-real.ts";
import {
  startS3Server,
  type S3Server,
  type S3ServerOptions,
} from "../../kit/s3-server.ts";
import { drain, readBack, sendable } from "../../kit/sendable.ts";
import { patterned } from "../../kit/unixfs-trees.ts";
import { shouldBearFaults } from "./pin-faults.behavior.ts";

const PART = 100_000;

describe("adapters/pins-s3", () => {
  let folder: string;
  let small: ArchiveFile;
  let large: ArchiveFile;
  const opened: S3Server[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-s3-"));
    small = await sendable(folder, { a: patterned(3_000, 1) });
    large = await sendable(folder, {
      images: {
        "1.png": patterned(300_000, 2),
        "2.png": patterned(240_000, 3),
      },
    });
  });
  afterEach(async () => {
    for (const server of opened.splice(0)) await server.close();
  });
  after(() => rm(folder, { recursive: true }));

  async function start(
    options: S3ServerOptions = {},
    own: Partial<S3TargetOptions> = {},
  ): Promise<{ server: S3Server; target: PinTarget }> {
    const server = await startS3Server(options);
    opened.push(server);
    const target = createS3Target({
      endpoint: server.endpoint,
      bucket: "archives",
      prefix: "loop",
      keys: S3_KEYS,
      part: PART,
      patience: { tries: 3, pause: 1 },
      timeout: 2_000,
      ...own,
    });
    return { server, target };
  }

  it("keeps a small archive as one object, with what Filebase needs to import it", async () => {
    const { server, target } = await start();
    expect(await target.holds(small.root)).to.equal(false);
    await target.put(small);
    expect(await target.holds(small.root)).to.equal(true);
    const object = server.objects.get(`loop/${small.root}.car`);
    expect(object?.size).to.equal(small.size);
    expect(object?.headers).to.deep.include({
      "content-type": "application/vnd.ipld.car; version=1",
      "x-amz-meta-import": "car",
    });
    expect(await readBack(target, small)).to.deep.equal({
      blocks: small.count,
      bytes: small.size,
    });
    expect(target.name).to.equal(`s3:${server.endpoint}/archives/loop`);
  });

  it("sends a large one in parts, tells how far it is, and leaves no upload behind", async () => {
    const { server, target } = await start();
    const steps: number[] = [];
    await target.put(large, { onBytes: (sent) => steps.push(sent) });
    const parts = Math.ceil(large.size / PART);
    expect(
      server.asked.filter((what) => what.startsWith("PUT part")),
    ).to.have.length(parts);
    expect(steps.at(-1)).to.equal(large.size);
    expect(server.uploads.size).to.equal(0);
    await readBack(target, large);
  });

  it("goes on where it was cut off, and sends again only what does not agree", async () => {
    const { server, target } = await start();
    const stop = new AbortController();
    const put = target.put(large, {
      onBytes: (sent) => sent >= 3 * PART && stop.abort(),
      signal: stop.signal,
    });
    expect(await put.catch((error: unknown) => error)).to.equal(
      stop.signal.reason,
    );
    const [upload] = server.uploads.values();
    const part = upload?.parts.get(1);
    expect(upload?.parts.size).to.be.at.least(3);
    const kept = upload?.parts.size ?? 0;
    if (part !== undefined) part.sum = `${"A".repeat(43)}=`;
    const before = server.asked.length;
    await target.put(large);
    const again = server.asked
      .slice(before)
      .filter((what) => what.startsWith("PUT part"));
    expect(again).to.have.length(Math.ceil(large.size / PART) - kept + 1);
    expect(again).to.include("PUT part 1");
    expect(server.asked.slice(before)).to.not.include("POST begin");
    await readBack(target, large);
  });

  it("begins anew where a bucket cannot tell what it has", async () => {
    const { server, target } = await start({ old: true });
    await target.put(large);
    expect(server.asked).to.include("POST begin");
    await readBack(target, large);
  });

  it("begins anew if the upload it found is given up meanwhile", async () => {
    let gone = false;
    const { server, target } = await start({
      instead(_request, _response, what) {
        if (gone && what === "PUT part 4") server.uploads.clear();
        gone &&= what !== "PUT part 4";
        return false;
      },
    });
    const stop = new AbortController();
    await target
      .put(large, { onBytes: () => stop.abort(), signal: stop.signal })
      .catch(() => undefined);
    gone = true;
    await target.put(large);
    expect(gone).to.equal(false);
    await readBack(target, large);
  });

  it("does not send twice because an answer was lost", async () => {
    let lost = 0;
    const { server, target } = await start({
      instead(_request, response, what) {
        if (what === "POST finish" && lost++ === 0)
          response.end = (() => response.destroy()) as never;
        return false;
      },
    });
    await target.put(large);
    expect(lost).to.equal(2);
    expect(server.asked.filter((what) => what === "POST begin")).to.have.length(
      1,
    );
  });

  it("corrects a clock that is off", async () => {
    const { target } = await start({ ahead: 3_600_000 });
    await target.put(small);
    await readBack(target, small);
  });

  it("goes on reading where a connection broke, and gives up on one that does not get on", async () => {
    let breaks = 0;
    const { target } = await start({
      instead(_request, response, what) {
        if (what !== "GET object") return false;
        const end = response.end.bind(response);
        response.end = ((bytes: Buffer) => {
          if (breaks++ >= 3) return void end(bytes);
          response.write(bytes.subarray(0, breaks > 0 ? 100_000 : 10), () =>
            response.destroy(),
          );
        }) as never;
        return false;
      },
    });
    await target.put(large);
    await readBack(target, large);
    expect(breaks).to.equal(4);
    breaks = -10;
    await expectCode(readBack(target, large), "pins/unreachable");
  });

  const status =
    (code: number, headers: Record<string, string> = {}, body = "") =>
    (_request: IncomingMessage, response: ServerResponse): boolean => {
      response.writeHead(code, headers).end(body);
      return true;
    };
  const xml = (code: string): string =>
    `<Error><Code>${code}</Code><Message>${S3_KEYS.secretAccessKey}</Message></Error>`;
  /** What a bucket does to every request, and what is made of it. */
  const failures: readonly (readonly [
    string,
    NonNullable<S3ServerOptions["instead"]>,
    ErrorCode,
  ])[] = [
    ["429", status(429), "pins/unreachable"],
    [
      "429 with Retry-After",
      status(429, { "retry-after": "0" }),
      "pins/unreachable",
    ],
    ["500", status(500, {}, xml("InternalError")), "pins/unreachable"],
    ["502 of a proxy", status(502, {}, "<html>"), "pins/unreachable"],
    ["503", status(503, {}, xml("SlowDown")), "pins/unreachable"],
    ["401", status(401), "pins/refused"],
    ["402", status(402), "pins/refused"],
    ["403", status(403, {}, xml("AccessDenied")), "pins/refused"],
    [
      "a wrong secret",
      status(403, {}, xml("SignatureDoesNotMatch")),
      "pins/refused",
    ],
    ["413", status(413, {}, xml("EntityTooLarge")), "pins/refused"],
    ["no bucket", status(404, {}, xml("NoSuchBucket")), "pins/refused"],
    [
      "another region",
      status(301, {}, xml("PermanentRedirect")),
      "pins/refused",
    ],
    [
      "a clock that cannot be corrected",
      status(403, { date: "yesterday" }, xml("RequestTimeTooSkewed")),
      "pins/refused",
    ],
    ["a reset", (request) => (request.destroy(), true), "pins/unreachable"],
    ["silence", () => true, "pins/unreachable"],
  ];
  for (const [name, instead, code] of failures)
    it(`tells ${name} as ${code}, without a secret`, async () => {
      const { target } = await start(
        { instead },
        { timeout: 100, patience: { tries: 2, pause: 1 } },
      );
      for (const archive of [small, large]) {
        const error = await expectCode(target.put(archive), code);
        expect(error.message).to.not.include(S3_KEYS.secretAccessKey);
        expect(error.message).to.not.include(S3_KEYS.accessKeyId);
        expect(error.cause).to.equal(undefined);
      }
    });

  it("gets over a failure that passes", async () => {
    const seen = new Set<string>();
    const { target } = await start({
      instead(_request, response, what) {
        if (seen.has(what)) return false;
        seen.add(what);
        if (seen.size % 2 === 0) response.destroy();
        else response.writeHead(503, { "retry-after": "0" }).end();
        return true;
      },
    });
    await target.put(large);
    await readBack(target, large);
    expect(seen.size).to.be.greaterThan(8);
  });

  it("gives up on a bucket that stalls in mid-answer or drips", async () => {
    const drip =
      (ms: number): NonNullable<S3ServerOptions["instead"]> =>
      (_request, response, what) => {
        if (what !== "GET object") return false;
        response.writeHead(200, { "content-length": 1_000_000 });
        response.write("x");
        const timer = setInterval(() => response.write("x"), ms);
        response.on("close", () => clearInterval(timer));
        return true;
      };
    const steadiness = { idle: 60, rate: 100_000, grace: 100 };
    for (const ms of [10_000, 20]) {
      const { target } = await start({ instead: drip(ms) }, { steadiness });
      await expectCode(drain(target.read(small.root)), "pins/unreachable");
    }
  });

  it("does not believe a bucket that says it holds something else", async () => {
    for (const told of [
      { sum: "AAAA" },
      { size: 5 },
      { headers: { "x-amz-meta-root": "other" } },
      { headers: { "x-amz-meta-cid": "other" } },
    ]) {
      const { target } = await start({
        told: (object) => ({
          ...object,
          ...told,
          headers: { ...object.headers, ...told.headers },
        }),
      });
      await expectCode(target.put(small), "pins/wrong-root");
    }
  });

  it("tells an archive that is not there from one that was damaged there", async () => {
    const { server, target } = await start();
    await expectCode(drain(target.read(small.root)), "pins/not-held");
    await target.put(small);
    const key = `loop/${small.root}.car`;
    const object = server.objects.get(key);
    if (object === undefined) throw new Error("nothing was kept");
    const bytes = Buffer.from(object.bytes);
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    server.objects.set(key, { ...object, bytes });
    await expectCode(readBack(target, small), "publishing/cid-mismatch");
  });

  it("does the same with a real server", async function () {
    const real = await startRealS3(S3_KEYS);
    // Set LOOP_S3_SERVER to a versitygw to run this.
    if (real === undefined) return this.skip();
    try {
      const target = createS3Target({
        ...real,
        keys: S3_KEYS,
        part: 5_242_880,
      });
      const wrong = { ...S3_KEYS, secretAccessKey: "wrong" };
      const stranger = createS3Target({ ...real, keys: wrong });
      await expectCode(stranger.holds(small.root), "pins/refused");
      await expectCode(stranger.put(small), "pins/refused");
      const lost = createS3Target({ ...real, bucket: "none", keys: S3_KEYS });
      await expectCode(lost.put(small), "pins/refused");
      await target.put(small);
      await target.put(small);
      expect(await target.holds(small.root)).to.equal(true);
      await readBack(target, small);
      const archive = await sendable(folder, { a: patterned(17_000_000, 7) });
      const stop = new AbortController();
      await target
        .put(archive, { onBytes: () => stop.abort(), signal: stop.signal })
        .catch(() => undefined);
      expect(await target.holds(archive.root)).to.equal(false);
      await target.put(archive);
      expect(await target.holds(archive.root)).to.equal(true);
      await readBack(target, archive);
    } finally {
      await real.close();
    }
  });

  shouldBearFaults(
    async (fault) =>
      (await start({ fault }, { timeout: 100, steadiness: { idle: 100 } }))
        .target,
    () => [large],
  );
});
