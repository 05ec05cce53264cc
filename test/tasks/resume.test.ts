import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { runCommand, startNode } from "../kit/cli.ts";

interface Minted {
  readonly batch: number;
  readonly transactions: readonly {
    readonly kind: string;
    readonly hash: string;
  }[];
  readonly verified: number;
}

describe("tasks/resume", function () {
  // Commands in processes of their own, killed on the way: seconds each.
  this.timeout(240_000);
  let folder: string;
  let node: Awaited<ReturnType<typeof startNode>>;
  let env: Record<string, string>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
    node = await startNode();
    env = { LOOP_LOCALHOST: node.url };
  });
  after(async () => {
    await node.stop();
    await rm(folder, { recursive: true });
  });

  const mint = (out: string, killAt?: string) =>
    runCommand(
      [
        "mint-batch",
        "--count",
        "2",
        "--size",
        "64",
        "--json",
        "--network",
        "localhost",
        "--out",
        join(folder, out),
      ],
      killAt === undefined ? env : { ...env, LOOP_KILL_AT: killAt },
    );
  const resume = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCommand(
      ["resume", "--network", "localhost", "--json", ...args],
      env,
    );
    expect(code, stderr).to.equal(0);
    return JSON.parse(stdout) as {
      runs: { count: number; out: string; steps: number; finished: boolean }[];
    };
  };

  it("lists an interrupted run, goes on with it, and then has nothing left", async () => {
    const killed = await mint("a", "batch-0/open-0/stored");
    expect(killed.code).to.equal(null);
    const { runs } = await resume("--list");
    expect(runs).to.have.length(1);
    expect(runs[0]).to.include({
      count: 2,
      out: join(folder, "a"),
      finished: false,
    });
    expect((await resume()).runs.map(({ finished }) => finished)).to.deep.equal(
      [true],
    );
    expect((await resume()).runs).to.deep.equal([]);
  });

  it("abandons an opening whose window has passed and opens again, each once", async () => {
    const killed = await mint("b", "batch-0/open-0/stored");
    expect(killed.code).to.equal(null);
    await fetch(node.url, {
      method: "POST",
      body: '{"jsonrpc":"2.0","id":1,"method":"hardhat_mine","params":["0x200"]}',
    });
    const again = await mint("b");
    expect(again.code, again.stderr).to.equal(0);
    const { transactions, batch, verified } = JSON.parse(
      again.stdout,
    ) as Minted;
    expect(transactions.map(({ kind }) => kind)).to.deep.equal([
      "open",
      "abandon",
      "open",
      "seal",
    ]);
    expect(new Set(transactions.map(({ hash }) => hash)).size).to.equal(4);
    expect([batch, verified]).to.deep.equal([3, 2]);
  });
});
