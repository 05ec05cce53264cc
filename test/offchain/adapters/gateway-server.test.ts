import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { CarReader } from "@ipld/car";
import { expect } from "chai";
import { exporter } from "ipfs-unixfs-exporter";
import { CID } from "multiformats/cid";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { startGateway } from "../../../offchain/adapters/gateway-server.ts";
import { openStoreBlocks } from "../../../offchain/adapters/store-blocks.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { checkCarStream } from "../../../offchain/publishing/car-stream.ts";
import { ask, startTestGateway, type TestGateway } from "../../kit/gateway.ts";
import { gather } from "../../kit/gather.ts";
import { expectCode } from "../../kit/rejection.ts";
import { buildTree, patterned, type Tree } from "../../kit/unixfs-trees.ts";

const PNG = Buffer.concat([
  Buffer.from("89504e470d0a1a0a", "hex"),
  patterned(2_500_000, 4),
]);
const JSON_FILE = utf8('{"name":"Trial #1000000"}');
const MANY = 1_200;
/** So long that the directory is sharded. */
const longName = (i: number): string => `${"long-name-".repeat(20)}${i}.json`;
const TREE: Tree = {
  "1000000.json": JSON_FILE,
  images: { "1000000.png": PNG, "small & <b>.png": patterned(40, 9) },
  many: Object.fromEntries(
    Array.from({ length: MANY }, (_, i) => [longName(i), utf8(`{"i":${i}}`)]),
  ),
};
const RAW = { accept: "application/vnd.ipld.raw" };
const CAR = { accept: "application/vnd.ipld.car" };

