import {
  access,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { errorCode, runCommand, startNode } from "../kit/cli.ts";
import { runTask } from "../kit/task.ts";

const SMALL = ["--count", "2", "--size", "64", "--json"];

interface Minted {
  readonly batch: number;
  readonly root: string;
  readonly car: string;
  readonly contactSheet: string;
  readonly collection: string;
  readonly tokens: readonly {
    tokenId: string;
    traits: Record<string, string>;
    tries: number;
    imageCid: string;
    metadataCid: string;
  }[];
  readonly transactions: readonly {
    kind: string;
    hash: string;
    gasUsed: number;
  }[];
  readonly verified: number;
  readonly recipe: string;
  readonly batches: readonly {
    readonly pins: readonly { target: string; root: string }[];
  }[];
}

async function minted(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Minted> {
  const done = await runCommand(["mint-batch", ...SMALL, ...args], env);
  expect(done.stderr, done.stderr).not.to.contain("Error ");
  expect(done.code).to.equal(0);
  expect(done.stdout.trimEnd().split("\n")).to.have.length(1);
  return JSON.parse(done.stdout) as Minted;
}

describe("tasks/mint-batch", function () {
  // Each command is a process of its own that starts Hardhat: seconds, not milliseconds.
  this.timeout(180_000);
  let folder: string;
  let out: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
    out = join(folder, "out");
  });
  after(() => rm(folder, { recursive: true }));

  describe("on the chain inside the command", () => {
    it("mints, writes every file, proves every work and prints one document", async () => {
      const place = join(folder, "place");
      const pin = `folder:${place}`;
      const document = await minted(["--out", out, "--pin", pin]);
      expect(Object.keys(document).sort()).to.deep.equal(
        [
          "network",
          "chainId",
          "collection",
          "batch",
          "batches",
          "recipe",
          "seed",
          "conditions",
          "root",
          "car",
          "contactSheet",
          "tokens",
          "transactions",
          "gasPerToken",
          "seconds",
          "verified",
        ].sort(),
      );
      expect(document.batch).to.equal(1);
      expect(document.verified).to.equal(2);
      expect(document.transactions.map(({ kind }) => kind)).to.deep.equal([
        "open",
        "seal",
      ]);
      expect(document.tokens.map(({ tokenId }) => tokenId)).to.deep.equal([
        "1000000",
        "1000001",
      ]);
      expect(document.car).to.equal(join(out, "batch-1.car"));
      const { root } = document;
      expect(document.batches[0]?.pins).to.have.length(1);
      expect(document.batches[0]?.pins[0]).to.include({ target: pin, root });
      expect(await readdir(place)).to.deep.equal([`${root}.car`]);
      expect((await readdir(join(out, "batch-1"))).sort()).to.deep.equal(
        [
          "1000000.json",
          "1000001.json",
          "hashes.json",
          "images",
          "recipe",
          "transcript.json",
        ].sort(),
      );
      for (const { tokenId, imageCid } of document.tokens) {
        const metadata = JSON.parse(
          await readFile(join(out, "batch-1", `${tokenId}.json`), "utf8"),
        ) as { image: string };
        expect(metadata.image).to.equal(`ipfs://${imageCid}`);
        const png = await readFile(
          join(out, "batch-1/images", `${tokenId}.png`),
        );
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).to.deep.equal([
          64, 64,
        ]);
        expect(png.includes("trainedAlgorithmicMedia")).to.equal(true);
      }
      await access(document.contactSheet);
    });

    it("leaves a signed receipt beside the archive, and finds a changed digit in it", async () => {
      const file = join(out, "receipts.json");
      const { code, stdout } = await runTask("verify-receipts", {
        file,
        json: true,
      });
      expect(code).to.equal(0);
      const { receipts } = JSON.parse(stdout) as {
        receipts: Record<string, unknown>[];
      };
      expect(receipts).to.have.length(1);
      expect(receipts[0]).to.deep.include({ accepted: 2, compared: [1] });
      expect(receipts[0]?.["worksPerCpuSecond"]).to.be.greaterThan(0);
      const text = await readFile(file, "utf8");
      const changed = text.replace(
        /"cpuMilliseconds":(\d)/,
        (_, digit) => `"cpuMilliseconds":${digit === "1" ? 2 : 1}`,
      );
      const forged = join(folder, "forged.json");
      await writeFile(forged, changed);
      const refused = await runTask("verify-receipts", {
        file: forged,
        json: true,
      });
      expect(refused.code).to.equal(1);
      expect(errorCode(refused)).to.equal("receipts/bad-signature");
    });

    it("moves an earlier result aside and overwrites nothing", async () => {
      const before = await readFile(join(out, "batch-1.car"));
      await minted(["--out", out]);
      const aside = (await readdir(out)).filter((name) =>
        /^batch-1\.car\.\d{8}T\d{6}Z/.test(name),
      );
      expect(aside).to.have.length(1);
      expect(
        (await readFile(join(out, aside[0] ?? ""))).equals(before),
      ).to.equal(true);
    });

    it("gives a dry run that sends and writes nothing", async () => {
      const elsewhere = join(folder, "dry");
      const { code, stdout } = await runCommand([
        "mint-batch",
        ...SMALL,
        "--dry-run",
        "--out",
        elsewhere,
      ]);
      expect(code).to.equal(0);
      expect(JSON.parse(stdout)).to.include({
        dryRun: true,
        count: 2,
        size: 64,
      });
      await access(elsewhere).then(
        () => expect.fail("a folder was made"),
        () => undefined,
      );
    });

    it("prints a table for people", async () => {
      const { code, stdout } = await runCommand([
        "mint-batch",
        "--count",
        "1",
        "--size",
        "64",
        "--out",
        join(folder, "table"),
      ]);
      expect(code).to.equal(0);
      expect(stdout).to.match(/^token +family/m);
      expect(stdout).to.contain("1000000");
    });
  });

  describe("given a node", () => {
    it("makes batches 1 and 2, verifies both ways, notices a changed archive, and starts anew when the node does", async () => {
      let node = await startNode();
      try {
        const env = { LOOP_LOCALHOST: node.url };
        const place = ["--network", "localhost", "--out", join(folder, "node")];
        const first = await minted(place, env);
        const second = await minted(place, env);
        expect([first.batch, second.batch]).to.deep.equal([1, 2]);

        const verify = (...args: string[]) =>
          runCommand(
            ["verify-token", "--network", "localhost", "--json", ...args],
            env,
          );
        const shallow = await verify("--token", "2000001", "--car", second.car);
        expect(shallow.code, shallow.stderr).to.equal(0);
        expect(JSON.parse(shallow.stdout)).to.include({
          tokenId: "2000001",
          match: true,
        });
        const deep = await verify("--token", "2000001", "--deep");
        expect(deep.code, deep.stderr).to.equal(0);
        expect(JSON.parse(deep.stdout).computed.imageCid).to.equal(
          second.tokens[1]?.imageCid,
        );

        expect(
          errorCode(await verify("--token", "2000001", "--car", first.car)),
        ).to.equal("verify/other-archive");
        expect(errorCode(await verify("--token", "7000001"))).to.be.oneOf([
          "chain/no-token",
          "chain/no-batch",
        ]);
        const changed = await readFile(second.car);
        const at = changed.indexOf("IDAT") + 8;
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        const image = changed.lastIndexOf("transcript.json");
        expect(image).to.be.above(0);
        const metadata = changed.indexOf(
          '"name":"',
          changed.indexOf(`"index":1`),
        );
        expect(metadata).to.be.above(0);
        changed.writeUInt8(changed.readUInt8(metadata + 9) ^ 1, metadata + 9);
        const tampered = join(folder, "tampered.car");
        await writeFile(tampered, changed);
        const refused = await verify("--token", "2000001", "--car", tampered);
        expect(refused.code).not.to.equal(0);

        const revoked = await runCommand(
          [
            "recipe",
            "revoke",
            "--recipe",
            first.recipe,
            "--network",
            "localhost",
            "--json",
          ],
          env,
        );
        expect(revoked.code, revoked.stderr).to.equal(0);
        const { match, recipe } = JSON.parse(
          (await verify("--token", "2000001")).stdout,
        );
        expect(match, "old works still verify").to.equal(true);
        expect(recipe).to.deep.equal({
          id: first.recipe,
          revoked: true,
          because: "recipe",
          dataset: null,
        });
        expect(
          errorCode(await runCommand(["mint-batch", ...SMALL, ...place], env)),
        ).to.equal("recipe/revoked");

        const { port } = node;
        await node.stop();
        expect(
          errorCode(await runCommand(["mint-batch", ...SMALL, ...place], env)),
        ).to.equal("chain/unreachable");
        node = await startNode(port);
        expect((await minted(place, env)).batch).to.equal(1);
      } finally {
        await node.stop();
      }
    });
  });

  describe("given bad input", () => {
    const market = (rows: string): string =>
      `date,open,high,low,close,volume\n${rows}\n`;
    const day = (date: string, close: string): string =>
      `${date},1,1,1,${close},1`;
    const files: Record<string, string> = {
      "missing-columns": "date,open\n2020-01-01,1\n",
      "empty-cell": market(day("2020-01-01", "")),
      "not-a-number": market(day("2020-01-01", "NaN")),
      negative: market(day("2020-01-01", "-1")),
      zero: market(day("2020-01-01", "0")),
      empty: "",
    };
    const cases: readonly (readonly [
      string,
      Record<string, string>,
      RegExp,
    ])[] = [
      ["count 0", { count: "0" }, /^options\/bad-count$/],
      ["a negative count", { count: "-3" }, /^options\/bad-count$/],
      ["count 10001", { count: "10001" }, /^options\/bad-count$/],
      [
        "a count that is no number",
        { count: "twelve" },
        /^options\/bad-count$/,
      ],
      ["a size that is not allowed", { size: "100" }, /^options\/bad-size$/],
      ["no workers", { workers: "0" }, /^options\/bad-workers$/],
      ["a wrong address", { to: "0x1234" }, /^options\/bad-address$/],
      [
        "an address with a wrong checksum",
        { to: "0xD8dA6BF26964aF9D7eEd9e03E53415D37aA96045" },
        /^options\/bad-address$/,
      ],
      [
        "an unknown recipe id",
        { recipe: `0x${"12".repeat(32)}` },
        /^options\/unknown-recipe$/,
      ],
      [
        "a recipe directory that is none",
        { recipe: "/nowhere" },
        /^recipe\/unreadable$/,
      ],
      [
        "a market file that is not there",
        { market: "/nowhere.csv" },
        /^options\/unreadable-market$/,
      ],
      ["an unwritable folder", { out: "/proc/out" }, /^files\//],
      [
        "a contract that cannot receive",
        { to: "0x5FbDB2315678afecb367f032d93F642f64180aa3" },
        /^options\/cannot-receive$/,
      ],
      ...Object.keys(files).map(
        (name) =>
          [
            `a market file: ${name}`,
            { market: `MARKET/${name}.csv` },
            /^market\//,
          ] as const,
      ),
    ];
    before(async () => {
      for (const [name, text] of Object.entries(files))
        await writeFile(join(folder, `${name}.csv`), text);
    });
    for (const [name, args, code] of cases) {
      it(`refuses ${name} with one sentence`, async () => {
        const market = args["market"]?.replace("MARKET", folder);
        const given = {
          out: join(folder, "bad"),
          ...args,
          ...(market === undefined ? {} : { market }),
        };
        const failed = await runTask("mint-batch", { ...given, json: true });
        expect(failed.code).to.equal(1);
        expect(failed.stdout).to.equal("");
        expect(errorCode(failed), failed.stderr).to.match(code);
        expect(failed.stderr).not.to.contain("    at ");
      });
    }

    it("ends its process with code 1 and no stack trace", async () => {
      const failed = await runCommand(["mint-batch", "--json", "--count", "0"]);
      expect(failed.code).to.equal(1);
      expect(failed.stdout).to.equal("");
      expect(errorCode(failed)).to.equal("options/bad-count");
      expect(failed.stderr).not.to.contain("    at ");
    });
  });
});
