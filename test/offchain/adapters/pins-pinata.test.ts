import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import {
  createPinataTarget,
  type PinataTargetOptions,
} from "../../../offchain/adapters/pins-pinata.ts";
import type { ErrorCode } from "../../../offchain/kernel/errors.ts";
import type {
  ArchiveFile,
  PinTarget,
} from "../../../offchain/loop/ports-pins.ts";
import { PINATA_JWT, PINATA_TOKEN } from "../../kit/pin-keys.ts";
import {
  startPinataServer,
  type PinataServer,
  type PinataServerOptions,
} from "../../kit/pinata-server.ts";
import { expectCode } from "../../kit/rejection.ts";
import { drain, readBack, sendable } from "../../kit/sendable.ts";
import { patterned } from "../../kit/unixfs-trees.ts";
import { shouldBearFaults } from "./pin-faults.behavior.ts";

const PIECE = 100_000;

describe("adapters/pins-pinata", () => {
  let folder: string;
  let small: ArchiveFile;
  let large: ArchiveFile;
  const opened: PinataServer[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-pinata-"));
    small = await sendable(folder, { a: patterned(3_000, 1) });
    large = await sendable(folder, {
      images: {
        "1.png": patterned(300_000, 2),
        "2.png": patterned(240_000, 3),
      },
      "1.json": patterned(500, 4),
    });
  });
  afterEach(async () => {
    for (const server of opened.splice(0)) await server.close();
    await rm(`${large.path}.pinata-upload`, { force: true });
  });
  after(() => rm(folder, { recursive: true }));

  async function start(
    options: PinataServerOptions = {},
    own: Partial<PinataTargetOptions> = {},
  ): Promise<{ server: PinataServer; target: PinTarget }> {
    const server = await startPinataServer(options);
    opened.push(server);
    const target = createPinataTarget({
      jwt: PINATA_JWT,
      token: PINATA_TOKEN,
      gateway: server.origin,
      api: server.origin,
      uploads: server.origin,
      form: PIECE,
      piece: PIECE,
      tries: 3,
      pause: 1,
      quiet: 2_000,
      ...own,
    });
    return { server, target };
  }

  it("sends a small archive as a form, and reads it back as a CAR", async () => {
    const { server, target } = await start();
    expect(await target.holds(small.root)).to.equal(false);
    await target.put(small);
    expect(await target.holds(small.root)).to.equal(true);
    expect((await readBack(target, small)).blocks).to.equal(small.count);
    await target.put(small);
    expect(server.asked).to.include("POST form");
    expect(server.asked).to.include("GET car");
    expect(server.asked).to.not.include("GET raw");
  });

  it("sends a large one by tus, and tells how far it is", async () => {
    const { server, target } = await start();
    const steps: number[] = [];
    await target.put(large, { onBytes: (sent) => steps.push(sent) });
    const pieces = Math.ceil(large.size / PIECE);
    expect(
      server.asked.filter((what) => what === "PATCH upload"),
    ).to.have.length(pieces);
    expect(steps.at(-1)).to.equal(large.size);
    expect(steps).to.deep.equal([...steps].sort((a, b) => a - b));
    expect(existsSync(`${large.path}.pinata-upload`)).to.equal(false);
    await readBack(target, large);
  });

  it("goes on with an upload that was cut off, and sends nothing twice", async () => {
    const { server, target } = await start();
    const stop = new AbortController();
    await target
      .put(large, {
        onBytes: (sent) => sent >= 3 * PIECE && stop.abort(),
        signal: stop.signal,
      })
      .then(
        () => expect.fail("it was not cut off"),
        () => undefined,
      );
    expect(server.received()).to.be.at.least(2 * PIECE);
    await target.put(large);
    expect(server.received()).to.equal(large.size);
    await readBack(target, large);
  });

  it("begins anew if what it remembers is gone, of another archive, or of another host", async () => {
    const path = `${large.path}.pinata-upload`;
    for (const note of [
      "not JSON",
      JSON.stringify({
        url: "https://other.example/v3/files/1",
        root: large.root,
        size: large.size,
      }),
      JSON.stringify({
        url: "http://ORIGIN/v3/files/1",
        root: "other",
        size: 5,
      }),
      JSON.stringify({
        url: "ORIGIN/v3/files/1",
        root: large.root,
        size: large.size,
      }),
    ]) {
      const { server, target } = await start();
      await writeFile(path, note.replaceAll("ORIGIN", server.origin));
      await target.put(large);
      expect(server.asked).to.include("POST upload");
      expect(await target.holds(large.root)).to.equal(true);
    }
  });

  it("goes on after a connection that broke in mid-upload, or an answer that was lost", async () => {
    let broken = 0;
    const { server, target } = await start({
      instead(request, response, what) {
        if (what !== "PATCH upload") return false;
        broken++;
        if (broken === 2) request.once("data", () => request.destroy());
        if (broken === 4) response.end = (() => response.destroy()) as never;
        return false;
      },
    });
    await target.put(large);
    expect(
      server.asked.filter((what) => what === "POST upload"),
    ).to.have.length(1);
    expect(broken).to.be.at.least(6);
    await readBack(target, large);
  });

  it("waits for a file that is listed later than it was accepted", async () => {
    let asked = 0;
    const { target } = await start({
      instead(_request, response, what) {
        // The last answer names no CID.
        const write = response.writeHead.bind(response);
        response.writeHead = ((
          code: number,
          headers: Record<string, string>,
        ) => {
          delete headers["upload-cid"];
          return write(code, headers);
        }) as never;
        if (what !== "GET list" || asked++ > 0) return false;
        response.end(JSON.stringify({ data: { files: null } }));
        return true;
      },
    });
    await target.put(large);
    expect(asked).to.equal(2);
  });

  it("reads block by block from a gateway that makes no CARs", async () => {
    const { server, target } = await start({ gives: "raw" });
    await target.put(large);
    expect((await readBack(target, large)).blocks).to.equal(large.count);
    expect(server.asked.filter((what) => what === "GET raw")).to.have.length(
      large.count,
    );
  });

  it("does not send a key to a host that the place names", async () => {
    const { target } = await start({
      instead(_request, response, what) {
        if (what !== "POST upload") return false;
        response.writeHead(201, { location: "https://other.example/1" }).end();
        return true;
      },
    });
    await expectCode(target.put(large), "pins/bad-answer");
  });

  it("refuses another CID than the archive's", async () => {
    const { target } = await start({ fault: "wrong-root" });
    await expectCode(target.put(small), "pins/wrong-root");
    await expectCode(target.put(large), "pins/wrong-root");
  });

  it("tells what is not there, and what is not what it was", async () => {
    const { server, target } = await start();
    await expectCode(drain(target.read(small.root)), "pins/not-held");
    await target.put(small);
    const [leaf = "", bytes = new Uint8Array()] =
      [...server.blocks].find(([cid]) => cid.startsWith("bafkrei")) ?? [];
    server.blocks.set(leaf, bytes.slice(1));
    await expectCode(readBack(target, small), "publishing/cid-mismatch");
    server.blocks.delete(leaf);
    await expectCode(readBack(target, small), "publishing/missing-block");
    const page = await start({ gives: "html" });
    await page.target.put(small);
    await expectCode(readBack(page.target, small), "publishing/cid-mismatch");
  });

  const status =
    (code: number, headers: Record<string, string> = {}, body = PINATA_JWT) =>
    (_request: IncomingMessage, response: ServerResponse): boolean => {
      response.writeHead(code, headers).end(body);
      return true;
    };
  const failures: readonly (readonly [
    string,
    NonNullable<PinataServerOptions["instead"]>,
    ErrorCode,
  ])[] = [
    ["429", status(429), "pins/unreachable"],
    [
      "429 with Retry-After",
      status(429, { "retry-after": "0" }),
      "pins/unreachable",
    ],
    ["500", status(500), "pins/unreachable"],
    ["502", status(502, {}, "<html>"), "pins/unreachable"],
    ["503", status(503), "pins/unreachable"],
    ["401", status(401), "pins/refused"],
    ["402", status(402), "pins/refused"],
    ["403", status(403), "pins/refused"],
    ["413", status(413), "pins/refused"],
    [
      "a redirect",
      status(302, { location: "https://other.example" }),
      "pins/bad-answer",
    ],
    ["a page instead of JSON", status(200, {}, "<html>"), "pins/bad-answer"],
    [
      "JSON of another shape",
      status(200, {}, `{"data":{"cids":[]}}`),
      "pins/bad-answer",
    ],
    [
      "a huge answer",
      status(200, {}, " ".repeat(2_000_000)),
      "pins/bad-answer",
    ],
    ["a reset", (request) => (request.destroy(), true), "pins/unreachable"],
    ["silence", () => true, "pins/unreachable"],
  ];
  for (const [name, instead, code] of failures)
    it(`tells ${name} as ${code}, without a secret`, async () => {
      const { target } = await start({ instead }, { quiet: 100, tries: 2 });
      for (const archive of [small, large]) {
        for (const work of [
          () => target.holds(archive.root),
          () => target.put(archive),
        ]) {
          const error = await expectCode(work, code);
          expect(error.message).to.not.include(PINATA_JWT);
        }
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
    for (const archive of [small, large]) {
      await target.holds(archive.root);
      await target.put(archive);
      await readBack(target, archive);
    }
    expect(seen.size).to.equal(7);
  });

  it("gives up on a gateway that drips", async () => {
    const { target } = await start(
      {
        instead(_request, response, what) {
          if (what !== "GET car") return false;
          const timer = setInterval(() => response.write("x"), 20);
          response.on("close", () => clearInterval(timer));
          return true;
        },
      },
      { steadiness: { rate: 100_000, grace: 100 } },
    );
    await target.put(small);
    await expectCode(drain(target.read(small.root)), "pins/unreachable");
  });

  shouldBearFaults(
    async (fault) => (await start({ fault }, { quiet: 100 })).target,
    () => [large],
  );
});