async function* of(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

describe("adapters/gateway-server", () => {
  let gateway: TestGateway;
  let root: string;
  let all: readonly string[];
  const cids: Record<string, string> = {};
  const get = (
    path: string,
    headers: Record<string, string> = {},
    method = "GET",
  ) => ask(gateway.url, path, { headers, method });
  before(async () => {
    gateway = await startTestGateway();
    root = (await gateway.keep(TREE)).toString();
    const { blocks } = await buildTree(TREE);
    all = [...new Set(blocks.map(({ cid }) => cid.toString()))];
    for (const path of [
      "1000000.json",
      "images",
      "images/1000000.png",
      "many",
    ]) {
      const { headers } = await get(`/ipfs/${root}/${path}`, {}, "HEAD");
      cids[path] = headers["x-ipfs-roots"]?.split(",").at(-1) ?? "";
    }
  });
  after(() => gateway.close());

  /** Statements of the Trustless Gateway and the Path Gateway specifications, one line each. */
  const table: readonly (readonly [
    says: string,
    path: string | (() => string),
    headers: Record<string, string>,
    status: number,
    shows?: Record<string, string | RegExp | undefined>,
    method?: string,
  ])[] = [
    [
      "raw by Accept",
      () => `/ipfs/${root}`,
      RAW,
      200,
      {
        "content-type": "application/vnd.ipld.raw",
        "content-disposition": /^attachment; filename="bafy\w+\.bin"$/,
        "content-location": /\?format=raw$/,
      },
    ],
    [
      "raw by format",
      () => `/ipfs/${root}?format=raw`,
      {},
      200,
      {
        etag: /^"bafy\w+\.raw"$/,
        "content-location": undefined,
        "cache-control": /immutable/,
      },
    ],
    [
      "format goes before Accept",
      () => `/ipfs/${root}?format=raw`,
      CAR,
      200,
      { "content-type": "application/vnd.ipld.raw" },
    ],
    ["raw takes no path", () => `/ipfs/${root}/images?format=raw`, {}, 400],
    [
      "HEAD is GET without payload",
      () => `/ipfs/${root}?format=raw`,
      {},
      200,
      { "content-type": "application/vnd.ipld.raw", "content-length": /^\d+$/ },
      "HEAD",
    ],
    [
      "a raw block by ranges",
      () => `/ipfs/${cids["1000000.json"]}?format=raw`,
      { range: "bytes=0-3" },
      206,
      { "content-range": /^bytes 0-3\/\d+$/ },
    ],
    [
      "CAR by Accept",
      () => `/ipfs/${root}`,
      CAR,
      200,
      {
        "content-type":
          "application/vnd.ipld.car; version=1; order=dfs; dups=n",
        "content-disposition": /^attachment; filename="bafy\w+\.car"$/,
        "content-location":
          /format=car&dag-scope=all&car-version=1&car-order=dfs&car-dups=n$/,
        "accept-ranges": "none",
      },
    ],
    [
      "CAR with what it can do named",
      () => `/ipfs/${root}?format=car`,
      { accept: "application/vnd.ipld.car; version=1; order=dfs; dups=y" },
      200,
      { "content-type": /dups=y$/ },
    ],
    [
      "the query's car parameters go first",
      () => `/ipfs/${root}?format=car&car-dups=n`,
      { accept: "application/vnd.ipld.car;dups=y" },
      200,
      { "content-type": /dups=n$/ },
    ],
    [
      "an unknown order is dfs too",
      () => `/ipfs/${root}?format=car&car-order=unk`,
      {},
      200,
      { "content-type": /order=dfs/ },
    ],
    [
      "no second version",
      () => `/ipfs/${root}?format=car&car-version=2`,
      {},
      406,
    ],
    [
      "no other order",
      () => `/ipfs/${root}`,
      { accept: "application/vnd.ipld.car; order=foo" },
      406,
    ],
    [
      "no other order, but another wish",
      () => `/ipfs/${root}`,
      {
        accept:
          "application/vnd.ipld.car;order=foo, application/vnd.ipld.car;order=dfs;dups=y;q=0.5",
      },
      200,
      { "content-type": /dups=y$/ },
    ],
    [
      "no wish of quality zero",
      () => `/ipfs/${root}`,
      {
        accept: "application/vnd.ipld.raw;q=0, application/vnd.ipld.car;q=0.1",
      },
      200,
      { "content-type": /car/ },
    ],
    [
      "no third kind of duplicates",
      () => `/ipfs/${root}?format=car&car-dups=maybe`,
      {},
      406,
    ],
    [
      "no scope but three",
      () => `/ipfs/${root}?format=car&dag-scope=half`,
      {},
      400,
    ],
    [
      "scopes have tags of their own",
      () => `/ipfs/${root}?format=car&dag-scope=block`,
      {},
      200,
      { etag: /^W\/"block-/ },
    ],
    [
      "bytes of an entity are numbers",
      () => `/ipfs/${root}?format=car&entity-bytes=a:b`,
      {},
      400,
    ],
    [
      "bytes outside of an entity",
      () => `/ipfs/${root}/1000000.json?format=car&entity-bytes=9000:*`,
      {},
      400,
    ],
    [
      "bytes of a directory are passed over",
      () => `/ipfs/${root}?format=car&entity-bytes=9000:*`,
      {},
      200,
    ],
    ["no tar", () => `/ipfs/${root}?format=tar`, {}, 406],
    [
      "no IPNS record",
      () => `/ipfs/${root}`,
      { accept: "application/vnd.ipfs.ipns-record" },
      406,
    ],
    ["no IPNS", "/ipns/example.org", {}, 404],
    [
      "a CID that is not here",
      "/ipfs/bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy?format=raw",
      {},
      404,
    ],
    [
      "a CAR of what is not here",
      "/ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi?format=car",
      {},
      404,
    ],
    [
      "and only if it is cached",
      "/ipfs/bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy",
      { "cache-control": "only-if-cached" },
      412,
    ],
    [
      "a CID of version 0",
      "/ipfs/QmfM2r8seH2GiRaC4esTjeraXEachRt8ZsSeGaWTPLyMoG",
      {},
      400,
    ],
    [
      "a CID of another codec",
      "/ipfs/bafyreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy",
      {},
      400,
    ],
    ["a CID in capitals", () => `/ipfs/${root.toUpperCase()}`, {}, 400],
    ["no CID", "/ipfs/nothing", {}, 400],
    ["a path that leads nowhere", () => `/ipfs/${root}/images/2.png`, {}, 404],
    ["a path below a file", () => `/ipfs/${root}/1000000.json/more`, {}, 404],
    [
      "a CAR of a path that leads nowhere",
      () => `/ipfs/${root}/nothing?format=car`,
      {},
      404,
    ],
    ["dots are no names", () => `/ipfs/${root}/images/../../..`, {}, 400],
    [
      "encoded dots are none either",
      () => `/ipfs/${root}/%2e%2e/%2e%2e`,
      {},
      400,
    ],
    [
      "nor encoded slashes",
      () => `/ipfs/${root}/images%2f1000000.png`,
      {},
      400,
    ],
    ["nor half an encoding", () => `/ipfs/${root}/%zz`, {}, 400],
    ["a URL has an end", () => `/ipfs/${root}/${"a".repeat(3_000)}`, {}, 414],
    [
      "nothing is written",
      () => `/ipfs/${root}`,
      {},
      405,
      { allow: "GET, HEAD, OPTIONS" },
      "PUT",
    ],
    [
      "service workers are not given",
      () => `/ipfs/${root}`,
      { "service-worker": "script" },
      400,
    ],
    [
      "other origins may ask",
      () => `/ipfs/${root}`,
      { origin: "https://a.example" },
      204,
      {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "GET, HEAD, OPTIONS",
      },
      "OPTIONS",
    ],
    [
      "the probe for blocks",
      "/ipfs/bafkqaaa?format=raw",
      {},
      200,
      { "content-length": "0" },
    ],
    [
      "the probe for archives",
      "/ipfs/bafkqaaa?format=car",
      {},
      200,
      { "content-type": /version=1/ },
    ],
    ["the probe by HEAD", "/ipfs/bafkqaaa", RAW, 200, {}, "HEAD"],
    [
      "a file by its name",
      () => `/ipfs/${root}/1000000.json`,
      {},
      200,
      {
        "content-type": "application/json",
        etag: /^"bafk/,
        "cache-control": /immutable/,
        "x-ipfs-path": /\/1000000\.json$/,
        "x-content-type-options": "nosniff",
      },
    ],
    [
      "a picture by its CID alone",
      () => `/ipfs/${cids["images/1000000.png"]}`,
      { accept: "image/avif,image/*,*/*;q=0.8" },
      200,
      { "content-type": "image/png" },
    ],
    [
      "metadata by its CID alone",
      () => `/ipfs/${cids["1000000.json"]}`,
      { accept: "application/json" },
      200,
      { "content-type": "application/json" },
    ],
    [
      "a file to keep, under a name",
      () => `/ipfs/${root}/1000000.json?download=true&filename=a%20b%22.json`,
      {},
      200,
      {
        "content-disposition": `attachment; filename="a b_.json"; filename*=UTF-8''a%20b%22.json`,
      },
    ],
    [
      "a directory is a page, in a sandbox",
      () => `/ipfs/${root}/images/`,
      {},
      200,
      {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": /^sandbox;/,
        etag: /^"page-/,
      },
    ],
    [
      "the list of archives",
      "/",
      {},
      200,
      { "content-type": "text/html; charset=utf-8" },
    ],
    [
      "every content on the way",
      () => `/ipfs/${root}/images/1000000.png`,
      {},
      200,
      { "x-ipfs-roots": /^bafy\w+,bafy\w+,bafy\w+$/ },
    ],
    [
      "a part of a file",
      () => `/ipfs/${root}/images/1000000.png`,
      { range: "bytes=1048570-1048590" },
      206,
      {
        "content-length": "21",
        "content-range": "bytes 1048570-1048590/2500008",
      },
    ],
    [
      "the end of a file",
      () => `/ipfs/${root}/images/1000000.png`,
      { range: "bytes=-8" },
      206,
      { "content-range": "bytes 2500000-2500007/2500008" },
    ],
    [
      "what lies behind the end",
      () => `/ipfs/${root}/1000000.json`,
      { range: "bytes=900-" },
      416,
      { "content-range": "bytes */25" },
    ],
    [
      "several parts come as the whole",
      () => `/ipfs/${root}/1000000.json`,
      { range: "bytes=0-1,3-4" },
      200,
    ],
    [
      "a part of another version is the whole",
      () => `/ipfs/${root}/1000000.json`,
      { range: "bytes=0-1", "if-range": '"other"' },
      200,
    ],
    [
      "what is known already",
      () => `/ipfs/${root}/1000000.json`,
      { "if-none-match": "*" },
      304,
    ],
  ];
  for (const [says, path, headers, status, shows = {}, method] of table) {
    it(`${says}: ${status}`, async () => {
      const asked = typeof path === "string" ? path : path();
      const answer = await get(asked, headers, method);
      expect(answer.status, answer.body.toString().slice(0, 200)).to.equal(
        status,
      );
      expect(answer.headers["access-control-allow-origin"]).to.equal("*");
      if (status >= 400 && status !== 416)
        expect(answer.body.toString()).to.match(
          /^[a-z]+\/[a-z-]+: [^\n]+\.\n$/,
        );
      if (status === 304 || method === "HEAD")
        expect(answer.body).to.have.length(0);
      for (const [name, value] of Object.entries(shows)) {
        if (value instanceof RegExp)
          expect(answer.headers[name]).to.match(value);
        else expect(answer.headers[name], name).to.equal(value);
      }
    });
  }

  it("says 304 by the tag it gave, for every form", async () => {
    for (const query of [
      "",
      "?format=raw",
      "?format=car",
      "/images?format=car&dag-scope=entity",
    ]) {
      const { headers } = await get(`/ipfs/${root}${query}`, {}, "HEAD");
      const tags = `"other", ${headers["etag"]}`;
      const again = await get(`/ipfs/${root}${query}`, {
        "if-none-match": tags,
      });
      expect([again.status, again.body.length], query).to.deep.equal([304, 0]);
    }
  });

  it("gives files as they are, whole and in part", async () => {
    const whole = await get(`/ipfs/${root}/images/1000000.png`);
    expect(whole.body.equals(PNG)).to.equal(true);
    for (const [from, to] of [
      [0, 0],
      [1_048_575, 1_048_576],
      [2_097_000, 2_500_007],
    ] as const) {
      const part = await get(`/ipfs/${root}/images/1000000.png`, {
        range: `bytes=${from}-${to}`,
      });
      expect(
        part.body.equals(PNG.subarray(from, to + 1)),
        `${from}-${to}`,
      ).to.equal(true);
    }
  });

  it("gives a whole directory as an archive that strict readers take", async () => {
    const { body } = await get(`/ipfs/${root}?format=car`);
    const found = await checkCarStream(of(body), {
      root: CID.parse(root),
      expected: all,
      exact: true,
      hash: nativeSha256,
    });
    expect(found.blocks).to.equal(all.length);
    const reader = await CarReader.fromBytes(body);
    const store = {
      async *get(cid: CID) {
        const block = await reader.get(cid);
        if (block === undefined) throw new Error("not there");
        yield block.bytes;
      },
    };
    const file = await exporter(`${root}/many/${longName(77)}`, store as never);
    if (file.type !== "raw") throw new Error("not a leaf");
    expect(Buffer.concat(await gather(file.content())).toString()).to.equal(
      '{"i":77}',
    );
  });

  it("gives each node before what it links, and as much as the scope says", async () => {
    const blocksOf = async (path: string): Promise<string[]> => {
      const { body, status } = await get(`/ipfs/${root}${path}`);
      expect(status).to.equal(200);
      const reader = await CarReader.fromBytes(body);
      const names: string[] = [];
      for await (const cid of reader.cids()) names.push(cid.toString());
      return names;
    };
    const picture = "/images/1000000.png?format=car";
    expect(await blocksOf(`${picture}&dag-scope=block`)).to.deep.equal([
      root,
      cids["images"],
      cids["images/1000000.png"],
    ]);
    expect(await blocksOf(picture)).to.have.length(3 + 3);
    expect(
      await blocksOf(`${picture}&entity-bytes=1048576:1048580`),
    ).to.have.length(3 + 1);
    expect(await blocksOf(`${picture}&entity-bytes=-10:*`)).to.have.length(
      3 + 1,
    );
    expect(
      await blocksOf(`${picture}&entity-bytes=1048575:-1000`),
    ).to.have.length(3 + 3);
    expect(await blocksOf("?format=car&dag-scope=entity")).to.deep.equal([
      root,
    ]);
    // Shards of a large directory belong to its listing, its files do not.
    const shards = await blocksOf("/many?format=car&dag-scope=entity");
    expect(shards.slice(0, 2)).to.deep.equal([root, cids["many"]]);
    expect(shards).to.have.length.within(200, 400);
    expect(shards.every((cid) => cid.startsWith("bafy"))).to.equal(true);
    const dfs = await blocksOf("?format=car");
    expect(dfs[0]).to.equal(root);
    expect(dfs.indexOf(cids["images"] ?? "")).to.be.lessThan(
      dfs.indexOf(cids["images/1000000.png"] ?? ""),
    );
  });

  it("repeats blocks only for who wants them repeated", async () => {
    const twice = (
      await gateway.keep({ a: JSON_FILE, b: JSON_FILE })
    ).toString();
    const count = async (query: string): Promise<number> => {
      const { body } = await get(`/ipfs/${twice}?format=car${query}`);
      return (await CarReader.fromBytes(body)).blocks()[
        Symbol.asyncIterator
      ] === undefined
        ? 0
        : body.toString("latin1").split("Trial #1000000").length - 1;
    };
    expect([
      await count(""),
      await count("&car-dups=n"),
      await count("&car-dups=y"),
    ]).to.deep.equal([1, 1, 2]);
  });

  it("lists directories, large ones too, and escapes what it shows", async () => {
    const { body } = await get(`/ipfs/${root}/many`);
    expect(body.toString().match(/<tr><td>/g)).to.have.length(MANY);
    const images = (await get(`/ipfs/${root}/images`)).body.toString();
    expect(images).to.contain("small &#38; &#60;b&#62;.png");
    expect(images).not.to.contain("<b>");
    expect(images).to.contain(`/ipfs/${root}/images/small%20%26%20%3Cb%3E.png`);
  });

  it("reads through archives of which each holds a part, and sees new ones", async () => {
    const leaf = utf8("only in the first");
    const first = (await gateway.keep({ leaf })).toString();
    const second = (
      await gateway.keep({ leaf, more: utf8("new") }, ({ bytes }) =>
        Buffer.from(bytes).equals(leaf),
      )
    ).toString();
    expect((await get(`/ipfs/${second}/leaf`)).body.toString()).to.equal(
      "only in the first",
    );
    expect((await get(`/ipfs/${first}/leaf`)).status).to.equal(200);
    const { body, whole } = await get(`/ipfs/${second}?format=car`);
    expect(whole).to.equal(true);
    expect(
      (
        await checkCarStream(of(body), {
          root: CID.parse(second),
          expected: [],
          exact: false,
        })
      ).bytes,
    ).to.equal(body.length);
  });

  it("cuts what turns out damaged, tells 500 where it is the first block, and is well again once the file is", async () => {
    const big = Buffer.from(patterned(3_000_000, 12));
    const small = utf8("small and soon damaged");
    const cid = (await gateway.keep({ big, small })).toString();
    const path = join(gateway.store, `${cid}.car`);
    const sound = await readFile(path);
    const damaged = Buffer.from(sound);
    for (const piece of [
      big.subarray(1_500_000, 1_500_016),
      Buffer.from(small),
    ]) {
      const at = damaged.indexOf(piece);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
    }
    expect((await get(`/ipfs/${cid}/small`)).status).to.equal(200);
    await writeFile(path, damaged);
    expect((await get(`/ipfs/${cid}/small`)).status).to.equal(500);
    for (const asked of [`/ipfs/${cid}/big`, `/ipfs/${cid}?format=car`]) {
      const { status, whole, body } = await get(asked);
      expect([status, whole], asked).to.deep.equal([200, false]);
      expect(
        body.includes(
          damaged
            .subarray(damaged.indexOf(big.subarray(1_500_016, 1_500_032)) - 16)
            .subarray(0, 16),
        ),
      ).to.equal(false);
    }
    expect(
      gateway.notes.some((note) => note.startsWith("publishing/cid-mismatch")),
    ).to.equal(true);
    expect(
      (await get(`/ipfs/${cid}/big`, { range: "bytes=0-9" })).whole,
    ).to.equal(true);
    await writeFile(path, sound);
    expect((await get(`/ipfs/${cid}/big`)).body.equals(big)).to.equal(true);
    await writeFile(path, sound.subarray(0, 100));
    expect((await get(`/ipfs/${cid}/big`)).status).to.be.oneOf([404, 500]);
  });

  it("refuses a port that is taken", async () => {
    const store = openStoreBlocks(gateway.store);
    const port = Number(new URL(gateway.url).port);
    await expectCode(
      startGateway({ store, host: "127.0.0.1", port }),
      "gateway/port-taken",
    );
    await store.close();
  });
});
