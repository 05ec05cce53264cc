import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { errorCode, runCommand, startNode } from "../kit/cli.ts";
import { runTask } from "../kit/task.ts";

interface Forged {
  readonly child: number;
  readonly generation: number;
  readonly waiting: boolean;
  readonly parents: readonly string[];
  readonly tokens: readonly { readonly tokenId: string }[];
  readonly transactions: readonly { readonly kind: string }[];
  readonly verified: number;
}

interface Collection {
  readonly supply: number;
  readonly minted: number;
  readonly burned: number;
  readonly holders: readonly { readonly works: number }[];
  readonly generations: readonly {
    readonly generation: number;
    readonly works: number;
  }[];
  readonly royalty: { readonly bps: number };
  readonly paused: boolean;
  readonly worksPerDay: number;
  readonly jobs: Readonly<Record<string, readonly string[]>>;
}

describe("tasks/burn, tasks/collection, tasks/parameters", function () {
  // Commands in processes of their own: seconds each.
  this.timeout(240_000);
  let folder: string;
  let node: Awaited<ReturnType<typeof startNode>>;
  let env: Record<string, string>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
    node = await startNode();
    env = { LOOP_LOCALHOST: node.url };
    await run("mint-batch", "--count", "5", "--size", "64", "--out", folder);
  });
  after(async () => {
    await node.stop();
    await rm(folder, { recursive: true });
  });

  const command = (args: readonly string[], more = {}) =>
    runCommand([...args, "--network", "localhost", "--json"], {
      ...env,
      ...more,
    });
  async function run<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await command(args);
    expect(code, stderr).to.equal(0);
    return JSON.parse(stdout) as T;
  }

  it("burns the works that are named, once", async () => {
    const { burned } = await run<{ burned: { tokenId: string }[] }>(
      "burn",
      "--tokens",
      "1000004",
    );
    expect(burned.map(({ tokenId }) => tokenId)).to.deep.equal(["1000004"]);
    const again = await command(["burn", "--tokens", "1000004"]);
    expect([again.code, errorCode(again)]).to.deep.equal([1, "chain/no-token"]);
  });

  it("refuses to forge too few works, and says so before anything is sent", async () => {
    const few = await command(["burn", "--tokens", "1000003", "--forge"]);
    expect([few.code, errorCode(few)]).to.deep.equal([1, "options/bad-tokens"]);
  });

  it("forges three into one, going on where it was killed", async () => {
    const args = [
      "burn",
      "--forge",
      "--tokens",
      "1000000,1000001,1000002",
      "--out",
      folder,
    ];
    const killed = await command(args, { LOOP_KILL_AT: "forge/stored" });
    expect(killed.code).to.equal(null);
    const locked = await command(["burn", "--tokens", "1000001"]);
    expect(errorCode(locked)).to.equal("burn/locked");

    const forged = await run<Forged>(...args);
    expect(forged).to.include({
      child: 2,
      generation: 1,
      waiting: false,
      verified: 1,
    });
    expect(forged.transactions.map(({ kind }) => kind)).to.deep.equal([
      "forge",
      "seal",
    ]);
    await access(join(folder, "batch-2/images/2000000.png"));
    const verdict = await run<{ match: boolean }>(
      "verify-token",
      "--token",
      "2000000",
      "--deep",
    );
    expect(verdict.match).to.equal(true);
  });

  it("shows the collection as its events tell it", async () => {
    const shown = await run<Collection>("collection", "--abandoned");
    expect(shown).to.include({
      supply: 2,
      minted: 6,
      burned: 4,
      paused: false,
    });
    expect(shown.generations).to.deep.equal([
      { generation: 0, works: 1 },
      { generation: 1, works: 1 },
    ]);
    expect(shown.holders.map(({ works }) => works)).to.deep.equal([2]);
    const accounts = Object.values(shown.jobs).flat();
    expect(accounts.length).to.equal(7);
    expect(new Set(accounts).size).to.equal(7);
  });

  it("moves parameters by the account whose job it is, and the chain obeys", async () => {
    await run("parameters", "--set", "works-per-day=0");
    const mint = ["mint-batch", "--count", "1", "--size", "64"];
    const refused = await command([...mint, "--out", folder]);
    expect(errorCode(refused)).to.equal("chain/refused");
    await run("parameters", "--set", "works-per-day=100");

    const artist = `0x${"a1".repeat(20)}`;
    const own = ["--out", folder, "--royalty", `${artist}:250`];
    expect(errorCode(await command([...mint, ...own]))).to.equal(
      "chain/refused",
    );
    await run("parameters", "--set", `royalty-offer=${artist}:250`);
    await run(...mint, ...own);
    await run("parameters", "--set", `royalty=${artist}:300`);
    expect((await run<Collection>("collection")).royalty.bps).to.equal(300);
    const { runs } = await run<{ runs: unknown[] }>("resume", "--list");
    expect(runs).to.deep.equal([]);
  });

  for (const tokens of [
    undefined,
    "",
    "1",
    "1000000,1000000",
    "1000000;2",
    "x",
  ])
    it(`says that ${tokens ?? "nothing"} is no list of works`, async () => {
      const done = await runTask("burn", {
        tokens,
        forge: false,
        dryRun: false,
        json: true,
      });
      expect([done.code, errorCode(done)]).to.deep.equal([
        1,
        "options/bad-tokens",
      ]);
    });

  for (const set of [
    "",
    "royalty",
    "royalty=1:5",
    "works-per-day=-1",
    "paused=maybe",
    "forge=1",
    "toString=1",
  ])
    it(`says that ${set === "" ? "nothing" : set} is no parameter`, async () => {
      const done = await runTask("parameters", {
        set,
        dryRun: false,
        json: true,
      });
      expect(done.code).to.equal(1);
      expect(errorCode(done)).to.match(/^options\//);
    });

  it("says that a royalty above the cap is none", async () => {
    const done = await runTask("parameters", {
      set: `royalty=0x${"a1".repeat(20)}:1001`,
      dryRun: false,
      json: true,
    });
    expect([done.code, errorCode(done)]).to.deep.equal([
      1,
      "options/bad-royalty",
    ]);
  });
});
